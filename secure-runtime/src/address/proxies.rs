use super::Networks;
use super::hops::{ForwardingHeader, Hops};
use crate::startup::Fault;

/// The proxies in front of this process, which are believed when they say for whom they ask.
///
/// Without them, the client is whoever connects. With them, limits per address, the limit on failed authentication and the audit
/// log see the client behind them.
///
/// ```
/// use secure_runtime::TrustedProxies;
///
/// let proxies = TrustedProxies::forwarded(["10.0.3.0/28", "fd00:3::/64"]);
/// ```
///
/// The header counts only if the connection itself comes from one of these networks. All its lines together are read from the
/// right, hop by hop: the last element is what the peer says, the one before it what the hop says that the peer named, and so on
/// while the hops are trusted, 32 of them at most. The first address that is not trusted is the client. If all are, it is the
/// leftmost.
///
/// Where a trusted hop says nothing that can be read (an empty element, `unknown`, an obfuscated identifier, garbage), the client
/// is the last address that was known, which is that hop's. Nothing further to the left is looked at. All who come by that hop
/// then share a bucket: limits get tighter by it, and never looser.
///
/// Ports and zones are left out, and an IPv4 address that is written as IPv6 is the IPv4 address.
///
/// # Security
///
/// - Each of the proxies must *add* to the header what it knows, or replace it. One that hands on the header as it came lets its
///   clients choose their address. Of the two headers only the one that is named here is read: name the one that the proxies
///   write.
/// - The networks must hold the proxies alone. Whoever else can connect from there chooses their address.
///
/// The header `Client-Cert` is another matter: it counts by the peer of the connection, whatever this says.
#[derive(Clone, Debug)]
pub struct TrustedProxies {
    header: ForwardingHeader,
    networks: Vec<String>,
}

impl TrustedProxies {
    /// Proxies that write `Forwarded` (RFC 7239): addresses, or networks in CIDR notation.
    #[must_use]
    pub fn forwarded(networks: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::of(ForwardingHeader::Forwarded, networks)
    }

    /// Proxies that write `X-Forwarded-For`: addresses, or networks in CIDR notation.
    #[must_use]
    pub fn x_forwarded_for(networks: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::of(ForwardingHeader::XForwardedFor, networks)
    }

    fn of(header: ForwardingHeader, networks: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            header,
            networks: networks.into_iter().map(Into::into).collect(),
        }
    }

    /// The networks, parsed; every fault goes to `faults`.
    pub(super) fn prepare(self, faults: &mut Vec<Fault>) -> Option<Hops> {
        let place = match self.header {
            ForwardingHeader::Forwarded => "TrustedProxies::forwarded",
            ForwardingHeader::XForwardedFor => "TrustedProxies::x_forwarded_for",
        };
        Some(Hops {
            header: self.header,
            networks: Networks::prepare(place, &self.networks, faults)?,
        })
    }
}
