use super::algorithms::{KEY_PAIRS, SECRETS};
use super::table::Table;
use crate::jwt::{Key, MacAlgorithm, SignatureAlgorithm};

#[derive(Clone, Copy)]
enum Algorithm {
    Mac(MacAlgorithm),
    Signature(SignatureAlgorithm),
}

/// `[[jwt.key]]`: `algorithm`, and `public_key` or `secret`, and `id`.
pub(super) fn read(mut table: Table<'_>) -> Option<Key> {
    let secrets = SECRETS.map(|(name, algorithm)| (name, Algorithm::Mac(algorithm)));
    let pairs = KEY_PAIRS.map(|(name, algorithm)| (name, Algorithm::Signature(algorithm)));
    let all: Vec<_> = pairs.into_iter().chain(secrets).collect();
    if !table.has("algorithm") {
        table.missing("algorithm", "\"ES256\"");
    }
    let algorithm = table.choice("algorithm", &all);
    let key = match algorithm {
        Some(Algorithm::Mac(algorithm)) => {
            let secret = table.needed_secret("secret");
            Some(Key::secret(algorithm, secret.as_bytes()))
        }
        Some(Algorithm::Signature(algorithm)) => {
            let pem = table.needed_text("public_key", "{ file = \"key.pem\" }");
            pem.map(|pem| Key::public_pem(algorithm, pem))
        }
        // Nothing is said of what an unknown algorithm would need.
        None => {
            let _ = (
                table.has("secret").then(|| table.secret("secret")),
                table.text("public_key"),
            );
            None
        }
    };
    let id = table.text("id");
    table.finish();
    match (key, id) {
        (Some(key), Some(id)) => Some(key.with_id(id)),
        (key, _) => key,
    }
}
