use std::net::IpAddr;

use super::*;
use crate::certificate::ClientCertHeader;
use axum::http::Request;
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

fn parts(fields: &[(&str, String)]) -> Parts {
    let mut request = Request::builder();
    for (name, value) in fields {
        request = request.header(*name, value);
    }
    request.body(()).unwrap().into_parts().0
}

fn sequence(bytes: &[u8]) -> String {
    format!(":{}:", STANDARD.encode(bytes))
}

fn peers(networks: &[&str]) -> super::super::TrustedPeers {
    ClientCertHeader::from_proxies(networks.iter().copied())
        .prepare(&mut Vec::new())
        .unwrap()
}

fn ip(text: &str) -> Option<IpAddr> {
    Some(text.parse().unwrap())
}

#[test]
fn m3_the_header_counts_from_a_proxy_of_ours() {
    let root = Authority::root("root");
    let middle = root.below("middle", |_| ());
    let leaf = middle.sign(&client(vec![uri(BILLING)]));
    let parts = parts(&[
        ("client-cert", sequence(leaf.der())),
        ("client-cert-chain", sequence(&middle.der)),
    ]);
    let peers = peers(&["10.0.3.0/28", "10.0.9.9", "fd00:3::/64"]);
    for peer in ["10.0.3.1", "10.0.3.15", "10.0.9.9", "fd00:3::1", "::ffff:10.0.3.1"] {
        let certificate = peers.certificate(&parts, ip(peer)).unwrap().unwrap();
        assert_eq!(certificate.thumbprint(), leaf.thumbprint(), "{peer}");
        assert!(verifier(trust(&root.pem)).identify(&certificate, NOW).is_ok(), "{peer}");
    }
    for peer in [
        ip("10.0.3.16"),
        ip("10.0.9.8"),
        ip("fd00:4::1"),
        ip("::ffff:10.0.3.16"),
        ip("::10.0.3.1"),
        None,
    ] {
        assert!(peers.certificate(&parts, peer).unwrap().is_none(), "{peer:?}");
    }
}

#[test]
fn m3_from_anybody_else_it_is_as_if_it_were_not_there() {
    let peers = peers(&["10.0.3.7"]);
    let own = ClientCertificate::new(*b"own");
    for forged in [sequence(b"forged"), "rubbish".to_owned()] {
        let mut parts = parts(&[("client-cert", forged)]);
        assert!(peers.certificate(&parts, ip("203.0.113.5")).unwrap().is_none());
        parts.extensions.insert(own.clone());
        let certificate = peers.certificate(&parts, ip("203.0.113.5")).unwrap().unwrap();
        assert_eq!(certificate.thumbprint(), own.thumbprint());
    }
    let mut bare = parts(&[]);
    assert!(peers.certificate(&bare, ip("10.0.3.7")).unwrap().is_none());
    bare.extensions.insert(own.clone());
    assert_eq!(
        peers.certificate(&bare, ip("10.0.3.7")).unwrap().unwrap().thumbprint(),
        own.thumbprint()
    );
}

#[test]
fn m3_two_certificates_are_never_mixed() {
    let peers = peers(&["10.0.3.7"]);
    for (name, value) in [("client-cert", sequence(b"a")), ("client-cert-chain", sequence(b"a"))] {
        let mut parts = parts(&[(name, value)]);
        parts.extensions.insert(ClientCertificate::new(*b"a"));
        assert!(peers.certificate(&parts, ip("10.0.3.7")).is_err());
    }
}

#[test]
fn m3_what_a_proxy_forwards_has_one_reading() {
    let peers = peers(&["10.0.3.7"]);
    let leaf = || ("client-cert", sequence(b"leaf"));
    for malformed in [
        vec![("client-cert", String::new())],
        vec![("client-cert", "::".to_owned())],
        vec![("client-cert", "leaf".to_owned())],
        vec![("client-cert", "\"leaf\"".to_owned())],
        vec![("client-cert", STANDARD.encode("leaf"))],
        vec![("client-cert", format!("{}, {}", leaf().1, leaf().1))],
        vec![("client-cert", format!("{} x", leaf().1))],
        vec![leaf(), leaf()],
        vec![("client-cert-chain", sequence(b"a"))],
        vec![leaf(), ("client-cert-chain", "a".to_owned())],
        vec![leaf(), ("client-cert-chain", format!("({})", sequence(b"a")))],
        vec![leaf(), ("client-cert-chain", vec![sequence(b"a"); 11].join(", "))],
    ] {
        assert!(
            peers.certificate(&parts(&malformed), ip("10.0.3.7")).is_err(),
            "{malformed:?}"
        );
    }
    let chain = vec![
        leaf(),
        ("client-cert-chain", sequence(b"a")),
        ("client-cert-chain", sequence(b"b")),
    ];
    let certificate = peers.certificate(&parts(&chain), ip("10.0.3.7")).unwrap().unwrap();
    assert_eq!(certificate.der(), b"leaf");
    assert_eq!(certificate.intermediates().collect::<Vec<_>>(), [b"a", b"b"]);
}

#[test]
fn m3_everybody_is_no_proxy() {
    for wrong in [
        &[][..],
        &["0.0.0.0/0"],
        &["::/0"],
        &["10.0.3.0/33"],
        &["proxy.test"],
        &["10.0.3.7", ""],
    ] {
        let mut faults = Vec::new();
        assert!(
            ClientCertHeader::from_proxies(wrong.iter().copied())
                .prepare(&mut faults)
                .is_none(),
            "{wrong:?}"
        );
        assert_eq!(faults.len(), 1, "{wrong:?}");
    }
}
