//! API keys of the example: a store in SQLite, and a pepper in a file.

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use secure_runtime::api_key::{ApiKeys, NewKey, Pepper, SqliteStore};

use crate::secret_file;

/// What keys of this API begin with.
const PREFIX: &str = "profile";
/// The pepper that is current; a record names the one that it was hashed with.
const PEPPER: &str = "first";
/// How long a key is good.
const LIFETIME: Duration = Duration::from_secs(90 * 24 * 3600);

/// Makes what the configuration names: the database with its table, and the pepper, readable for its owner only.
///
/// # Errors
///
/// If a file cannot be read or written.
pub async fn prepare(directory: &Path) -> Result<(SqliteStore, String), Box<dyn Error>> {
    let store = SqliteStore::open(directory.join("api-keys.db")).await?;
    store.migrate().await?;
    let pepper = secret_file::read_or_make(&directory.join("api-key-pepper"), || {
        let mut bytes = [0; 32];
        aws_lc_rs::rand::fill(&mut bytes).map_err(std::io::Error::other)?;
        Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    })?;
    Ok((store, pepper))
}

/// Issues a key for a program, with these scopes, for ninety days. It is shown this once.
///
/// # Errors
///
/// If the store cannot be written, or the client's name or a scope is none.
pub async fn issue(
    directory: &Path,
    client: &str,
    scope: &str,
    tenant: Option<&str>,
) -> Result<String, Box<dyn Error>> {
    let (store, pepper) = prepare(directory).await?;
    let keys = ApiKeys::new(store, Pepper::new(PEPPER, pepper)).prefix(PREFIX);
    let mut new = NewKey::for_client(client, LIFETIME);
    for scope in scope.split_whitespace() {
        new = new.scope(scope);
    }
    if let Some(tenant) = tenant {
        new = new.tenant(tenant);
    }
    let (key, _) = keys.manager()?.issue(new).await?;
    Ok(key.expose().to_owned())
}
