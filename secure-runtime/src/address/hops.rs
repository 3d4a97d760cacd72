use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName};

use super::forwarded::{self, FromTheRight};
use super::{Networks, node};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The most hops that are followed. No real chain is nearly as long.
pub(super) const MAX_HOPS: usize = 32;

/// The header in which proxies say for whom they ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ForwardingHeader {
    /// RFC 7239.
    Forwarded,
    /// By custom, a list of addresses.
    XForwardedFor,
}

/// The proxies between a client and this process. See [`TrustedProxies`](super::TrustedProxies).
#[derive(Debug)]
pub(super) struct Hops {
    pub(super) header: ForwardingHeader,
    pub(super) networks: Networks,
}

impl Hops {
    /// The first address, from the connection's peer on, that is no trusted proxy; otherwise the last that a proxy named.
    ///
    /// Each element was written by the hop whose address was read before it. So what a trusted hop says is followed as long as
    /// it can be read, and no further: nothing to the left of it is known to be anybody's but the client's own.
    pub(super) fn client(&self, headers: &HeaderMap, peer: IpAddr) -> IpAddr {
        let mut named = self.header.addresses(headers);
        let mut last = peer;
        for _ in 0..MAX_HOPS {
            if !self.networks.contain(last) {
                break;
            }
            let Some(Some(next)) = named.next() else {
                break;
            };
            last = next;
        }
        last
    }
}

impl ForwardingHeader {
    /// What the elements name, from the last of the last line to the first of the first; `None` where one cannot be read.
    fn addresses(self, headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
        let name = match self {
            Self::Forwarded => axum::http::header::FORWARDED,
            Self::XForwardedFor => X_FORWARDED_FOR,
        };
        let lines = headers.get_all(name).into_iter().rev();
        // A list of addresses has no strings, and where it has a quote it cannot be read in either case.
        let elements = lines.flat_map(|line| {
            let mut place = FromTheRight::default();
            line.as_bytes().rsplit(move |byte| place.is_separator(*byte))
        });
        // An empty element counts as one that says nothing: it may be all that a trusted hop wrote.
        elements.map(move |element| self.address(element))
    }

    fn address(self, element: &[u8]) -> Option<IpAddr> {
        match self {
            Self::Forwarded => node::in_node(&forwarded::node(element)?),
            Self::XForwardedFor => node::in_element(std::str::from_utf8(element.trim_ascii()).ok()?),
        }
    }
}
