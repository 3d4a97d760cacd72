//! Certificates of clients (mutual TLS): what a token is bound to (RFC 8705), what a proxy forwards (RFC 9440), and who a
//! certificate names.

mod client;
#[cfg(feature = "mtls")]
mod forwarded;
#[cfg(feature = "mtls")]
mod identity;
#[cfg(test)]
mod tests;
#[cfg(feature = "mtls")]
mod trust;

pub use client::ClientCertificate;
pub(crate) use client::check_binding;
#[cfg(feature = "mtls")]
pub use forwarded::ClientCertHeader;
#[cfg(feature = "mtls")]
pub(crate) use forwarded::TrustedPeers;
#[cfg(feature = "mtls")]
pub use identity::Identity;
#[cfg(feature = "mtls")]
pub(crate) use trust::{CertificateVerifier, CertifiedClient};
#[cfg(feature = "mtls")]
pub use trust::{ClientCertificates, Trust};
