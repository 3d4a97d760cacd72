use std::io;
use std::time::Duration;

use tokio::net::TcpListener;

use super::accept::{Doors, accept};
use super::connection::{Connections, Times};
use super::stop;
use crate::SecureApp;

/// How an application is served: how long a connection may take for what, and how many there may be.
///
/// HTTP/1.1 and 1.0, without TLS. What a request may take once its head is there is said by the endpoint and by
/// [`SecurityBuilder`](crate::SecurityBuilder).
///
/// ```no_run
/// use std::time::Duration;
/// use secure_runtime::{SecureApp, Server};
///
/// async fn run(app: SecureApp) -> std::io::Result<()> {
///     let listener = tokio::net::TcpListener::bind("0.0.0.0:3000").await?;
///     Server::new(app).header_timeout(Duration::from_secs(5)).max_connections(2_000).serve(listener).await
/// }
/// ```
#[derive(Debug)]
#[must_use = "it serves nothing before `serve` is called"]
pub struct Server {
    app: SecureApp,
    times: Times,
    max_connections: usize,
}

impl Server {
    /// With every default.
    pub fn new(app: SecureApp) -> Self {
        Self {
            app,
            times: Times {
                head: Duration::from_secs(10),
                idle: Duration::from_secs(75),
                write: Duration::from_secs(30),
            },
            max_connections: 10_000,
        }
    }

    /// How long the head of a request may take, from its first byte to its last; 10 s unless said otherwise. A new
    /// connection has as long from when it was accepted. Then it is closed, without an answer.
    pub fn header_timeout(mut self, time: Duration) -> Self {
        self.times.head = time;
        self
    }

    /// How long a connection may wait between an answer and the first byte of the next request; 75 s unless said otherwise.
    ///
    /// A proxy in front should give up its idle connections sooner: one that sends a request just when this side closes
    /// has to send it again.
    pub fn idle_timeout(mut self, time: Duration) -> Self {
        self.times.idle = time;
        self
    }

    /// How long a client may take nothing at all of an answer that is waiting for it; 30 s unless said otherwise. A stream
    /// that has nothing to send is not waiting.
    pub fn write_timeout(mut self, time: Duration) -> Self {
        self.times.write = time;
        self
    }

    /// How many connections there may be at once; 10,000 unless said otherwise.
    ///
    /// The next ones are not accepted before one ends: they wait in the queue of the operating system, which is of fixed
    /// size. So what is beyond the bound costs this process neither memory nor file descriptors; keep those below the
    /// limit of the process (`ulimit -n`).
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.max_connections = connections;
        self
    }

    /// Serves until the process is told to stop (Ctrl-C, or SIGTERM on Unix), then lets running requests end.
    ///
    /// # Errors
    ///
    /// If the signals cannot be listened to, and as for [`serve_until`](Self::serve_until).
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        let stop = stop::signal()?;
        self.serve_until(listener, stop).await
    }

    /// Serves until `stop` is ready, then accepts no more, closes idle connections, and lets running requests end.
    ///
    /// A connection that cannot be accepted does not end it: where the process has no file descriptor left, it waits a
    /// second, says so in the log, and tries again.
    ///
    /// # Errors
    ///
    /// If a time or the number of connections is zero, or what the application has to fetch first cannot be had
    /// ([`SecureApp::ready`]).
    pub async fn serve_until(
        self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        let Times { head, idle, write } = self.times;
        if [head, idle, write].contains(&Duration::ZERO) || self.max_connections == 0 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "the times of a `Server` and its `max_connections` must be above zero",
            ));
        }
        self.app.ready().await.map_err(io::Error::other)?;
        let connections = Connections::new(self.app, self.times);
        let doors = Doors::new(self.max_connections);
        accept(listener, doors, stop, |stream, peer, place| {
            connections.open(stream, peer, place)
        })
        .await;
        connections.end().await;
        Ok(())
    }
}
