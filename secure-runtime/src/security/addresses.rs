use super::SecurityBuilder;
use crate::address::TrustedProxies;
use crate::startup::Placed;

/// How clients are told apart by their addresses.
impl SecurityBuilder {
    /// Believes these proxies when they say for whom they ask. Without it, the client is whoever connects, and no header has a say
    /// in it.
    pub fn trusted_proxies(mut self, proxies: TrustedProxies) -> Self {
        self.addresses.proxies = Some(Placed::in_code(proxies));
        self
    }

    /// How many bits of an IPv6 address make one client where limits are counted by address, from 32 to 128; 64 unless said
    /// otherwise.
    ///
    /// One host has all the addresses of a /64. Where your clients are given more, such as a /56 each, one of them has as many
    /// buckets as there are /64 in that.
    pub fn ipv6_prefix(mut self, bits: u8) -> Self {
        self.addresses.ipv6_prefix = Placed::in_code(bits);
        self
    }
}
