use std::path::Path;

use sqlx::Row as _;
use sqlx::sqlite::{
    Sqlite, SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
};

use super::sql;
use super::store::{ApiKeyStore, LAST_USE_STEP, MAX_LISTED, StoreError, StoreFuture};
use super::{Digest, Record};

/// Keys in SQLite, in a table `secure_api_keys`.
///
/// ```
/// # async fn example() -> Result<(), secure_runtime::api_key::StoreError> {
/// use secure_runtime::api_key::SqliteStore;
///
/// let store = SqliteStore::open("/var/lib/myapp/keys.db").await?;
/// store.migrate().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct SqliteStore(sql::Pool<Sqlite>);

impl SqliteStore {
    /// A file, which is made if it is not there, with write-ahead logging.
    ///
    /// # Errors
    ///
    /// If it cannot be opened.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let options = options(path.as_ref()).create_if_missing(true);
        let pool = SqlitePoolOptions::new()
            .acquire_timeout(sql::PATIENCE)
            .connect_with(options);
        pool.await.map(Self::new).map_err(sql::failed)
    }

    /// A file that is opened when it is first needed. It has to be there by then, with its table: see
    /// [`migrate`](Self::migrate). Until it is, requests with a key are answered with 503.
    #[must_use]
    pub fn open_lazy(path: impl AsRef<Path>) -> Self {
        Self(sql::Pool::later(options(path.as_ref())))
    }

    /// A pool of your own. Each connection to `:memory:` is a database of its own: such a pool has one.
    #[must_use]
    pub fn new(pool: SqlitePool) -> Self {
        Self(sql::Pool::given(pool))
    }

    /// Makes the table, or brings it up to date. What was done is noted in `_secure_api_key_migrations`, so it may share a
    /// database with other tables and their migrations.
    ///
    /// # Errors
    ///
    /// If the database refuses, or was migrated by a newer version.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let migrator = sql::migrator(include_str!("migrations/sqlite/1_api_keys.sql"));
        migrator.run(self.0.get()).await.map_err(sql::not_migrated)
    }
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
}

sql::sql_store!(SqliteStore, SqliteRow, SqliteArguments);
