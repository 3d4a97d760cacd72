//! API keys: long random texts by which a client, and never a user, proves who it is.
//!
//! A key is `prefix_id_secret` with a checksum at its end: a name to find it by, and a secret that is stored as an
//! HMAC-SHA-256 under a [`Pepper`]. [`ApiKeys`] says how keys look and where they are kept; [`ApiKeyManager`] issues,
//! rotates, revokes and lists them.
//!
//! ```
//! use std::time::Duration;
//! use secure_runtime::api_key::{ApiKeys, MemoryStore, NewKey, Pepper};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! # let from_the_environment = [7; 32];
//! let keys = ApiKeys::new(MemoryStore::new(), Pepper::new("2026", from_the_environment)).prefix("myapp");
//! let manager = keys.manager()?;
//!
//! let quarter = Duration::from_secs(90 * 24 * 3600);
//! let (key, record) = manager.issue(NewKey::for_client("billing-job", quarter).scope("read:orders")).await?;
//! assert!(key.expose().starts_with("myapp_"));
//! assert_eq!(record.client, "billing-job");
//! # Ok(())
//! # }
//! ```

mod builder;
mod error;
mod form;
mod key;
mod last_use;
mod manager;
mod memory;
mod pepper;
#[cfg(feature = "postgres")]
mod postgres;
mod record;
mod request;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod sql;
#[cfg(feature = "sqlite")]
mod sqlite;
mod store;
#[cfg(test)]
mod tests;
mod verify;

pub(crate) use verify::{Verifier, invalid};

pub use builder::ApiKeys;
pub use error::ManageError;
pub use form::scanner_pattern;
pub use key::ApiKey;
pub use manager::ApiKeyManager;
pub use memory::MemoryStore;
pub use pepper::Pepper;
#[cfg(feature = "postgres")]
pub use postgres::PostgresStore;
pub use record::{Digest, NewKey, Record};
#[cfg(feature = "sqlite")]
pub use sqlite::SqliteStore;
/// The database driver, in the version that the stores take pools of.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
#[doc(no_inline)]
pub use sqlx;
pub use store::{ApiKeyStore, LAST_USE_STEP, MAX_LISTED, StoreError, StoreFuture};
