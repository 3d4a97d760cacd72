use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::Record;

/// How far apart two times of use are that are both written, in seconds.
pub const LAST_USE_STEP: u64 = 60;

/// How many records a list has at most.
pub const MAX_LISTED: usize = 1000;

/// What a store will answer.
pub type StoreFuture<'s, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 's>>;

/// Where records of keys are kept.
///
/// [`MemoryStore`](super::MemoryStore) is here, and by feature `SqliteStore` and `PostgresStore`. One of your own does
/// what is said at each method, to the letter: rotation and revocation rest on it. Ids are compared byte by byte.
///
/// # Security
///
/// Whoever can write to a store can widen what a key may do, or bring a revoked one back. They cannot make a key, and
/// whoever can read it cannot find one out: for both they would need the pepper.
pub trait ApiKeyStore: Send + Sync {
    /// Adds a record.
    ///
    /// # Errors
    ///
    /// [`StoreError::Taken`] if there is one of this id, which stays as it is.
    fn insert<'s>(&'s self, record: &'s Record) -> StoreFuture<'s, ()>;

    /// The record of this id, as it is now: what was revoked a moment ago, by another process as well, is revoked.
    fn find<'s>(&'s self, id: &'s str) -> StoreFuture<'s, Option<Record>>;

    /// The records of a client, the newest first, [`MAX_LISTED`] at most.
    fn list<'s>(&'s self, client: &'s str) -> StoreFuture<'s, Vec<Record>>;

    /// Adds `successor` and, in the same step, notes its id as `replaced_by` in the record `id`, whose `expires_at` becomes
    /// `ends_at` if that is sooner. All of it happens or nothing.
    ///
    /// `false`, and nothing is done, if at `now` the record `id` is absent, replaced, revoked or expired: of two that
    /// replace the same key at once, one succeeds.
    fn replace<'s>(&'s self, id: &'s str, successor: &'s Record, ends_at: u64, now: u64) -> StoreFuture<'s, bool>;

    /// Marks a record as revoked at `now`; the first time stays. `false` if there is no such record.
    fn revoke<'s>(&'s self, id: &'s str, now: u64) -> StoreFuture<'s, bool>;

    /// Notes a use, unless there is one noted that is less than [`LAST_USE_STEP`] older.
    fn touch<'s>(&'s self, id: &'s str, now: u64) -> StoreFuture<'s, ()>;

    /// Removes the records that expired before this time, and says how many they were.
    fn forget<'s>(&'s self, expired_before: u64) -> StoreFuture<'s, u64>;
}

/// Shared stores are stores.
impl<T: ApiKeyStore + ?Sized> ApiKeyStore for Arc<T> {
    fn insert<'s>(&'s self, record: &'s Record) -> StoreFuture<'s, ()> {
        (**self).insert(record)
    }

    fn find<'s>(&'s self, id: &'s str) -> StoreFuture<'s, Option<Record>> {
        (**self).find(id)
    }

    fn list<'s>(&'s self, client: &'s str) -> StoreFuture<'s, Vec<Record>> {
        (**self).list(client)
    }

    fn replace<'s>(&'s self, id: &'s str, successor: &'s Record, ends_at: u64, now: u64) -> StoreFuture<'s, bool> {
        (**self).replace(id, successor, ends_at, now)
    }

    fn revoke<'s>(&'s self, id: &'s str, now: u64) -> StoreFuture<'s, bool> {
        (**self).revoke(id, now)
    }

    fn touch<'s>(&'s self, id: &'s str, now: u64) -> StoreFuture<'s, ()> {
        (**self).touch(id, now)
    }

    fn forget<'s>(&'s self, expired_before: u64) -> StoreFuture<'s, u64> {
        (**self).forget(expired_before)
    }
}

/// Why a store did not do what was asked.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// There is a record of this id.
    Taken,
    /// There is no room.
    Full,
    /// It cannot be reached, or holds what cannot be read.
    Failed(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken => f.write_str("the store of API keys has a record of this id"),
            Self::Full => f.write_str("the store of API keys is full: forget those that expired"),
            Self::Failed(cause) => write!(f, "the store of API keys failed: {cause}"),
        }
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(cause) => Some(&**cause),
            Self::Taken | Self::Full => None,
        }
    }
}
