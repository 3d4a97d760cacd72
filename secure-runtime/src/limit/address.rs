use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::extract::connect_info::MockConnectInfo;
use axum::http::request::Parts;

/// The address of the peer, with IPv4 in its own form.
///
/// Forwarding headers are not looked at: anybody can write them.
pub(crate) fn client_address(parts: &Parts) -> Option<IpAddr> {
    let peer = match parts.extensions.get::<ConnectInfo<SocketAddr>>() {
        Some(ConnectInfo(peer)) => peer,
        // axum's own stand-in for routers that are tested without a socket; only code can put it there.
        None => &parts.extensions.get::<MockConnectInfo<SocketAddr>>()?.0,
    };
    Some(peer.ip().to_canonical())
}

/// What is counted together: an IPv4 address, or the /64 of an IPv6 address, of which one host has 2⁶⁴.
pub(crate) fn prefix(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l8_ipv6_is_counted_by_its_64() {
        let of = |text: &str| prefix(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:aaaa::1"), of("2001:db8:1:2:bbbb::2"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }

    #[test]
    fn l8_a_mapped_address_is_the_ipv4_address() {
        let mut parts = axum::http::Request::new(()).into_parts().0;
        assert_eq!(client_address(&parts), None);
        let peer: SocketAddr = "[::ffff:192.0.2.1]:1".parse().unwrap();
        parts.extensions.insert(ConnectInfo(peer));
        assert_eq!(client_address(&parts), Some("192.0.2.1".parse().unwrap()));
    }

    #[test]
    fn h6_forwarding_headers_do_not_count() {
        let request = axum::http::Request::builder()
            .header("x-forwarded-for", "203.0.113.9")
            .header("forwarded", "for=203.0.113.9");
        let mut parts = request.body(()).unwrap().into_parts().0;
        let peer: SocketAddr = "192.0.2.1:1".parse().unwrap();
        parts.extensions.insert(ConnectInfo(peer));
        assert_eq!(client_address(&parts), Some("192.0.2.1".parse().unwrap()));
    }
}
