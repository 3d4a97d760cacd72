//! Stores of API keys do what the trait says: in memory, in SQLite, and in a real PostgreSQL.

mod contract;

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use secure_runtime::Clock;
use secure_runtime::api_key::sqlx::migrate::{Migration, MigrationType, Migrator};
use secure_runtime::api_key::sqlx::postgres::PgPoolOptions;
use secure_runtime::api_key::sqlx::{self, PgPool, SqlSafeStr as _, SqlitePool};
use secure_runtime::api_key::{
    ApiKeyManager, ApiKeyStore, ApiKeys, ManageError, MemoryStore, NewKey, Pepper, PostgresStore, SqliteStore,
    StoreError,
};

use self::contract::{NOW, keeps_the_contract, record};
use crate::peers::postgres::Postgres;

#[tokio::test(flavor = "multi_thread")]
async fn p1_the_store_in_memory_keeps_the_contract() {
    keeps_the_contract(&MemoryStore::new()).await;
    let store = MemoryStore::new();
    rotates_once(&store, &store.clone()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_sqlite_keeps_the_contract() {
    let folder = Scratch::new("contract");
    let store = sqlite(&folder, "keys.db").await;
    keeps_the_contract(&store).await;
    let (one, other) = (sqlite(&folder, "more.db").await, sqlite(&folder, "more.db").await);
    rotates_once(&one, &other).await;

    // What another process wrote is there, and so is what this one wrote, after it has ended.
    let again = SqliteStore::open(folder.0.join("keys.db")).await.unwrap();
    again.migrate().await.unwrap();
    assert_eq!(again.find("Aa").await.unwrap().unwrap().client, "Client");
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_postgres_keeps_the_contract() {
    let server = Postgres::start();
    let store = PostgresStore::connect(&server.url()).await.unwrap();
    assert!(matches!(store.find("a").await, Err(StoreError::Failed(_))));
    store.migrate().await.unwrap();
    store.migrate().await.unwrap();
    keeps_the_contract(&store).await;
    let other = PostgresStore::connect(&server.url()).await.unwrap();
    rotates_once(&store, &other).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_a_store_that_is_away_is_an_error_and_not_an_absence() {
    let mut server = Postgres::start();
    let options = PgPoolOptions::new().acquire_timeout(Duration::from_secs(1));
    let store = PostgresStore::new(options.connect(&server.url()).await.unwrap());
    store.migrate().await.unwrap();
    store.insert(&record("a")).await.unwrap();
    server.stop();
    assert!(matches!(store.find("a").await, Err(StoreError::Failed(_))));
    assert!(matches!(store.find("nobody").await, Err(StoreError::Failed(_))));
    assert!(matches!(store.revoke("a", NOW).await, Err(StoreError::Failed(_))));
    assert!(matches!(
        store.replace("a", &record("b"), NOW, NOW).await,
        Err(StoreError::Failed(_))
    ));
    assert!(
        PostgresStore::connect("postgres://keys@127.0.0.1:1/nowhere?sslmode=never")
            .await
            .is_err()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_no_database_holds_the_secret() {
    let folder = Scratch::new("secret");
    let store = sqlite(&folder, "keys.db").await;
    let (key, _) = manager(store).issue(new_key()).await.unwrap();
    let files = fs::read_dir(&folder.0)
        .unwrap()
        .map(|file| fs::read(file.unwrap().path()).unwrap());
    let written = files.collect::<Vec<_>>().concat();
    let secret = key.expose().rsplit('_').next().unwrap();
    let holds = |part: &str| written.windows(part.len()).any(|window| window == part.as_bytes());
    assert!(holds(key.id()) && !holds(secret) && !holds(&secret[..20]));

    let server = Postgres::start();
    let store = PostgresStore::connect(&server.url()).await.unwrap();
    store.migrate().await.unwrap();
    let (key, _) = manager(store).issue(new_key()).await.unwrap();
    let pool = PgPool::connect(&server.url()).await.unwrap();
    let row: String = sqlx::query_scalar("SELECT (t.*)::text || encode(digest, 'escape') FROM secure_api_keys t")
        .fetch_one(&pool)
        .await
        .unwrap();
    let secret = key.expose().rsplit('_').next().unwrap();
    assert!(row.contains(key.id()) && !row.contains(&secret[..20]), "{row}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_keys_live_beside_an_applications_own_migrations() {
    let migration = Migration::new(
        7,
        "own".into(),
        MigrationType::Simple,
        "CREATE TABLE own (id INT)".into_sql_str(),
        false,
    );
    let own = Migrator::with_migrations(vec![migration]);

    let folder = Scratch::new("migrations");
    let store = sqlite(&folder, "keys.db").await;
    let pool = SqlitePool::connect(&format!("sqlite:{}", folder.0.join("keys.db").display()))
        .await
        .unwrap();
    own.run(&pool).await.unwrap();
    store.migrate().await.unwrap();
    own.run(&pool).await.unwrap();

    let server = Postgres::start();
    let pool = PgPool::connect(&server.url()).await.unwrap();
    own.run(&pool).await.unwrap();
    // Two machines that start at once.
    let (one, other) = (
        PostgresStore::new(pool.clone()),
        PostgresStore::connect(&server.url()).await.unwrap(),
    );
    let (first, second) = tokio::join!(one.migrate(), other.migrate());
    first.unwrap();
    second.unwrap();
    own.run(&pool).await.unwrap();
}

/// Of many who replace one key at once, over two connections, one succeeds, and no key is left over.
async fn rotates_once<S: ApiKeyStore + Clone + 'static>(one: &S, other: &S) {
    let (first, second) = (manager(one.clone()), manager(other.clone()));
    let (key, _) = first.issue(new_key()).await.unwrap();
    let rotations = (0..16).map(|i| {
        let (store, id) = (if i % 2 == 0 { one } else { other }, key.id().to_owned());
        let manager = manager(store.clone());
        tokio::spawn(async move {
            let rotated = manager.rotate(&id, Duration::MAX).await;
            rotated.map(|(key, _)| key.id().to_owned())
        })
    });
    let mut successors = Vec::new();
    for rotation in rotations.collect::<Vec<_>>() {
        match rotation.await.unwrap() {
            Ok(successor) => successors.push(successor),
            Err(error) => assert!(matches!(error, ManageError::Ended), "{error}"),
        }
    }
    let records = first.list("billing").await.unwrap();
    assert_eq!((successors.len(), records.len()), (1, 2));
    let replaced = records.iter().find(|record| record.id == key.id()).unwrap();
    assert_eq!(replaced.replaced_by.as_ref(), successors.first());

    // What one has revoked, the other sees at once.
    second.revoke(key.id()).await.unwrap();
    let seen = one.find(key.id()).await.unwrap().unwrap();
    assert_eq!(seen.revoked_at, Some(NOW));
}

fn manager(store: impl ApiKeyStore + 'static) -> ApiKeyManager {
    let keys = ApiKeys::new(store, Pepper::new("a", [7; 32])).clock(Clock::held_at(NOW));
    keys.manager().unwrap()
}

fn new_key() -> NewKey {
    NewKey::for_client("billing", Duration::from_secs(3600)).scope("read:a")
}

async fn sqlite(folder: &Scratch, name: &str) -> SqliteStore {
    let store = SqliteStore::open(folder.0.join(name)).await.unwrap();
    store.migrate().await.unwrap();
    store
}

/// A folder that is gone when the test is.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("secure-keys-{}-{name}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
