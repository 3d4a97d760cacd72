use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::RangeInclusive;

use crate::startup::Fault;

/// Where a request comes from, as limits count it: an IPv4 address, or the prefix of an IPv6 address.
///
/// Kept as the halves of an IPv6 address, with IPv4 mapped (RFC 4291 §2.5.5.2): it is handed from stage to stage, and two words are
/// handed on in registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Origin(u64, u64);

impl Origin {
    #[cfg(feature = "testing")]
    pub(crate) const LOOPBACK: Self = Self::mapped(Ipv4Addr::LOCALHOST);

    #[inline]
    const fn mapped(address: Ipv4Addr) -> Self {
        Self(0, 0xffff << 32 | address.to_bits() as u64)
    }

    #[inline]
    const fn of(address: Ipv6Addr) -> Self {
        let bits = address.to_bits();
        Self((bits >> 64) as u64, bits as u64)
    }

    /// The first address of it.
    #[cfg(feature = "redis")]
    pub(crate) fn address(self) -> IpAddr {
        Ipv6Addr::from_bits(u128::from(self.0) << 64 | u128::from(self.1)).to_canonical()
    }

    #[cfg(test)]
    #[cfg(all(feature = "redis", feature = "testing"))]
    pub(crate) fn at(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(v4) => Self::mapped(v4),
            IpAddr::V6(v6) => Self::of(v6),
        }
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

    #[inline]
    pub(super) fn of(self, address: IpAddr) -> Origin {
        match address.to_canonical() {
            IpAddr::V6(v6) => Origin::of(Ipv6Addr::from_bits(v6.to_bits() & self.mask)),
            IpAddr::V4(v4) => Origin::mapped(v4),
        }
    }
}
