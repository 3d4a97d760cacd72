use std::net::{IpAddr, Ipv6Addr};

/// The address in a node of `Forwarded` (RFC 7239 §6): IPv4, or IPv6 in brackets, with a port or without.
///
/// `unknown` and obfuscated identifiers are no addresses. An IPv6 address must have its brackets: without them, a port could be
/// the end of the address.
pub(super) fn in_node(text: &str) -> Option<IpAddr> {
    let (address, after) = match text.strip_prefix('[') {
        Some(bracketed) => {
            let (inside, after) = bracketed.split_once(']')?;
            (IpAddr::V6(v6(inside)?), after)
        }
        None => {
            let (v4, after) = text.split_at(text.find(':').unwrap_or(text.len()));
            (IpAddr::V4(v4.parse().ok()?), after)
        }
    };
    if !after.is_empty() && !after.strip_prefix(':').is_some_and(is_port) {
        return None;
    }
    somebody(address)
}

/// The address in an element of `X-Forwarded-For`, which is a node or an IPv6 address without brackets.
pub(super) fn in_element(text: &str) -> Option<IpAddr> {
    in_node(text).or_else(|| somebody(IpAddr::V6(v6(text)?)))
}

/// In its own form; `0.0.0.0` and `::` are nobody's.
fn somebody(address: IpAddr) -> Option<IpAddr> {
    let address = address.to_canonical();
    (!address.is_unspecified()).then_some(address)
}

/// Without its zone (RFC 4007 §11), which says something on the proxy's machine only.
fn v6(text: &str) -> Option<Ipv6Addr> {
    let (address, zone) = text.split_once('%').unwrap_or((text, "0"));
    let is_zone = !zone.is_empty() && zone.bytes().all(|byte| is_word(byte) || byte == b'~');
    is_zone.then(|| address.parse().ok()).flatten()
}

fn is_port(text: &str) -> bool {
    match text.strip_prefix('_') {
        Some(obfuscated) => !obfuscated.is_empty() && obfuscated.bytes().all(is_word),
        None => (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._-".contains(&byte)
}
