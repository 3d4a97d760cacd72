use std::net::{IpAddr, Ipv6Addr};
use std::ops::RangeInclusive;

use crate::startup::Fault;

/// Where a request comes from, as limits count it: an IPv4 address, or the prefix of an IPv6 address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Origin(IpAddr);

impl Origin {
    #[cfg(feature = "testing")]
    pub(crate) const LOOPBACK: Self = Self(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST));

    /// The first address of it.
    #[cfg(feature = "redis")]
    pub(crate) fn address(self) -> IpAddr {
        self.0
    }

    #[cfg(test)]
    #[cfg(all(feature = "redis", feature = "testing"))]
    pub(crate) fn at(address: IpAddr) -> Self {
        Self(address)
    }
}

/// How much of an IPv6 address is counted together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ipv6Prefix {
    mask: u128,
}

impl Ipv6Prefix {
    /// One host has a whole /64, and all the addresses in it.
    pub(super) const DEFAULT: u8 = 64;

    /// Providers have no more than a /32, and no address has more than 128 bits.
    const LENGTHS: RangeInclusive<u8> = 32..=128;

    pub(super) fn prepare(length: u8, faults: &mut Vec<Fault>) -> Option<Self> {
        if !Self::LENGTHS.contains(&length) {
            faults.push(Fault::new(
                "SecurityBuilder::ipv6_prefix",
                "the prefix has fewer than 32 or more than 128 bits",
                "write 64 for single hosts, or 56 or 48 for whole customers of a provider",
            ));
            return None;
        }
        let host = 128_u32.saturating_sub(length.into());
        Some(Self {
            mask: u128::MAX.checked_shl(host)?,
        })
    }

    pub(super) fn of(self, address: IpAddr) -> Origin {
        Origin(match address.to_canonical() {
            IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & self.mask).into(),
            v4 => v4,
        })
    }
}
