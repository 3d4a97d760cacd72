//! Bytes over a socket, as a client sends them that follows no rules.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use secure_runtime::{SecureApp, Server};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

/// Longer than anything here may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Serves an application on a free port until the test ends.
pub(crate) async fn serve_with(app: SecureApp, set: impl FnOnce(Server) -> Server) -> SocketAddr {
    // `TcpListener::bind` has a queue of 128, out of which a thousand clients at once would fall.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(4_096).unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(set(Server::new(app)).serve_until(listener, std::future::pending()));
    address
}

/// One connection.
pub(crate) struct Raw {
    pub(crate) socket: TcpStream,
    pub(crate) opened: Instant,
    read: Vec<u8>,
}

impl Raw {
    pub(crate) async fn open(address: SocketAddr) -> Self {
        let socket = TcpStream::connect(address).await.unwrap();
        Self {
            socket,
            opened: Instant::now(),
            read: Vec::new(),
        }
    }

    /// Sends these bytes. Whether anybody took them is seen by the answer.
    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.socket.write_all(bytes.as_ref()).await;
    }

    /// The next answer: its head, and as much body as that announces; nothing if the connection ended before.
    pub(crate) async fn answer(&mut self) -> Option<String> {
        tokio::time::timeout(PATIENCE, self.next_answer())
            .await
            .expect("there is no answer")
    }

    async fn next_answer(&mut self) -> Option<String> {
        loop {
            let text = String::from_utf8_lossy(&self.read).into_owned();
            if let Some((head, _)) = text.split_once("\r\n\r\n") {
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                let whole = head.len() + 4 + length.map_or(0, |length| length.parse::<usize>().unwrap());
                if self.read.len() >= whole {
                    let answer: Vec<u8> = self.read.drain(..whole).collect();
                    return Some(String::from_utf8(answer).unwrap());
                }
            }
            if !self.more().await {
                return None;
            }
        }
    }

    /// Reads what comes next; `false` if that is the end.
    async fn more(&mut self) -> bool {
        let mut buffer = [0; 4096];
        match self.socket.read(&mut buffer).await {
            Ok(read @ 1..) => {
                self.read.extend_from_slice(&buffer[..read]);
                true
            }
            Ok(0) | Err(_) => false,
        }
    }

    /// How long from now on until the server closes, and what it said until then.
    pub(crate) async fn end(&mut self) -> (Duration, String) {
        let began = Instant::now();
        let end = async { while self.more().await {} };
        tokio::time::timeout(PATIENCE, end).await.expect("it is never closed");
        (began.elapsed(), String::from_utf8_lossy(&self.read).into_owned())
    }

    /// Is it still open, so long from now?
    pub(crate) async fn is_open_for(&mut self, time: Duration) -> bool {
        tokio::time::timeout(time, self.more()).await.is_err()
    }
}

/// The status of an answer.
pub(crate) fn status(answer: &str) -> u16 {
    answer
        .strip_prefix("HTTP/1.1 ")
        .and_then(|rest| rest.get(..3))
        .unwrap()
        .parse()
        .unwrap()
}

/// The head of a request, with these lines.
pub(crate) fn head(line: &str, lines: &[&str]) -> String {
    let mut head = format!("{line} HTTP/1.1\r\nhost: api.test\r\n");
    for line in lines {
        head.push_str(line);
        head.push_str("\r\n");
    }
    head + "\r\n"
}
