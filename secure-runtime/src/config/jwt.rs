use secure_policy::parse_time;

use super::table::Table;
use crate::jwt::{Jwt, Key, MacAlgorithm, SignatureAlgorithm};

const SECRETS: [(&str, MacAlgorithm); 3] = [
    ("HS256", MacAlgorithm::Hs256),
    ("HS384", MacAlgorithm::Hs384),
    ("HS512", MacAlgorithm::Hs512),
];

const KEY_PAIRS: [(&str, SignatureAlgorithm); 9] = [
    ("RS256", SignatureAlgorithm::Rs256),
    ("RS384", SignatureAlgorithm::Rs384),
    ("RS512", SignatureAlgorithm::Rs512),
    ("PS256", SignatureAlgorithm::Ps256),
    ("PS384", SignatureAlgorithm::Ps384),
    ("PS512", SignatureAlgorithm::Ps512),
    ("ES256", SignatureAlgorithm::Es256),
    ("ES384", SignatureAlgorithm::Es384),
    ("EdDSA", SignatureAlgorithm::EdDsa),
];

/// `[[jwt]]`.
pub(super) fn read(mut table: Table<'_>) -> Option<Jwt> {
    let issuer = table.text("issuer");
    if issuer.is_none() {
        table.missing("issuer", "\"https://id.example.com\"");
    }
    let audiences = table.texts("audience").unwrap_or_default();
    let mut audiences = audiences.into_iter();
    let first = audiences.next();
    if first.is_none() {
        table.missing("audience", "\"https://api.example.com\"");
    }
    let mut jwt = Jwt::issuer(issuer.clone().unwrap_or_default()).audience(first.clone().unwrap_or_default());
    for another in audiences {
        jwt = jwt.or_audience(another);
    }
    if let Some(time) = table.measure("leeway", parse_time)
        && let Ok(time) = parse_time(&time)
    {
        jwt = jwt.leeway(time);
    }
    if table.flag("legacy_tokens") == Some(true) {
        jwt = jwt.legacy_tokens();
    }
    if let Some(path) = table.texts("roles_at") {
        jwt = jwt.roles_at(path);
    }
    if let Some(name) = table.text("scope_claim") {
        jwt = jwt.scope_claim(name);
    }
    if let Some(name) = table.text("client_id_claim") {
        jwt = jwt.client_id_claim(name);
    }
    if let Some(name) = table.text("audience_claim") {
        jwt = jwt.audience_claim(name);
    }
    if let Some(name) = table.text("tenant_claim") {
        jwt = jwt.tenant_claim(name);
    }
    for key in table.tables("key") {
        if let Some(key) = read_key(key) {
            jwt = jwt.key(key);
        }
    }
    table.finish();
    (issuer.is_some() && first.is_some()).then_some(jwt)
}

/// `[[jwt.key]]`: `algorithm`, and `public_key` or `secret`, and `id`.
fn read_key(mut table: Table<'_>) -> Option<Key> {
    #[derive(Clone, Copy)]
    enum Algorithm {
        Mac(MacAlgorithm),
        Signature(SignatureAlgorithm),
    }
    let secrets = SECRETS.map(|(name, algorithm)| (name, Algorithm::Mac(algorithm)));
    let pairs = KEY_PAIRS.map(|(name, algorithm)| (name, Algorithm::Signature(algorithm)));
    let all: Vec<_> = pairs.into_iter().chain(secrets).collect();
    if !table.has("algorithm") {
        table.missing("algorithm", "\"ES256\"");
    }
    let algorithm = table.choice("algorithm", &all);
    let key = match algorithm {
        Some(Algorithm::Mac(algorithm)) => {
            if !table.has("secret") {
                table.missing("secret", "{ env = \"…\" }");
            }
            let secret = table.secret("secret");
            secret.map(|secret| Key::secret(algorithm, secret.as_bytes()))
        }
        Some(Algorithm::Signature(algorithm)) => {
            if !table.has("public_key") {
                table.missing("public_key", "{ file = \"key.pem\" }");
            }
            let pem = table.text("public_key");
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
