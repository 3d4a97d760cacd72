use std::io;

use tokio::net::TcpListener;

use crate::SecureApp;

/// Serves an application until the process is told to stop (Ctrl-C, or SIGTERM on Unix), then lets running requests end.
///
/// # Errors
///
/// If the listener fails, or the signals cannot be listened to, or what the application has to fetch first cannot be had
/// ([`SecureApp::ready`]).
pub async fn serve(listener: TcpListener, app: SecureApp) -> io::Result<()> {
    let stop = stop_signal()?;
    serve_until(listener, app, stop).await
}

/// Serves an application until `stop` is ready, then lets running requests end.
///
/// # Errors
///
/// If the listener fails, or what the application has to fetch first cannot be had ([`SecureApp::ready`]).
pub async fn serve_until(
    listener: TcpListener,
    app: SecureApp,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    app.ready().await.map_err(io::Error::other)?;
    axum::serve(listener, app.into_make_service())
        .with_graceful_shutdown(stop)
        .await
}

#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        // Without a way to hear it, serving goes on until the process is ended.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
