use super::SecurityBuilder;
use crate::address::TrustedProxies;
#[cfg(feature = "mtls")]
use crate::authn::certificate::ClientCertHeader;
use crate::authn::dpop::Dpop;
use crate::authn::{IntoAuthenticator, ResourceMetadata};
#[cfg(feature = "redis")]
use crate::limit::RedisLimits;
use crate::limit::{LockOut, Override};
use crate::startup::{Fault, Placed};

/// What a file says, with the place where it says so: there the faults of the part itself are said to be as well.
impl SecurityBuilder {
    pub(crate) fn with_faults(mut self, faults: Vec<Fault>) -> Self {
        self.faults.extend(faults);
        self
    }

    pub(crate) fn accept_at(mut self, another: impl IntoAuthenticator, place: String) -> Self {
        self.accepted.push(Placed::at(another.into_authenticator(), place));
        self
    }

    pub(crate) fn lock_out_at(mut self, lock_out: LockOut, place: String) -> Self {
        self.limits.lock_out = Placed::at(lock_out, place);
        self
    }

    pub(crate) fn override_at(mut self, overriding: Override) -> Self {
        self.limits.overrides.push(overriding);
        self
    }

    #[cfg(feature = "redis")]
    pub(crate) fn shared_limits_at(mut self, limits: RedisLimits, place: String) -> Self {
        self.limits.shared = Some(Placed::at(limits, place));
        self
    }

    pub(crate) fn dpop_at(mut self, dpop: Dpop, place: String) -> Self {
        self.dpop = Some(Placed::at(dpop, place));
        self
    }

    #[cfg(feature = "mtls")]
    pub(crate) fn client_cert_header_at(mut self, header: ClientCertHeader, place: String) -> Self {
        self.client_cert_header = Some(Placed::at(header, place));
        self
    }

    pub(crate) fn trusted_proxies_at(mut self, proxies: TrustedProxies, place: String) -> Self {
        self.addresses.proxies = Some(Placed::at(proxies, place));
        self
    }

    pub(crate) fn ipv6_prefix_at(mut self, bits: u8, place: String) -> Self {
        self.addresses.ipv6_prefix = Placed::at(bits, place);
        self
    }

    pub(crate) fn resource_metadata_at(mut self, metadata: ResourceMetadata, place: String) -> Self {
        self.metadata = Some(Placed::at(metadata, place));
        self
    }
}
