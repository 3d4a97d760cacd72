use std::sync::Arc;

use super::elsewhere;
use super::table::Table;
use super::tree::Place;
#[cfg(feature = "postgres")]
use crate::api_key::PostgresStore;
#[cfg(feature = "sqlite")]
use crate::api_key::SqliteStore;
use crate::api_key::{ApiKeyStore, ApiKeys, MemoryStore, Pepper};
use crate::security::SecurityBuilder;

const STORES: &str =
    "write `store = { sqlite = \"keys.db\" }`, `store = { postgres = { env = \"…\" } }` or `store = \"memory\"`";

/// `[api_keys]`.
pub(super) fn add(mut table: Table<'_>, security: SecurityBuilder) -> SecurityBuilder {
    let place = table.place().to_string();
    let store = store(&mut table);
    let current = match table.table("pepper") {
        Some(current) => pepper(current),
        None => {
            table.missing("pepper", "{ id = \"2026\", value = { env = \"…\" } }");
            Pepper::new("none", elsewhere::stand_in().as_bytes())
        }
    };
    let mut keys = ApiKeys::new(store, current);
    for older in table.tables("older_pepper") {
        keys = keys.older_pepper(pepper(older));
    }
    if let Some(prefix) = table.text("prefix") {
        keys = keys.prefix(prefix);
    }
    if let Some(name) = table.text("header") {
        keys = keys.header(name);
    }
    if let Some(issuer) = table.text("issuer") {
        keys = keys.issuer(issuer);
    }
    for name in table.texts("query_names").unwrap_or_default() {
        keys = keys.query_name(name);
    }
    if let Some(lifetime) = table.duration("max_lifetime") {
        keys = keys.max_lifetime(lifetime);
    }
    table.finish();
    security.accept_at(keys, place)
}

/// `[api_keys.pepper]` and `[[api_keys.older_pepper]]`.
fn pepper(mut table: Table<'_>) -> Pepper {
    let value = table.needed_secret("value");
    // An id that is missing must not be taken for one that stands twice.
    let id = table.needed_text("id", "\"2026\"");
    let id = id.unwrap_or_else(|| {
        elsewhere::stand_in()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(32)
            .collect()
    });
    table.finish();
    Pepper::new(id, value.as_bytes())
}

/// `store`. Nothing is opened: that is done when a request needs it.
fn store(table: &mut Table<'_>) -> Arc<dyn ApiKeyStore> {
    let nowhere = || Arc::new(MemoryStore::new());
    let place = table.place_of("store");
    if !table.has("store") {
        table.missing("store", "{ sqlite = \"keys.db\" }");
        return nowhere();
    }
    let Some(mut store) = table.table_if("store") else {
        // It may be the URL of a database, with its password, so it is not repeated.
        if table.plain("store").is_some_and(|word| word != "memory") {
            table.fault(&place, "is none of the stores", STORES);
        }
        return nowhere();
    };
    let is_away = store.needs("sqlite", "sqlite") | store.needs("postgres", "postgres");
    let found = database(&mut store, &place, is_away);
    store.skip("sqlite");
    store.skip("postgres");
    store.finish();
    found.unwrap_or_else(|| nowhere())
}

/// `None` for one that cannot be had, which is reported.
fn database(store: &mut Table<'_>, place: &Place, is_away: bool) -> Option<Arc<dyn ApiKeyStore>> {
    if is_away {
        return None;
    }
    if store.has("sqlite") == store.has("postgres") {
        store.fault(place, "must name one database", STORES);
        return None;
    }
    #[cfg(feature = "sqlite")]
    if let Some(path) = store.path("sqlite") {
        return Some(Arc::new(SqliteStore::open_lazy(path)));
    }
    #[cfg(feature = "postgres")]
    {
        let place = store.place_of("postgres");
        if let Some(url) = store.has("postgres").then(|| store.secret("postgres")).flatten() {
            return match PostgresStore::connect_lazy(&url) {
                Ok(postgres) => Some(Arc::new(postgres)),
                // The driver's own words may have a part of it.
                Err(_) => {
                    store.fault(
                        &place,
                        "is not the URL of a PostgreSQL server",
                        "write it as in `postgres://keys@db.example.com/myapp`",
                    );
                    None
                }
            };
        }
    }
    None
}
