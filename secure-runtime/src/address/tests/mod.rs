use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request};

use super::*;

mod forms;
mod hops;
mod properties;
mod settings;

/// Two networks of proxies.
const PROXIES: [&str; 2] = ["10.0.0.0/8", "fd00::/8"];

/// A proxy of them.
const PROXY: &str = "10.0.0.1";

fn addresses(proxies: Option<TrustedProxies>) -> Addresses {
    let settings = AddressSettings {
        proxies: proxies.map(crate::startup::Placed::in_code),
        ..AddressSettings::default()
    };
    settings.prepare(&mut Vec::new()).unwrap()
}

impl Addresses {
    /// Whose a request is, as the gate asks.
    fn of(&self, parts: &Parts) -> Option<std::net::IpAddr> {
        peer(parts).map(|peer| self.client(&parts.headers, peer))
    }
}

/// A request from this peer, with these lines of headers.
fn request(peer: &str, lines: &[(&str, &[u8])]) -> Parts {
    let mut parts = Request::new(()).into_parts().0;
    let peer = SocketAddr::new(peer.parse().unwrap(), 1);
    parts.extensions.insert(ConnectInfo(peer));
    for (name, value) in lines {
        let name: axum::http::HeaderName = name.parse().unwrap();
        parts.headers.append(name, HeaderValue::from_bytes(value).unwrap());
    }
    parts
}

/// Whose a request of this peer is, with lines of `X-Forwarded-For`, where those networks are trusted.
fn by_list(networks: &[&str], peer: &str, lines: &[&str]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| ("x-forwarded-for", line.as_bytes())).collect();
    let addresses = addresses(Some(TrustedProxies::x_forwarded_for(networks.iter().copied())));
    addresses.of(&request(peer, &lines)).unwrap().to_string()
}

/// The same with lines of `Forwarded`.
fn by_elements(networks: &[&str], peer: &str, lines: &[&str]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| ("forwarded", line.as_bytes())).collect();
    let addresses = addresses(Some(TrustedProxies::forwarded(networks.iter().copied())));
    addresses.of(&request(peer, &lines)).unwrap().to_string()
}
