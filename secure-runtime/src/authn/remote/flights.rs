use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::watch;

/// Work of which there is at most one at a time for each key, and whose outcome all who wait for it share.
///
/// It runs in a task of its own: whoever asked for it may go away, and neither stops it nor leaves anything behind.
#[derive(Clone)]
pub(super) struct Flights<K: Eq + Hash, T>(Arc<Mutex<UnderWay<K, T>>>);

type UnderWay<K, T> = HashMap<K, watch::Receiver<Option<T>>>;

/// One who waits.
pub(super) struct Flight<T>(watch::Receiver<Option<T>>);

impl<K, T> Flights<K, T>
where
    K: Clone + Eq + Hash + Send + 'static,
    T: Clone + Send + Sync + 'static,
{
    pub(super) fn new() -> Self {
        Self(Arc::default())
    }

    /// Joins what is under way for this key, or asks `decide`: what to do, or why not.
    ///
    /// `decide` is asked under the lock, so between its look at the state and the start nobody else can land.
    pub(super) fn join<F, D>(&self, key: K, decide: impl FnOnce() -> Result<F, D>) -> Result<Flight<T>, D>
    where
        F: Future<Output = T> + Send + 'static,
    {
        let mut under_way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = under_way.get(&key) {
            return Ok(Flight(flight.clone()));
        }
        let work = decide()?;
        let (landed, flight) = watch::channel(None);
        // Outside a runtime nothing can be fetched: the sender goes, and whoever waits learns that it was stopped.
        if let Ok(runtime) = Handle::try_current() {
            under_way.insert(key.clone(), flight.clone());
            // A runtime that is shutting down drops the task at once, and with it the entry, which takes the lock.
            drop(under_way);
            let entry = Entry(self.0.clone(), key);
            runtime.spawn(async move {
                // Goes when the task ends, also when it panics or is dropped with its runtime.
                let _entry = entry;
                let outcome = work.await;
                landed.send_replace(Some(outcome));
            });
        }
        Ok(Flight(flight))
    }

    #[cfg(test)]
    pub(super) fn is_idle(&self) -> bool {
        self.0.lock().unwrap().is_empty()
    }
}

impl<T: Clone> Flight<T> {
    /// What came of it; nothing if it was stopped.
    pub(super) async fn landed(mut self) -> Option<T> {
        self.0.wait_for(Option::is_some).await.ok()?.clone()
    }
}

struct Entry<K: Eq + Hash, T>(Arc<Mutex<UnderWay<K, T>>>, K);

impl<K: Eq + Hash, T> Drop for Entry<K, T> {
    fn drop(&mut self) {
        let mut under_way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.remove(&self.1);
    }
}
