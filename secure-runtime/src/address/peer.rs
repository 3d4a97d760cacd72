use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::extract::connect_info::MockConnectInfo;
use axum::http::request::Parts;

/// The address of the connection itself, with IPv4 in its own form. No header has a say in it.
pub(crate) fn peer(parts: &Parts) -> Option<IpAddr> {
    let peer = match parts.extensions.get::<ConnectInfo<SocketAddr>>() {
        Some(ConnectInfo(peer)) => peer,
        // axum's own stand-in for routers that are tested without a socket; only code can put it there.
        None => &parts.extensions.get::<MockConnectInfo<SocketAddr>>()?.0,
    };
    Some(peer.ip().to_canonical())
}
