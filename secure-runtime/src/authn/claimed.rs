use axum::http::request::Parts;

use super::Authenticators;
use super::compact::Compact;
use super::credential::{self, Credential};
use crate::json::{Members, text_member};

/// The longest token that is looked into, in bytes.
const LONGEST: usize = 16 * 1024;

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
        let payload = Compact::split(token.text().ok()?, LONGEST)?.payload_text()?;
        let claims = Members::of(&payload)?;
        let claim = |name| claims.get(name).and_then(|value| text_member(value).ok());
        // What a token says of itself is not believed: it only says for whom failures count.
        let (issuer, subject) = (claim("iss").unwrap_or_default(), claim("sub")?);
        Some(["token", &issuer, &subject].join("\n"))
    }
}
