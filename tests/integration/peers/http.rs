//! One request to a peer over a socket of its own.

use std::net::SocketAddr;

use axum::body::Body;
use axum::http::{Method, Request};
use http_body_util::BodyExt as _;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::peers::process::PATIENCE;
use crate::support::Answer;

/// A GET.
pub(crate) async fn get(address: SocketAddr, path: &str) -> std::io::Result<Answer> {
    send(address, Method::GET, path, &[], Body::empty()).await
}

/// A POST with this body.
pub(crate) async fn post(
    address: SocketAddr,
    path: &str,
    headers: &[(&str, &str)],
    body: String,
) -> std::io::Result<Answer> {
    send(address, Method::POST, path, headers, body.into()).await
}

/// The answer, or why there is none.
async fn send(
    address: SocketAddr,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Body,
) -> std::io::Result<Answer> {
    let mut request = Request::builder().method(method).uri(path);
    request = request.header("host", address.to_string());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(body).unwrap();
    let exchange = async {
        let socket = TokioIo::new(TcpStream::connect(address).await?);
        let (mut sender, connection) = http1::handshake(socket).await.map_err(std::io::Error::other)?;
        tokio::spawn(connection);
        let response = sender.send_request(request).await.map_err(std::io::Error::other)?;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.map_err(std::io::Error::other)?;
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.to_bytes().to_vec(),
        })
    };
    tokio::time::timeout(PATIENCE, exchange).await?
}
