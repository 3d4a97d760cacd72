use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Record;
use super::store::{ApiKeyStore, LAST_USE_STEP, MAX_LISTED, StoreError, StoreFuture};

/// How many records it holds at most.
const CAPACITY: usize = 10_000;

/// Keys in the memory of this process, for tests and for a few fixed clients. Shared by its clones.
///
/// It holds 10,000 records at most, and none of them outlives the process.
#[derive(Clone, Default)]
pub struct MemoryStore(Arc<Mutex<BTreeMap<String, Record>>>);

impl MemoryStore {
    /// A store without records.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Each method below is one turn of this lock, and none waits while it has it.
    fn records(&self) -> MutexGuard<'_, BTreeMap<String, Record>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn add(records: &mut BTreeMap<String, Record>, record: &Record) -> Result<(), StoreError> {
    if records.contains_key(&record.id) {
        return Err(StoreError::Taken);
    }
    if records.len() >= CAPACITY {
        return Err(StoreError::Full);
    }
    records.insert(record.id.clone(), record.clone());
    Ok(())
}

impl ApiKeyStore for MemoryStore {
    fn insert<'s>(&'s self, record: &'s Record) -> StoreFuture<'s, ()> {
        Box::pin(async { add(&mut self.records(), record) })
    }

    fn find<'s>(&'s self, id: &'s str) -> StoreFuture<'s, Option<Record>> {
        Box::pin(async { Ok(self.records().get(id).cloned()) })
    }

    fn list<'s>(&'s self, client: &'s str) -> StoreFuture<'s, Vec<Record>> {
        Box::pin(async move {
            let records = self.records();
            let mut found: Vec<_> = records.values().filter(|record| record.client == client).collect();
            found.sort_by_key(|record| Reverse(record.created_at));
            Ok(found.into_iter().take(MAX_LISTED).cloned().collect())
        })
    }

    fn replace<'s>(&'s self, id: &'s str, successor: &'s Record, ends_at: u64, now: u64) -> StoreFuture<'s, bool> {
        Box::pin(async move {
            let mut records = self.records();
            let replaceable = records.get(id).is_some_and(|record| {
                record.replaced_by.is_none() && record.revoked_at.is_none() && record.expires_at > now
            });
            if !replaceable {
                return Ok(false);
            }
            add(&mut records, successor)?;
            if let Some(record) = records.get_mut(id) {
                record.replaced_by = Some(successor.id.clone());
                record.expires_at = record.expires_at.min(ends_at);
            }
            Ok(true)
        })
    }

    fn revoke<'s>(&'s self, id: &'s str, now: u64) -> StoreFuture<'s, bool> {
        Box::pin(async move {
            let mut records = self.records();
            let record = records.get_mut(id);
            Ok(record.map(|record| record.revoked_at.get_or_insert(now)).is_some())
        })
    }

    fn touch<'s>(&'s self, id: &'s str, now: u64) -> StoreFuture<'s, ()> {
        Box::pin(async move {
            if let Some(record) = self.records().get_mut(id) {
                let is_due = |last: u64| last.saturating_add(LAST_USE_STEP) <= now;
                if record.last_used_at.is_none_or(is_due) {
                    record.last_used_at = Some(now);
                }
            }
            Ok(())
        })
    }

    fn forget<'s>(&'s self, expired_before: u64) -> StoreFuture<'s, u64> {
        Box::pin(async move {
            let mut records = self.records();
            let before = records.len();
            records.retain(|_, record| record.expires_at >= expired_before);
            Ok(u64::try_from(before - records.len()).unwrap_or(u64::MAX))
        })
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore")
            .field("records", &self.records().len())
            .finish()
    }
}
