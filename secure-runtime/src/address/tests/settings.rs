//! The peer, prefixes, and what keeps an application from starting.

use std::net::IpAddr;

use axum::extract::connect_info::MockConnectInfo;

use super::*;
use crate::startup::{Fault, Placed};

fn faults(settings: AddressSettings) -> Vec<String> {
    let mut faults = Vec::new();
    assert_eq!(settings.prepare(&mut faults).is_none(), !faults.is_empty());
    faults.iter().map(Fault::to_string).collect()
}

fn faults_of(networks: &[&str]) -> Vec<String> {
    faults(AddressSettings {
        proxies: Some(Placed::in_code(TrustedProxies::forwarded(networks.iter().copied()))),
        ..AddressSettings::default()
    })
}

#[test]
fn l8_the_peer_is_the_address_of_the_connection() {
    let mut parts = Request::new(()).into_parts().0;
    assert_eq!(peer(&parts), None);
    assert_eq!(addresses(None).of(&parts), None);
    let stand_in: SocketAddr = "192.0.2.2:1".parse().unwrap();
    parts.extensions.insert(MockConnectInfo(stand_in));
    assert_eq!(peer(&parts), Some(stand_in.ip()));
    // A mapped address is the IPv4 address.
    let socket: SocketAddr = "[::ffff:192.0.2.1]:1".parse().unwrap();
    parts.extensions.insert(ConnectInfo(socket));
    assert_eq!(peer(&parts), Some("192.0.2.1".parse().unwrap()));
}

#[test]
fn h6_the_peer_is_what_no_header_says() {
    let lines: [(&str, &[u8]); 2] = [("x-forwarded-for", b"203.0.113.9"), ("forwarded", b"for=203.0.113.9")];
    let parts = request(PROXY, &lines);
    assert_eq!(peer(&parts), Some(PROXY.parse().unwrap()));
    // Without a connection there is no client either, whatever a header says.
    let mut parts = parts;
    parts.extensions.clear();
    assert_eq!(
        addresses(Some(TrustedProxies::forwarded(["0.0.0.0/1"]))).of(&parts),
        None
    );
}

#[test]
fn l8_ipv6_is_counted_by_prefix_and_ipv4_by_address() {
    let with = |bits: u8| {
        let settings = AddressSettings {
            proxies: None,
            ipv6_prefix: Placed::in_code(bits),
        };
        settings.prepare(&mut Vec::new()).unwrap()
    };
    let same = |addresses: &Addresses, a: &str, b: &str| {
        let of = |text: &str| addresses.origin(text.parse::<IpAddr>().unwrap());
        of(a) == of(b)
    };
    let by_default = addresses(None);
    for addresses in [&by_default, &with(64)] {
        assert!(same(addresses, "2001:db8:1:2:aaaa::1", "2001:db8:1:2:bbbb::2"));
        assert!(!same(addresses, "2001:db8:1:2::1", "2001:db8:1:3::1"));
    }
    assert!(same(&with(56), "2001:db8:1:200::1", "2001:db8:1:2ff::1"));
    assert!(!same(&with(56), "2001:db8:1:200::1", "2001:db8:1:300::1"));
    assert!(same(&with(32), "2001:db8::1", "2001:db8:ffff::1"));
    assert!(!same(&with(32), "2001:db8::1", "2001:db9::1"));
    assert!(same(&with(128), "2001:db8::1", "2001:db8::1"));
    assert!(!same(&with(128), "2001:db8::1", "2001:db8::2"));
    assert!(same(&with(127), "2001:db8::2", "2001:db8::3"));
    for bits in [32, 64, 128] {
        assert!(!same(&with(bits), "192.0.2.1", "192.0.2.2"));
        assert!(same(&with(bits), "192.0.2.1", "::ffff:192.0.2.1"));
    }
}

#[test]
fn l8_a_prefix_that_is_none_keeps_from_starting() {
    for bits in [0, 1, 31, 129, 255] {
        let found = faults(AddressSettings {
            proxies: None,
            ipv6_prefix: Placed::in_code(bits),
        });
        assert_eq!(found.len(), 1, "{bits}");
        assert!(found[0].starts_with("SecurityBuilder::ipv6_prefix: "), "{found:?}");
        assert!(found[0].contains("help: write 64"), "{found:?}");
    }
}

#[test]
fn h6_who_is_trusted_is_said_in_one_way() {
    for fine in [
        "10.0.0.0/8",
        "10.0.3.7",
        "10.0.3.7/32",
        "fd00::/8",
        "::1",
        "::ffff:10.0.0.0/104",
        "128.0.0.0/1",
    ] {
        assert!(faults_of(&[fine]).is_empty(), "{fine}");
    }
    for (wrong, fault) in [
        ("0.0.0.0/0", "is everybody"),
        ("10.0.0.1/0", "is everybody"),
        ("::/0", "is everybody"),
        ("::ffff:0:0/96", "is everybody"),
        (
            "10.0.3.7/8",
            "is neither a network nor one address\n    help: write `10.0.0.0/8` for the network, or `10.0.3.7`",
        ),
        (
            "fd00::1/8",
            "help: write `fd00::/8` for the network, or `fd00::1` for the address",
        ),
        (
            "::ffff:10.0.3.7/104",
            "help: write `10.0.0.0/8` for the network, or `10.0.3.7`",
        ),
        ("::ffff:10.0.0.0/64", "is neither a network nor one address"),
        ("10.0.0.0/33", "is no address and no network"),
        ("fd00::/129", "is no address and no network"),
        ("10.0.0/8", "is no address and no network"),
        ("010.0.0.0/8", "is no address and no network"),
        ("10.0.0.0/+8", "is no address and no network"),
        ("fe80::%eth0/64", "is no address and no network"),
        ("10.0.0.1:80", "is no address and no network"),
        ("10.0.0.1, 10.0.0.2", "is no address and no network"),
        ("proxy.test", "is no address and no network"),
        ("*", "is no address and no network"),
        (" 10.0.0.1", "is no address and no network"),
        ("", "is no address and no network"),
    ] {
        let found = faults_of(&[wrong]);
        assert_eq!(found.len(), 1, "{wrong}");
        assert!(
            found[0].starts_with(&format!("TrustedProxies::forwarded: {wrong:?} ")),
            "{found:?}"
        );
        assert!(found[0].contains(fault), "{found:?}");
        assert!(found[0].contains("\n    help: "), "{found:?}");
    }
    assert!(faults_of(&[])[0].contains("there is no proxy"));
}

#[test]
fn h6_every_fault_is_reported_at_once() {
    let found = faults(AddressSettings {
        proxies: Some(Placed::in_code(TrustedProxies::x_forwarded_for([
            "0.0.0.0/0",
            "10.0.0.0/8",
            "proxy.test",
            "10.0.0.1/8",
        ]))),
        ipv6_prefix: Placed::in_code(16),
    });
    assert_eq!(found.len(), 4, "{found:#?}");
    assert!(
        found[..3]
            .iter()
            .all(|fault| fault.starts_with("TrustedProxies::x_forwarded_for: "))
    );
}
