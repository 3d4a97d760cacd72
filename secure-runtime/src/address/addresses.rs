use std::net::IpAddr;

use axum::http::HeaderMap;

use super::hops::Hops;
use super::origin::Ipv6Prefix;
use super::{Origin, TrustedProxies};
use crate::startup::{Fault, Placed};

/// How the address of a client is found, and what of it is counted.
#[derive(Debug)]
pub(crate) struct Addresses {
    hops: Option<Hops>,
    prefix: Ipv6Prefix,
}

impl Addresses {
    /// The client's address, where the connection is to `peer`.
    pub(crate) fn client(&self, headers: &HeaderMap, peer: IpAddr) -> IpAddr {
        let hops = self.hops.as_ref();
        hops.map_or(peer, |hops| hops.client(headers, peer))
    }

    /// What is counted together with this address.
    pub(crate) fn origin(&self, address: IpAddr) -> Origin {
        self.prefix.of(address)
    }
}

/// What was said of addresses, unchecked.
#[derive(Debug)]
pub(crate) struct AddressSettings {
    pub(crate) proxies: Option<Placed<TrustedProxies>>,
    pub(crate) ipv6_prefix: Placed<u8>,
}

impl Default for AddressSettings {
    fn default() -> Self {
        Self {
            proxies: None,
            ipv6_prefix: Placed::in_code(Ipv6Prefix::DEFAULT),
        }
    }
}

impl AddressSettings {
    /// `None` if, and only if, there are faults.
    pub(crate) fn prepare(self, faults: &mut Vec<Fault>) -> Option<Addresses> {
        let hops = self
            .proxies
            .map(|proxies| proxies.prepare(faults, TrustedProxies::prepare));
        let prefix = self.ipv6_prefix.prepare(faults, Ipv6Prefix::prepare);
        Some(Addresses {
            // Proxies that are wrong are no reason to do without any.
            hops: match hops {
                Some(hops) => Some(hops?),
                None => None,
            },
            prefix: prefix?,
        })
    }
}
