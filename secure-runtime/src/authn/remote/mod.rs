//! What is fetched from authorization servers: their metadata, their keys, and whether a token is active.
//!
//! Nothing here is fetched because a token says so: every address comes from the configuration, or from the metadata of
//! an issuer that the configuration names (RFC 8725 §3.10).

mod discovery;
mod error;
mod fetch;
mod flights;
mod introspection;
mod key_set;
mod key_source;
mod metadata;
mod outbound;
mod place;
mod remote_keys;
#[cfg(test)]
#[cfg(feature = "testing")]
mod tests;

pub(crate) use introspection::{Active, Failure, Introspector};
pub use introspection::{ClientAuthentication, Introspection, IntrospectionIssuer};
pub(crate) use key_source::KeySource;
pub use outbound::Outbound;
pub use remote_keys::RemoteKeys;
