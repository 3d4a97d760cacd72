use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Redis;

/// A real server on a free loopback port, ended with the test.
pub(crate) struct Server {
    process: Child,
    port: u16,
    /// What stands before the host in its URL.
    login: &'static str,
    folder: Option<PathBuf>,
}

pub(crate) const PASSWORD: &str = "hunter2hunter2";

impl Server {
    pub(crate) fn start() -> Self {
        Self::start_at(free_port())
    }

    pub(crate) fn start_at(port: u16) -> Self {
        Self::start_with(port, &["--port", &port.to_string()])
    }

    /// One that speaks TLS, by the certificate and key in these files.
    pub(crate) fn start_tls(certificate: &str, key: &str) -> Self {
        let port = free_port();
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

    /// A server that wants the password; the replica of another, if one is named.
    pub(crate) fn start_with_password(of: Option<&Self>) -> Self {
        let (port, folder) = (free_port().to_string(), folder());
        let master = of.map(|master| master.port.to_string());
        let mut listen = vec!["--port", &port, "--dir", folder.to_str().unwrap()];
        listen.extend(["--requirepass", PASSWORD, "--masterauth", PASSWORD]);
        if let Some(master) = &master {
            listen.extend(["--replicaof", "127.0.0.1", master, "--repl-diskless-sync-delay", "0"]);
        }
        let mut server = Self::start_with(port.parse().unwrap(), &listen);
        server.login = ":hunter2hunter2@";
        server.folder = Some(folder);
        server
    }

    /// A server of a cluster that is yet to be put together.
    pub(super) fn start_in_cluster(bus: u16) -> Self {
        let (port, folder) = (free_port(), folder());
        let listen = [
            "--port",
            &port.to_string(),
            "--cluster-port",
            &bus.to_string(),
            "--dir",
            folder.to_str().unwrap(),
            "--cluster-enabled",
            "yes",
            "--cluster-node-timeout",
            "1000",
            "--cluster-require-full-coverage",
            "no",
            "--repl-diskless-sync-delay",
            "0",
        ];
        let mut server = Self::start_with(port, &listen);
        server.folder = Some(folder);
        server
    }

    /// A sentinel that watches `mymaster`, with two others.
    pub(super) fn start_sentinel(master: &Self) -> Self {
        let (port, folder) = (free_port(), folder());
        let of_master = [
            format!("monitor mymaster 127.0.0.1 {} 2", master.port),
            format!("auth-pass mymaster {PASSWORD}"),
            "down-after-milliseconds mymaster 500".to_owned(),
            "failover-timeout mymaster 3000".to_owned(),
        ];
        let mut configuration = format!("port {port}\nbind 127.0.0.1\ndir {}\n", folder.display());
        for line in of_master {
            configuration.push_str(&format!("sentinel {line}\n"));
        }
        let file = folder.join("sentinel.conf");
        std::fs::write(&file, configuration).unwrap();
        let arguments = [file.to_str().unwrap(), "--sentinel"];
        let mut sentinel = Self::spawn(port, &arguments, "+monitor master mymaster");
        sentinel.folder = Some(folder);
        sentinel
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
        Self::spawn(port, &[listen, &arguments].concat(), "Ready to accept connections")
    }

    fn spawn(port: u16, arguments: &[&str], ready: &str) -> Self {
        let mut process = Command::new("redis-server")
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("redis-server is missing: apt-get install -y redis-server");
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let is_ready = lines.any(|line| line.unwrap().contains(ready));
        assert!(is_ready, "redis-server ended at once");
        // Somebody has to read what it goes on to say.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            process,
            port,
            login: "",
            folder: None,
        }
    }

    /// At once, without a word to anybody (SIGKILL).
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Its connections stay open, and it says nothing any more.
    pub(super) fn stop(&self) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-STOP", &id]).status().unwrap().success());
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://{}127.0.0.1:{}", self.login, self.port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn redis(&self) -> Redis {
        // Tests share two cores.
        Redis::open(&self.url()).unwrap().timeout(Duration::from_secs(5))
    }

    pub(crate) fn client(&self) -> ::redis::Client {
        ::redis::Client::open(self.url()).unwrap()
    }

    /// A command by another client.
    pub(crate) fn run<T: ::redis::FromRedisValue>(&self, words: &[&str]) -> T {
        self.try_run(words).unwrap()
    }

    /// The same, for a server that may just be breaking off.
    pub(crate) fn try_run<T: ::redis::FromRedisValue>(&self, words: &[&str]) -> ::redis::RedisResult<T> {
        let mut command = ::redis::cmd(words[0]);
        command.arg(&words[1..]);
        command.query(&mut self.client().get_connection()?)
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
        self.kill();
        if let Some(folder) = &self.folder {
            std::fs::remove_dir_all(folder).unwrap();
        }
    }
}

pub(super) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// An empty one, of this test alone.
fn folder() -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("secure-runtime-redis-{}-{count}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Waits for what servers need some time for.
pub(crate) fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(60), "not within a minute: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
