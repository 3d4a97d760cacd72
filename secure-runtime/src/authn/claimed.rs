use axum::http::request::Parts;
use serde::Deserialize;

use super::Authenticators;
use super::compact::Compact;
use super::credential::{self, Credential};

/// The longest token that is looked into, in bytes.
const LONGEST: usize = 16 * 1024;

/// What a token says of itself. It is not believed: it only says for whom failures count.
#[derive(Deserialize)]
struct Unverified {
    #[serde(default)]
    iss: String,
    sub: String,
}

impl Authenticators {
    /// Who a request claims to come from, before that is verified: the id of an API key, or issuer and subject of a token. None
    /// where it says nothing readable.
    pub(crate) fn claimed(&self, parts: &Parts) -> Option<String> {
        if let Some(keys) = &self.api_keys
            && let Ok(Some(key)) = keys.places().read(parts)
        {
            return keys.claimed_id(key).map(|id| format!("key\n{id}"));
        }
        let Ok(Credential::Token(_, token)) = credential::read(parts) else {
            return None;
        };
        let payload = Compact::split(token.text().ok()?, LONGEST)?.payload()?;
        let claims: Unverified = serde_json::from_slice(&payload).ok()?;
        Some(format!("token\n{}\n{}", claims.iss, claims.sub))
    }
}
