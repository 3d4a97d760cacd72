use std::net::IpAddr;
use std::str::FromStr as _;

use sqlx::Row as _;
use sqlx::postgres::{PgArguments, PgConnectOptions, PgPool, PgPoolOptions, PgRow, PgSslMode, Postgres};

use super::sql;
use super::store::{ApiKeyStore, LAST_USE_STEP, MAX_LISTED, StoreError, StoreFuture};
use super::{Digest, Record};

/// Keys in PostgreSQL, in a table `secure_api_keys` of the connection's schema.
///
/// ```
/// # async fn example() -> Result<(), secure_runtime::api_key::StoreError> {
/// use secure_runtime::api_key::PostgresStore;
///
/// let store = PostgresStore::connect("postgres://keys@db.example.com/myapp?sslrootcert=/etc/ca.pem").await?;
/// store.migrate().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct PostgresStore(sql::Pool<Postgres>);

impl PostgresStore {
    /// Connects by a URL, as libpq writes it; what it does not say is taken from the environment (`PGPASSWORD`).
    ///
    /// # Errors
    ///
    /// If the URL cannot be read, or the server cannot be reached.
    ///
    /// # Security
    ///
    /// Over a network the server must prove by TLS who it is (`sslmode=verify-full`), where the URL leaves that open: the
    /// driver's own default falls back to plain text without a word. `sslmode=require` and `sslmode=disable` are obeyed.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let pool = PgPoolOptions::new().acquire_timeout(sql::PATIENCE);
        let pool = pool.connect_with(options(url)?).await;
        pool.map(Self::new).map_err(sql::failed)
    }

    /// The same, where the server is first called when it is first needed. While it is away, requests with a key are answered
    /// with 503.
    ///
    /// # Errors
    ///
    /// If the URL cannot be read.
    pub fn connect_lazy(url: &str) -> Result<Self, StoreError> {
        options(url).map(sql::Pool::later).map(Self)
    }

    /// A pool of your own.
    #[must_use]
    pub fn new(pool: PgPool) -> Self {
        Self(sql::Pool::given(pool))
    }

    /// Makes the table, or brings it up to date. What was done is noted in `_secure_api_key_migrations`, so it may share a
    /// database with other tables and their migrations.
    ///
    /// # Errors
    ///
    /// If the database refuses, or was migrated by a newer version.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let migrator = sql::migrator(include_str!("migrations/postgres/1_api_keys.sql"));
        migrator.run(self.0.get()).await.map_err(sql::not_migrated)
    }
}

fn options(url: &str) -> Result<PgConnectOptions, StoreError> {
    PgConnectOptions::from_str(url).map(tightened).map_err(sql::failed)
}

/// No mode that falls back to plain text leaves this machine.
fn tightened(options: PgConnectOptions) -> PgConnectOptions {
    let host = options.get_host();
    let is_local = options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    match options.get_ssl_mode() {
        PgSslMode::Allow | PgSslMode::Prefer if !is_local => options.ssl_mode(PgSslMode::VerifyFull),
        _ => options,
    }
}

sql::sql_store!(PostgresStore, PgRow, PgArguments);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h8_a_connection_over_a_network_does_not_fall_back_to_plain_text() {
        let mode = |url: &str| tightened(PgConnectOptions::from_str(url).unwrap()).get_ssl_mode();
        for far in [
            "postgres://keys@db.example.com/myapp",
            "postgres://keys@192.0.2.1/myapp",
            "postgres://keys@[2001:db8::1]/myapp",
            "postgres://keys@localhost.example.com/myapp",
            "postgres://keys@db.example.com/myapp?sslmode=prefer",
            "postgres://keys@db.example.com/myapp?sslmode=allow",
        ] {
            assert!(matches!(mode(far), PgSslMode::VerifyFull), "{far}");
        }
        for near in ["localhost", "127.0.0.1", "[::1]", "%2Frun%2Fpostgresql"] {
            assert!(
                matches!(mode(&format!("postgres://keys@{near}/myapp")), PgSslMode::Prefer),
                "{near}"
            );
        }
        let stated = |stated: &str| mode(&format!("postgres://keys@db.example.com/myapp?sslmode={stated}"));
        assert!(matches!(stated("disable"), PgSslMode::Disable));
        assert!(matches!(stated("require"), PgSslMode::Require));
        assert!(matches!(stated("verify-ca"), PgSslMode::VerifyCa));
    }
}
