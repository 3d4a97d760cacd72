use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

/// A redis-server on a free loopback port, which keeps nothing on disk and ends with this.
#[derive(Debug)]
pub struct RedisServer {
    process: Child,
    url: String,
}

impl RedisServer {
    /// Starts it, and waits until it answers.
    ///
    /// # Errors
    ///
    /// If there is no `redis-server`, or it ends at once.
    pub fn start() -> std::io::Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut process = Command::new("redis-server")
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
            .args(["--save", "", "--appendonly", "no", "--daemonize", "no"])
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process.stdout.take().ok_or(std::io::ErrorKind::BrokenPipe)?;
        let server = Self {
            process,
            url: format!("redis://127.0.0.1:{port}/0"),
        };
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        if !lines.any(|line| line.contains("Ready to accept connections")) {
            return Err(std::io::Error::other("redis-server ended at once"));
        }
        // Somebody has to read what it goes on to say.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(server)
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
