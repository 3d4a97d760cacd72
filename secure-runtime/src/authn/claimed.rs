use axum::http::request::Parts;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Authenticators;
use super::compact::Compact;
use super::credential::{self, Credential};
use crate::Problem;
use crate::json::text_member;

/// The longest token that is looked into, in bytes.
const LONGEST: usize = 16 * 1024;

/// A refusal, and where it stands whom the request claims to come from.
pub(crate) struct Refused<'r> {
    pub(crate) problem: Problem,
    pub(crate) claim: Claim<'r>,
}

/// Where a request says whom it comes from.
#[derive(Clone, Copy)]
pub(crate) enum Claim<'r> {
    /// Somewhere in its head.
    Head,
    /// In this token, which is written as one.
    Token(&'r str),
    /// Nowhere.
    Nowhere,
}

impl From<Problem> for Refused<'_> {
    fn from(problem: Problem) -> Self {
        Self {
            problem,
            claim: Claim::Head,
        }
    }
}

/// 401 `invalid_token` for a token that is not accepted. What cannot be one at all is told that, and claims nothing.
pub(super) fn refused<'t>(token: &'t str, why: &'static str) -> Refused<'t> {
    let (problem, claim) = match credential::is_token68(token) {
        true => (credential::invalid(why), Claim::Token(token)),
        false => (credential::invalid(credential::MALFORMED), Claim::Nowhere),
    };
    Refused { problem, claim }
}

impl Authenticators {
    /// Who a request claims to come from, before that is verified: the id of an API key, or issuer and subject of a token. None
    /// where it says nothing readable.
    pub(crate) fn claimed(&self, parts: &Parts, claim: Claim<'_>) -> Option<String> {
        match claim {
            Claim::Head => self.claimed_in_head(parts),
            Claim::Token(token) => claimed_in(token),
            Claim::Nowhere => None,
        }
    }

    fn claimed_in_head(&self, parts: &Parts) -> Option<String> {
        if let Some(keys) = &self.api_keys
            && let Ok(Some(key)) = keys.places().read(parts)
        {
            return keys.claimed_id(key).map(|id| format!("key\n{id}"));
        }
        match credential::read(parts) {
            Ok(Credential::Token(_, token)) => claimed_in(token.text().ok()?),
            _ => None,
        }
    }
}

/// What a token says of itself is not believed: it only says for whom failures count.
fn claimed_in(token: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Claims<'t> {
        #[serde(borrow, default)]
        iss: Option<&'t RawValue>,
        #[serde(borrow)]
        sub: &'t RawValue,
    }
    let mut room = [0; 1024];
    let payload = Compact::split(token, LONGEST)?;
    let payload = payload.payload_in(&mut room)?;
    let claims: Claims<'_> = serde_json::from_slice(&payload).ok()?;
    let issuer = claims.iss.and_then(|issuer| text_member(issuer.get()).ok());
    let subject = text_member(claims.sub.get()).ok()?;
    Some(["token", &issuer.unwrap_or_default(), &subject].join("\n"))
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    fn of(payload: &str) -> Option<String> {
        claimed_in(&format!("e30.{}.AA", URL_SAFE_NO_PAD.encode(payload)))
    }

    #[test]
    fn a_token_claims_an_issuer_and_a_subject() {
        let alice = Some("token\nhttps://id.example.com\nalice".to_owned());
        assert_eq!(of(r#"{"iss":"https://id.example.com","sub":"alice"}"#), alice);
        assert_eq!(
            of(r#"{"a":[{"sub":1}],"s\u0075b":"al\u0069ce","b":1e3,"iss":"https://id.example.com"}"#),
            alice
        );
        let long = format!(
            r#"{{"a":"{}","iss":"https://id.example.com","sub":"alice"}}"#,
            "x".repeat(2000)
        );
        assert_eq!(of(&long), alice);
        for nobody_knows_of in [
            r#"{"sub":"alice"}"#,
            r#"{"iss":7,"sub":"alice"}"#,
            r#"{"iss":null,"sub":"alice"}"#,
        ] {
            assert_eq!(
                of(nobody_knows_of).as_deref(),
                Some("token\n\nalice"),
                "{nobody_knows_of}"
            );
        }
        for nothing in [
            "",
            "{}",
            "alice",
            r#"{"iss":"alice"}"#,
            r#"{"sub":7}"#,
            r#"{"sub":null}"#,
            r#"{"sub":"\u0061lice","sub":"bob"}"#,
        ] {
            assert_eq!(of(nothing), None, "{nothing}");
        }
        assert_eq!(claimed_in("e30.!.AA"), None);
        assert_eq!(claimed_in("alice"), None);
    }
}
