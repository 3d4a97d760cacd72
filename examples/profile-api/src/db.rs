//! SQLite behind a mutex, on a thread where blocking does no harm.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use crate::error::ApiError;

/// The tables, and the rows of the first run.
const SCHEMA: &str = include_str!("schema.sql");

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    connection: Arc<Mutex<Connection>>,
    queries: Arc<AtomicU64>,
}

impl Db {
    /// Opens the file, and at the first run creates and fills the tables.
    ///
    /// # Errors
    ///
    /// If the file is no database, or cannot be written.
    pub fn open(path: &Path) -> Result<Self, rusqlite::Error> {
        Self::prepare(Connection::open(path)?)
    }

    /// A database in memory, for tests.
    ///
    /// # Errors
    ///
    /// If SQLite fails.
    pub fn in_memory() -> Result<Self, rusqlite::Error> {
        Self::prepare(Connection::open_in_memory()?)
    }

    fn prepare(connection: Connection) -> Result<Self, rusqlite::Error> {
        connection.execute_batch(SCHEMA)?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
            queries: Arc::default(),
        })
    }

    /// Runs a query.
    ///
    /// # Errors
    ///
    /// What the query says; [`ApiError::NotFound`] where it expects a row and there is none.
    pub async fn query<T, F>(&self, query: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, rusqlite::Error> + Send + 'static,
    {
        self.queries.fetch_add(1, Ordering::Relaxed);
        let connection = Arc::clone(&self.connection);
        let run = move || {
            // A transaction that panicked was rolled back when it was dropped.
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            query(&mut connection)
        };
        tokio::task::spawn_blocking(run)
            .await
            .map_err(ApiError::Task)?
            .map_err(Into::into)
    }

    /// How many queries were run so far.
    #[must_use]
    pub fn queries(&self) -> u64 {
        self.queries.load(Ordering::Relaxed)
    }
}
