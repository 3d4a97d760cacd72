//! What the tests of keys stand on: a manager and a verifier over one store that can be watched, and can fail.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::api_key::{ApiKey, ApiKeyManager, ApiKeys, MemoryStore, NewKey, Pepper, Record};
use crate::authn::api_key::form::checksum;
use crate::authn::api_key::store::{ApiKeyStore, StoreError, StoreFuture};
use crate::authn::api_key::verify::Verifier;
use crate::authz::RoleHierarchy;
use crate::clock::Clock;
use crate::{Principal, Problem};

pub(super) const START: u64 = 1_800_000_000;
pub(super) const DAY: Duration = Duration::from_secs(24 * 3600);

pub(super) struct Stand {
    pub(super) clock: Clock,
    pub(super) store: Arc<Watched>,
    pub(super) manager: ApiKeyManager,
    pub(super) verifier: Verifier,
}

impl Stand {
    pub(super) fn new() -> Self {
        Self::over(Arc::default(), Clock::held_at(START), |keys| keys)
    }

    /// Another application, or the same one with another configuration, over the same store.
    pub(super) fn beside(&self, with: impl Fn(ApiKeys) -> ApiKeys) -> Self {
        Self::over(Arc::clone(&self.store), self.clock.clone(), with)
    }

    fn over(store: Arc<Watched>, clock: Clock, with: impl Fn(ApiKeys) -> ApiKeys) -> Self {
        let keys = || {
            let keys = ApiKeys::new(Arc::clone(&store), pepper("a"));
            with(keys.prefix("myapp").clock(clock.clone()))
        };
        let manager = keys().manager().unwrap();
        let mut verifier = keys().prepare(&mut Vec::new()).unwrap();
        verifier.patience = Duration::from_millis(50);
        Self {
            clock,
            store,
            manager,
            verifier,
        }
    }

    pub(super) async fn issue(&self) -> ApiKey {
        self.manager.issue(new_key()).await.unwrap().0
    }

    pub(super) async fn verify(&self, key: &str) -> Result<Principal, Problem> {
        let now = self.clock.unix_seconds();
        self.verifier.verify(key, now, &RoleHierarchy::new()).await
    }

    pub(super) async fn accepts(&self, key: &ApiKey) -> bool {
        self.verify(key.expose()).await.is_ok()
    }

    pub(super) async fn record(&self, id: &str) -> Record {
        self.store.find(id).await.unwrap().unwrap()
    }
}

pub(super) fn pepper(id: &str) -> Pepper {
    let mut secret = vec![0x5c; 31];
    secret.extend(id.bytes());
    Pepper::new(id, secret)
}

pub(super) fn new_key() -> NewKey {
    NewKey::for_client("billing", 10 * DAY).scope("read:orders")
}

/// A key as an attacker makes it up, who knows how keys look.
pub(super) fn forged(prefix: &str, id: &str, secret: &str) -> String {
    let body = format!("{prefix}_{id}_{secret}");
    let sum = checksum(&body).map(char::from);
    body.chars().chain(sum).collect()
}

/// Without its checksum.
pub(super) fn secret_of(key: &ApiKey) -> &str {
    let tail = key.expose().rsplit('_').next().unwrap();
    &tail[..tail.len() - 6]
}

pub(super) fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.unwrap().block_on(test)
}

/// A store in memory that counts what it is asked, and fails or hangs where it is told to.
#[derive(Default)]
pub(super) struct Watched {
    inner: MemoryStore,
    pub(super) finds: AtomicUsize,
    pub(super) touches: AtomicUsize,
    pub(super) find_is: Mode,
    pub(super) touch_is: Mode,
}

/// 0 for well, 1 for broken, 2 for hung.
#[derive(Default)]
pub(super) struct Mode(AtomicUsize);

impl Mode {
    pub(super) fn broken(&self) {
        self.0.store(1, Ordering::SeqCst);
    }

    pub(super) fn hung(&self) {
        self.0.store(2, Ordering::SeqCst);
    }

    async fn obey(&self) -> Result<(), StoreError> {
        match self.0.load(Ordering::SeqCst) {
            0 => Ok(()),
            1 => Err(StoreError::Failed("the disk is on fire".into())),
            _ => std::future::pending().await,
        }
    }
}

impl ApiKeyStore for Watched {
    fn insert<'s>(&'s self, record: &'s Record) -> StoreFuture<'s, ()> {
        self.inner.insert(record)
    }

    fn find<'s>(&'s self, id: &'s str) -> StoreFuture<'s, Option<Record>> {
        self.finds.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            self.find_is.obey().await?;
            self.inner.find(id).await
        })
    }

    fn list<'s>(&'s self, client: &'s str) -> StoreFuture<'s, Vec<Record>> {
        self.inner.list(client)
    }

    fn replace<'s>(&'s self, id: &'s str, successor: &'s Record, ends_at: u64, now: u64) -> StoreFuture<'s, bool> {
        self.inner.replace(id, successor, ends_at, now)
    }

    fn revoke<'s>(&'s self, id: &'s str, now: u64) -> StoreFuture<'s, bool> {
        self.inner.revoke(id, now)
    }

    fn touch<'s>(&'s self, id: &'s str, now: u64) -> StoreFuture<'s, ()> {
        self.touches.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            self.touch_is.obey().await?;
            self.inner.touch(id, now).await
        })
    }

    fn forget<'s>(&'s self, expired_before: u64) -> StoreFuture<'s, u64> {
        self.inner.forget(expired_before)
    }
}
