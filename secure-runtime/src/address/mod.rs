//! Where requests come from: the peer of the connection, the client behind proxies that are trusted, and what limits count
//! together.

mod addresses;
mod forwarded;
mod hops;
mod networks;
mod node;
mod origin;
mod peer;
mod proxies;
#[cfg(test)]
mod tests;

pub(crate) use addresses::{AddressSettings, Addresses};
pub(crate) use networks::Networks;
pub(crate) use origin::Origin;
pub(crate) use peer::peer;
pub use proxies::TrustedProxies;
