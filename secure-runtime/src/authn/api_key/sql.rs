//! What the SQL stores share: the statements, which mean the same to each database, and how a row becomes a record.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::pool::PoolOptions;
use sqlx::{Connection, Database, SqlSafeStr as _};

use super::store::StoreError;

/// A table of its own: the application may keep its migrations in the same database, under sqlx's usual name.
const MIGRATIONS: &str = "_secure_api_key_migrations";

/// How long a connection is waited for: as long as a request waits for an answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

pub(super) const INSERT: &str = "INSERT INTO secure_api_keys \
    (id, prefix, digest, pepper, client, tenant, scope, roles, created_at, expires_at, revoked_at, last_used_at, replaced_by) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

pub(super) const FIND: &str = "SELECT * FROM secure_api_keys WHERE id = $1";

pub(super) const LIST: &str = "SELECT * FROM secure_api_keys WHERE client = $1 ORDER BY created_at DESC, id LIMIT $2";

/// The condition is looked at under the lock of the row (PostgreSQL) or of the database (SQLite).
pub(super) const REPLACE: &str = "UPDATE secure_api_keys SET replaced_by = $2, \
    expires_at = CASE WHEN expires_at > $3 THEN $3 ELSE expires_at END \
    WHERE id = $1 AND replaced_by IS NULL AND revoked_at IS NULL AND expires_at > $4";

pub(super) const REVOKE: &str = "UPDATE secure_api_keys SET revoked_at = COALESCE(revoked_at, $2) WHERE id = $1";

pub(super) const TOUCH: &str = "UPDATE secure_api_keys SET last_used_at = $2 \
    WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)";

pub(super) const FORGET: &str = "DELETE FROM secure_api_keys WHERE expires_at < $1";

/// Connections to a database. A pool needs a runtime around it, so one that nobody gave is made when it is first needed; then
/// all clones have it.
pub(super) struct Pool<D: Database> {
    made: Arc<OnceLock<sqlx::Pool<D>>>,
    make: Arc<dyn Fn() -> sqlx::Pool<D> + Send + Sync>,
}

impl<D: Database> Pool<D> {
    pub(super) fn given(pool: sqlx::Pool<D>) -> Self {
        Self {
            make: Arc::new(move || pool.clone()),
            made: Arc::default(),
        }
    }

    /// Nothing is opened here.
    pub(super) fn later(options: <D::Connection as Connection>::Options) -> Self {
        let make = move || {
            let pool = PoolOptions::new().acquire_timeout(PATIENCE);
            pool.connect_lazy_with(options.clone())
        };
        Self {
            made: Arc::default(),
            make: Arc::new(make),
        }
    }

    pub(super) fn get(&self) -> &sqlx::Pool<D> {
        self.made.get_or_init(|| (self.make)())
    }
}

impl<D: Database> Clone for Pool<D> {
    fn clone(&self) -> Self {
        Self {
            made: Arc::clone(&self.made),
            make: Arc::clone(&self.make),
        }
    }
}

/// Where it leads to is not shown: that may hold a password.
impl<D: Database> fmt::Debug for Pool<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pool(..)")
    }
}

pub(super) fn migrator(first: &'static str) -> Migrator {
    let migration = Migration::new(1, "api keys".into(), MigrationType::Simple, first.into_sql_str(), false);
    let mut migrator = Migrator::with_migrations(vec![migration]);
    migrator.dangerous_set_table_name(MIGRATIONS);
    migrator
}

pub(super) fn failed(error: sqlx::Error) -> StoreError {
    match &error {
        sqlx::Error::Database(refusal) if refusal.is_unique_violation() => StoreError::Taken,
        _ => StoreError::Failed(error.into()),
    }
}

pub(super) fn not_migrated(error: MigrateError) -> StoreError {
    StoreError::Failed(error.into())
}

/// Databases count with a sign.
pub(super) fn stored(seconds: u64) -> Result<i64, StoreError> {
    i64::try_from(seconds).map_err(|error| StoreError::Failed(error.into()))
}

pub(super) fn read(seconds: i64) -> Result<u64, StoreError> {
    u64::try_from(seconds).map_err(|error| StoreError::Failed(error.into()))
}

/// The store of a pool: the statements are the same, and the types of two databases are not.
macro_rules! sql_store {
    ($store:ty, $row:ty, $arguments:ty) => {
        impl ApiKeyStore for $store {
            fn insert<'s>(&'s self, record: &'s Record) -> StoreFuture<'s, ()> {
                Box::pin(async move {
                    let insert = insertion(record)?.execute(self.0.get());
                    insert.await.map(drop).map_err(sql::failed)
                })
            }

            fn find<'s>(&'s self, id: &'s str) -> StoreFuture<'s, Option<Record>> {
                Box::pin(async move {
                    let row = sqlx::query(sql::FIND).bind(id).fetch_optional(self.0.get()).await;
                    row.map_err(sql::failed)?.as_ref().map(record).transpose()
                })
            }

            fn list<'s>(&'s self, client: &'s str) -> StoreFuture<'s, Vec<Record>> {
                Box::pin(async move {
                    let most = i64::try_from(MAX_LISTED).unwrap_or(i64::MAX);
                    let rows = sqlx::query(sql::LIST)
                        .bind(client)
                        .bind(most)
                        .fetch_all(self.0.get())
                        .await;
                    rows.map_err(sql::failed)?.iter().map(record).collect()
                })
            }

            fn replace<'s>(
                &'s self,
                id: &'s str,
                successor: &'s Record,
                ends_at: u64,
                now: u64,
            ) -> StoreFuture<'s, bool> {
                Box::pin(async move {
                    let mut transaction = self.0.get().begin().await.map_err(sql::failed)?;
                    let replaced = sqlx::query(sql::REPLACE)
                        .bind(id)
                        .bind(&successor.id)
                        .bind(sql::stored(ends_at)?)
                        .bind(sql::stored(now)?)
                        .execute(&mut *transaction)
                        .await
                        .map_err(sql::failed)?;
                    if replaced.rows_affected() != 1 {
                        transaction.rollback().await.map_err(sql::failed)?;
                        return Ok(false);
                    }
                    // A transaction that is dropped without a commit is rolled back.
                    let insert = insertion(successor)?.execute(&mut *transaction);
                    insert.await.map_err(sql::failed)?;
                    transaction.commit().await.map_err(sql::failed)?;
                    Ok(true)
                })
            }

            fn revoke<'s>(&'s self, id: &'s str, now: u64) -> StoreFuture<'s, bool> {
                Box::pin(async move {
                    let revoke = sqlx::query(sql::REVOKE).bind(id).bind(sql::stored(now)?);
                    let done = revoke.execute(self.0.get()).await.map_err(sql::failed)?;
                    Ok(done.rows_affected() == 1)
                })
            }

            fn touch<'s>(&'s self, id: &'s str, now: u64) -> StoreFuture<'s, ()> {
                Box::pin(async move {
                    let (now, last) = (sql::stored(now)?, sql::stored(now.saturating_sub(LAST_USE_STEP))?);
                    let touch = sqlx::query(sql::TOUCH).bind(id).bind(now).bind(last);
                    touch.execute(self.0.get()).await.map(drop).map_err(sql::failed)
                })
            }

            fn forget<'s>(&'s self, expired_before: u64) -> StoreFuture<'s, u64> {
                Box::pin(async move {
                    let forget = sqlx::query(sql::FORGET).bind(sql::stored(expired_before)?);
                    let done = forget.execute(self.0.get()).await.map_err(sql::failed)?;
                    Ok(done.rows_affected())
                })
            }
        }

        fn insertion(
            record: &Record,
        ) -> Result<sqlx::query::Query<'_, <$row as sqlx::Row>::Database, $arguments>, StoreError> {
            Ok(sqlx::query(sql::INSERT)
                .bind(&record.id)
                .bind(&record.prefix)
                .bind(record.digest.as_bytes().as_slice())
                .bind(&record.pepper)
                .bind(&record.client)
                .bind(&record.tenant)
                .bind(&record.scope)
                .bind(&record.roles)
                .bind(sql::stored(record.created_at)?)
                .bind(sql::stored(record.expires_at)?)
                .bind(record.revoked_at.map(sql::stored).transpose()?)
                .bind(record.last_used_at.map(sql::stored).transpose()?)
                .bind(&record.replaced_by))
        }

        fn record(row: &$row) -> Result<Record, StoreError> {
            let text = |column| row.try_get::<String, _>(column).map_err(sql::failed);
            let maybe = |column| row.try_get::<Option<String>, _>(column).map_err(sql::failed);
            let time = |column| {
                row.try_get::<i64, _>(column)
                    .map_err(sql::failed)
                    .and_then(sql::read)
            };
            let maybe_time = |column| {
                let time = row.try_get::<Option<i64>, _>(column).map_err(sql::failed)?;
                time.map(sql::read).transpose()
            };
            let digest = row.try_get::<Vec<u8>, _>("digest").map_err(sql::failed)?;
            let digest = <[u8; 32]>::try_from(digest)
                .map_err(|_| StoreError::Failed("a record has a digest of another length".into()))?;
            Ok(Record {
                id: text("id")?,
                prefix: text("prefix")?,
                digest: Digest::from_bytes(digest),
                pepper: text("pepper")?,
                client: text("client")?,
                tenant: maybe("tenant")?,
                scope: text("scope")?,
                roles: text("roles")?,
                created_at: time("created_at")?,
                expires_at: time("expires_at")?,
                revoked_at: maybe_time("revoked_at")?,
                last_used_at: maybe_time("last_used_at")?,
                replaced_by: maybe("replaced_by")?,
            })
        }
    };
}

pub(super) use sql_store;
