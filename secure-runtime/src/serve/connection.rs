use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::accept::Place;
use super::head_time::{Arrivals, HeadTimer};
use super::io::Watched;
use crate::SecureApp;

/// How long a connection may take for what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    pub(super) head: Duration,
    pub(super) idle: Duration,
    pub(super) write: Duration,
}

/// Request line, blanks and colons come on top of the names and values that the gate measures.
const AROUND_FIELDS: usize = 16 * 1024;

/// What all connections share.
pub(super) struct Connections {
    router: Router,
    times: Times,
    /// The longest head that is read, after which there is nothing but a bare 431.
    max_head: usize,
    /// Each connection has a receiver: it is told when to stop, and counts as long as it has it.
    stop: watch::Sender<()>,
}

impl Connections {
    pub(super) fn new(app: SecureApp, times: Times) -> Self {
        Self {
            max_head: app.max_head().saturating_add(AROUND_FIELDS),
            router: app.into_router(),
            times,
            stop: watch::Sender::new(()),
        }
    }

    /// Serves one connection, beside all others.
    pub(super) fn open(&self, stream: TcpStream, peer: SocketAddr, place: Place) {
        if let Err(error) = stream.set_nodelay(true) {
            // A little slower, and nothing else.
            tracing::debug!(target: "secure::serve", %error, "TCP_NODELAY could not be set");
        }
        let mut stop = self.stop.subscribe();
        let arrivals = Arrivals::default();
        let mut http = http1::Builder::new();
        http.timer(HeadTimer::new(self.times.head, self.times.idle, arrivals.clone()))
            // What counts is what the timer says; this says that there is one.
            .header_read_timeout(self.times.head)
            .max_header_size(self.max_head);
        let stream = TokioIo::new(Watched::new(stream, arrivals, self.times.write));
        let router = TowerToHyperService::new(self.router.clone());
        let service = service_fn(move |mut request: Request<Incoming>| {
            // The gate needs the client's address.
            request.extensions_mut().insert(ConnectInfo(peer));
            router.call(request.map(Body::new))
        });
        let connection = http.serve_connection(stream, service).with_upgrades();
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            let ended = tokio::select! {
                ended = connection.as_mut() => ended,
                // Also if whoever could tell it is gone.
                _ = stop.changed() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = ended {
                // Clients that went away, were too slow, or sent what is no HTTP.
                tracing::debug!(target: "secure::serve", %peer, %error, "a connection broke off");
            }
            drop(place);
        });
    }

    /// Tells all of them to stop, and waits until they have.
    pub(super) async fn end(self) {
        self.stop.send_replace(());
        self.stop.closed().await;
    }
}
