//! redis-server: empty when it starts, without persistence.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::Command;
use std::time::Duration;

use crate::peers::process::{Folder, Process, free_port};

/// A running server. What it held is gone after [`restart`](Self::restart).
pub(crate) struct Redis {
    process: Process,
    folder: Folder,
    address: SocketAddr,
}

impl Redis {
    /// Starts it on a free port, and waits until it answers.
    pub(crate) fn start() -> Self {
        let folder = Folder::new("redis");
        // Somebody may take the port between our looking and its listening.
        for _ in 0..5 {
            let address = ([127, 0, 0, 1], free_port()).into();
            if let Some(process) = launch(&folder, address) {
                return Self {
                    process,
                    folder,
                    address,
                };
            }
        }
        panic!("redis-server ends by itself on each of five ports")
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://{}/", self.address)
    }

    /// The first line of the answer to a command whose arguments have no spaces, or why there is none.
    pub(crate) fn command(&self, command: &str) -> std::io::Result<String> {
        line(&mut self.ask(command)?)
    }

    /// How often the server ran what `INFO commandstats` calls so.
    pub(crate) fn stat(&self, name: &str) -> Option<u64> {
        let info = self.bulk("INFO commandstats");
        let line = info
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(":calls="))?;
        line.split(',').next()?.parse().ok()
    }

    /// The server's clock, in seconds since 1970.
    pub(crate) fn time(&self) -> u64 {
        let mut socket = self.ask("TIME").unwrap();
        // An array of two texts, of which each has its length before it.
        let lines: Vec<String> = (0..3).map(|_| line(&mut socket).unwrap()).collect();
        lines[2].parse().unwrap()
    }

    /// The text that answers a command.
    fn bulk(&self, command: &str) -> String {
        let mut socket = self.ask(command).unwrap();
        let length = line(&mut socket).unwrap();
        let mut text = vec![0; length.strip_prefix('$').unwrap().parse().unwrap()];
        socket.read_exact(&mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    fn ask(&self, command: &str) -> std::io::Result<BufReader<TcpStream>> {
        let mut socket = BufReader::new(TcpStream::connect(self.address)?);
        socket.get_ref().set_read_timeout(Some(Duration::from_secs(10)))?;
        socket.get_mut().write_all(format!("{command}\r\n").as_bytes())?;
        Ok(socket)
    }

    /// As a power cut would.
    pub(crate) fn kill(&mut self) {
        self.process.kill();
    }

    /// Kills it, and starts it empty on the same port.
    pub(crate) fn restart(&mut self) {
        self.process.kill();
        self.process = launch(&self.folder, self.address).expect("the port was its own a moment ago");
    }
}

fn line(socket: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut line = String::new();
    socket.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

/// Nothing if the server ended by itself, as for a port that is taken.
fn launch(folder: &Folder, address: SocketAddr) -> Option<Process> {
    let port = address.port().to_string();
    let mut server = Command::new("redis-server");
    server.args([
        "--port",
        &port,
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
    ]);
    server.arg("--dir").arg(folder.path());
    let process = Process::start("redis-server", &mut server, "apt-get install redis-server");
    process.prints("Ready to accept connections").then_some(process)
}
