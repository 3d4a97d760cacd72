use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::timeout;

use super::Record;
use super::store::{ApiKeyStore, LAST_USE_STEP};

/// How many uses are written at once. One that finds no room is left out: the next use of the key writes it.
const ROOM: usize = 16;
/// How long a store may take for one.
const PATIENCE: Duration = Duration::from_secs(10);

/// Notes when keys were used: beside the request, at most once a minute for each key, and never in its way.
pub(super) struct LastUse {
    store: Arc<dyn ApiKeyStore>,
    /// The ids that are being written.
    busy: Arc<Mutex<BTreeSet<String>>>,
}

impl LastUse {
    pub(super) fn of(store: &Arc<dyn ApiKeyStore>) -> Self {
        Self {
            store: Arc::clone(store),
            busy: Arc::default(),
        }
    }

    /// Called for each request with a good key.
    pub(super) fn note(&self, record: &Record, now: u64) {
        let is_due = |last: u64| last.saturating_add(LAST_USE_STEP) <= now;
        if !record.last_used_at.is_none_or(is_due) {
            return;
        }
        let Ok(runtime) = Handle::try_current() else {
            return;
        };
        let Some(turn) = self.turn(&record.id) else {
            return;
        };
        let store = Arc::clone(&self.store);
        runtime.spawn(async move {
            match timeout(PATIENCE, store.touch(&turn.id, now)).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!(target: "secure::api_key", %error, "a key's last use was not noted"),
                Err(_) => tracing::warn!(target: "secure::api_key", "a key's last use was not noted in time"),
            }
            drop(turn);
        });
    }

    fn turn(&self, id: &str) -> Option<Turn> {
        let mut busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        let is_mine = busy.len() < ROOM && busy.insert(id.to_owned());
        is_mine.then(|| Turn {
            id: id.to_owned(),
            busy: Arc::clone(&self.busy),
        })
    }
}

/// It ends when it is dropped, whatever became of the task.
struct Turn {
    id: String,
    busy: Arc<Mutex<BTreeSet<String>>>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.busy
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.id);
    }
}
