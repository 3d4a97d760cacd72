//! What no header may do, whatever it is.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// What can stand in a header's value, often what means something.
fn header_bytes() -> impl Strategy<Value = Vec<u8>> {
    let word = select(vec![
        "for=",
        "For=\"",
        "by=",
        "10.0.0.2",
        "[fd00::1]",
        "203.0.113.9",
        ", ",
        ",",
        ";",
        "\"",
        "\\",
        "\\\"",
        "=",
        " ",
        ":80",
        "%1",
        "unknown",
        "_x",
        "[",
        "]",
    ]);
    let word = word.prop_map(|word| word.as_bytes().to_vec());
    let other = vec(prop_oneof![0x20..=0x7e_u8, Just(b'\t'), 0x80..=0xff_u8], 0..8);
    vec(prop_oneof![3 => word, 1 => other], 0..30).prop_map(|pieces| pieces.concat())
}

fn outside() -> impl Strategy<Value = IpAddr> {
    let v4 = any::<u32>().prop_map(|bits| IpAddr::V4(Ipv4Addr::from_bits(bits)));
    let v6 = any::<u128>().prop_map(|bits| IpAddr::V6(Ipv6Addr::from_bits(bits)));
    let any = prop_oneof![v4, v6].prop_map(|address| address.to_canonical());
    any.prop_filter("is no proxy's", |address| {
        let faults = &mut Vec::new();
        let proxies = Networks::prepare("", &PROXIES.map(str::to_owned), faults).unwrap();
        !proxies.contain(*address) && !address.is_unspecified()
    })
}

/// A hop: a proxy's address.
fn proxy() -> impl Strategy<Value = IpAddr> {
    let v4 = any::<[u8; 3]>().prop_map(|[b, c, d]| IpAddr::from([10, b, c, d]));
    let v6 = any::<u64>().prop_map(|host| IpAddr::V6(Ipv6Addr::from_bits((0xfd << 120) | u128::from(host))));
    prop_oneof![v4, v6]
}

/// An address as it may stand in either header.
fn node(address: IpAddr, port: Option<u16>) -> String {
    match (address, port) {
        (IpAddr::V4(v4), Some(port)) => format!("{v4}:{port}"),
        (IpAddr::V4(v4), None) => v4.to_string(),
        (IpAddr::V6(v6), Some(port)) => format!("[{v6}]:{port}"),
        (IpAddr::V6(v6), None) => format!("[{v6}]"),
    }
}

/// A string, with what must be escaped escaped, and more where `lavish`.
fn quoted(text: &str, lavish: bool) -> String {
    let escape = |c: char| lavish && c.is_ascii_alphanumeric() || c == '"' || c == '\\';
    let text: String = text
        .chars()
        .flat_map(|c| escape(c).then_some('\\').into_iter().chain([c]))
        .collect();
    format!("\"{text}\"")
}

/// How one hop writes its element.
#[derive(Clone, Debug)]
struct Style {
    port: Option<u16>,
    lavish: bool,
    /// What the client made it write beside, such as the host that was asked.
    host: Option<String>,
    is_last: bool,
    /// A line of its own, and not the end of the one that came.
    is_line: bool,
}

fn style() -> impl Strategy<Value = Style> {
    let host = proptest::option::of("[ -~]{0,12}|[\",;=\\\\for]{0,12}|, for=198[.]51[.]100[.]1(;x=)?");
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (any::<Option<u16>>(), host, flags).prop_map(|(port, host, (lavish, is_last, is_line))| Style {
        port,
        lavish,
        host,
        is_last,
        is_line,
    })
}

impl Style {
    fn element(&self, address: IpAddr) -> String {
        let node = format!("for={}", quoted(&node(address, self.port), self.lavish));
        let host = self
            .host
            .as_ref()
            .map(|host| format!("host={}", quoted(host, self.lavish)));
        let mut pairs: Vec<String> = [node].into_iter().chain(host).collect();
        if self.is_last {
            pairs.reverse();
        }
        pairs.join(";")
    }

    fn add(&self, lines: &mut Vec<Vec<u8>>, element: &str) {
        match lines.last_mut() {
            Some(line) if !self.is_line => line.extend([b", ", element.as_bytes()].concat()),
            _ => lines.push(element.as_bytes().to_vec()),
        }
    }
}

fn client(proxies: TrustedProxies, name: &str, peer: IpAddr, lines: &[Vec<u8>]) -> IpAddr {
    let lines: Vec<_> = lines.iter().map(|line| (name, line.as_slice())).collect();
    addresses(Some(proxies))
        .of(&request(&peer.to_string(), &lines))
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Whatever stands there is read, and from somebody else it is not.
    #[test]
    fn h6_no_header_breaks_anything(lines in vec(header_bytes(), 0..4), peer in proxy(), stranger in outside()) {
        for (proxies, name) in [
            (TrustedProxies::forwarded(PROXIES), "forwarded"),
            (TrustedProxies::x_forwarded_for(PROXIES), "x-forwarded-for"),
        ] {
            client(proxies.clone(), name, peer, &lines);
            prop_assert_eq!(client(proxies, name, stranger, &lines), stranger);
        }
    }

    /// What the client sends itself, before the proxies add to it, changes nothing.
    #[test]
    fn h6_no_invention_of_a_client_changes_whose_the_request_is(
        invented in vec(header_bytes(), 0..3),
        address in outside(),
        chain in vec(proxy(), 0..6),
        peer in proxy(),
        styles in vec(style(), 7),
    ) {
        let (mut forwarded, mut list) = (invented.clone(), invented);
        for (hop, style) in [address].iter().chain(&chain).zip(&styles) {
            style.add(&mut forwarded, &style.element(*hop));
            style.add(&mut list, &node(*hop, style.port));
        }
        let found = client(TrustedProxies::forwarded(PROXIES), "forwarded", peer, &forwarded);
        prop_assert_eq!(found, address, "{:?}", forwarded);
        let found = client(TrustedProxies::x_forwarded_for(PROXIES), "x-forwarded-for", peer, &list);
        prop_assert_eq!(found, address, "{:?}", list);
    }

    /// Where a hop writes what cannot be read, it is that hop, and nobody further to the left.
    #[test]
    fn h6_a_hop_that_cannot_be_read_ends_the_way(
        address in outside(),
        chain in vec(proxy(), 1..6),
        styles in vec(style(), 8),
        unreadable in select(vec!["", "for=unknown", "for=_x", "for=\"192.0.2.1", "for=192.0.2.1;for=192.0.2.1", "by=_x", "?"]),
    ) {
        let (Some((peer, inner)), mut lines) = (chain.split_last(), Vec::new()) else {
            return Ok(());
        };
        let mut styles = styles.into_iter().map(|style| (style.element(address), style));
        let (element, style) = styles.next().unwrap();
        style.add(&mut lines, &element);
        let (_, style) = styles.next().unwrap();
        style.add(&mut lines, unreadable);
        for (hop, (_, style)) in inner.iter().zip(styles) {
            style.add(&mut lines, &style.element(*hop));
        }
        let last = *inner.first().unwrap_or(peer);
        prop_assert_eq!(client(TrustedProxies::forwarded(PROXIES), "forwarded", *peer, &lines), last);
    }
}
