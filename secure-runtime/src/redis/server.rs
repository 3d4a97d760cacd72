use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use super::Redis;

/// A real server on a free loopback port, ended with the test.
pub(crate) struct Server {
    process: Child,
    port: u16,
}

impl Server {
    pub(crate) fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Self::start_at(port)
    }

    pub(crate) fn start_at(port: u16) -> Self {
        Self::start_with(port, &["--port", &port.to_string()])
    }

    /// One that speaks TLS, by the certificate and key in these files.
    pub(crate) fn start_tls(certificate: &str, key: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let files = ["--tls-cert-file", certificate, "--tls-key-file", key];
        let clients = [
            "--port",
            "0",
            "--tls-auth-clients",
            "no",
            "--tls-port",
            &port.to_string(),
        ];
        Self::start_with(port, &[&files[..], &clients[..]].concat())
    }

    fn start_with(port: u16, listen: &[&str]) -> Self {
        let arguments = [
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--daemonize",
            "no",
        ];
        let mut process = Command::new("redis-server")
            .args(listen)
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("redis-server is missing: apt-get install -y redis-server");
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let is_ready = lines.any(|line| line.unwrap().contains("Ready to accept connections"));
        assert!(is_ready, "redis-server ended at once");
        // Somebody has to read what it goes on to say.
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, port }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn redis(&self) -> Redis {
        // Tests share two cores.
        let redis = Redis::open(&format!("redis://127.0.0.1:{}/0", self.port)).unwrap();
        redis.timeout(std::time::Duration::from_secs(5))
    }

    pub(crate) fn client(&self) -> ::redis::Client {
        ::redis::Client::open(format!("redis://127.0.0.1:{}/0", self.port)).unwrap()
    }

    /// A command by another client.
    pub(crate) fn run<T: ::redis::FromRedisValue>(&self, words: &[&str]) -> T {
        let client = self.client();
        let mut command = ::redis::cmd(words[0]);
        command.arg(&words[1..]);
        command.query(&mut client.get_connection().unwrap()).unwrap()
    }

    /// The only key, and the seconds for which it is kept.
    pub(crate) fn only_key(&self) -> (String, f64) {
        let keys: Vec<String> = self.run(&["KEYS", "*"]);
        assert_eq!(keys.len(), 1, "{keys:?}");
        let left: i64 = self.run(&["PTTL", &keys[0]]);
        (keys[0].clone(), left as f64 / 1000.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}
