//! From a listener to an application: which connections are taken, and for how long they may do nothing.

mod accept;
mod connection;
mod head_time;
mod io;
mod server;
mod stop;

pub use server::Server;

use tokio::net::TcpListener;

use crate::SecureApp;

/// Serves an application until the process is told to stop (Ctrl-C, or SIGTERM on Unix), then lets running requests end.
///
/// It is [`Server::serve`] with every default.
///
/// # Errors
///
/// If the signals cannot be listened to, or what the application has to fetch first cannot be had ([`SecureApp::ready`]).
pub async fn serve(listener: TcpListener, app: SecureApp) -> std::io::Result<()> {
    Server::new(app).serve(listener).await
}

/// Serves an application until `stop` is ready, then lets running requests end.
///
/// It is [`Server::serve_until`] with every default.
///
/// # Errors
///
/// If what the application has to fetch first cannot be had ([`SecureApp::ready`]).
pub async fn serve_until(
    listener: TcpListener,
    app: SecureApp,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    Server::new(app).serve_until(listener, stop).await
}
