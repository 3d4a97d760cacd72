//! redis-server: empty when it starts, without persistence.

use std::io::{BufRead as _, BufReader, Write as _};
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
    pub(crate) fn command(&self, line: &str) -> std::io::Result<String> {
        let mut socket = BufReader::new(TcpStream::connect(self.address)?);
        socket.get_ref().set_read_timeout(Some(Duration::from_secs(10)))?;
        socket.get_mut().write_all(format!("{line}\r\n").as_bytes())?;
        let mut answer = String::new();
        socket.read_line(&mut answer)?;
        Ok(answer.trim_end().to_owned())
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
