use std::collections::BTreeSet;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::claims::Registered;
use super::header::Header;
use super::key::PreparedKey;
use crate::Problem;
use crate::authn::Denylist;
use crate::authn::bearer::invalid;
use crate::authn::principal::{Principal, Verified};
use crate::authz::RoleHierarchy;
use crate::json;

/// The longest token that is looked at, in bytes.
const MAX_TOKEN: usize = 16 * 1024;

/// What a token is checked against, ready for use. See [`Jwt`](super::Jwt).
pub(crate) struct Verifier {
    pub(super) issuer: Arc<str>,
    pub(super) audience: String,
    pub(super) keys: Vec<PreparedKey>,
    /// In seconds.
    pub(super) leeway: f64,
    pub(super) legacy: bool,
    pub(super) roles_claim: String,
    pub(super) tenant_claim: String,
}

/// What verification needs beside the token and the keys.
pub(crate) struct Surroundings<'s> {
    pub(crate) now: f64,
    pub(crate) roles: &'s RoleHierarchy,
    pub(crate) denylist: &'s Denylist,
}

/// Until the signature is verified, nothing is said about what is wrong: all of it is the attacker's text.
const UNVERIFIED: &str = "the access token is invalid";

impl Verifier {
    /// The principal of a token: the order is form, header, signature, and only then the claims.
    ///
    /// # Errors
    ///
    /// 401 `invalid_token`.
    pub(crate) fn verify(&self, token: &str, around: &Surroundings<'_>) -> Result<Principal, Problem> {
        let (signed, header, payload, signature) = split(token).ok_or_else(|| invalid(UNVERIFIED))?;
        let header = decode(header).ok_or_else(|| invalid(UNVERIFIED))?;
        let header: Header<'_> = read(&header).ok_or_else(|| invalid(UNVERIFIED))?;
        let signature = decode(signature).ok_or_else(|| invalid(UNVERIFIED))?;
        if !header.acceptable(self.legacy) || !self.is_signed(&header, signed.as_bytes(), &signature) {
            return Err(invalid(UNVERIFIED));
        }
        let payload = decode(payload).ok_or_else(|| invalid(UNVERIFIED))?;
        let claims: Registered<'_> =
            read(&payload).ok_or_else(|| invalid("the access token lacks a claim, or has one of the wrong type"))?;
        self.check(&claims, around)?;
        self.principal(&claims, &payload, around)
    }

    /// A key counts if it has the header's algorithm, and the header's id or, where no key has that, none.
    fn is_signed(&self, header: &Header<'_>, message: &[u8], signature: &[u8]) -> bool {
        let kid = header.kid.as_deref();
        let is_known = kid.is_some() && self.keys.iter().any(|key| key.id.as_deref() == kid);
        let candidates = self.keys.iter().filter(|key| match kid {
            None => true,
            Some(_) if is_known => key.id.as_deref() == kid,
            Some(_) => key.id.is_none(),
        });
        candidates
            .filter(|key| key.algorithm == header.alg)
            .any(|key| key.verifies(message, signature))
    }

    fn check(&self, claims: &Registered<'_>, around: &Surroundings<'_>) -> Result<(), Problem> {
        if *claims.iss != *self.issuer {
            return Err(invalid("the access token is of another issuer"));
        }
        if !claims.aud.contains(&self.audience) {
            return Err(invalid("the access token is for another audience"));
        }
        if around.now >= claims.exp.0 + self.leeway {
            return Err(invalid("the access token expired"));
        }
        // A token from the future is as little valid now as one for the future.
        if [claims.nbf, claims.iat]
            .into_iter()
            .flatten()
            .any(|date| date.0 > around.now + self.leeway)
        {
            return Err(invalid("the access token is not valid yet"));
        }
        if claims.is_another_kind_of_token() {
            return Err(invalid("this is not an access token"));
        }
        if claims.sub.is_empty() || !(self.legacy || claims.is_complete()) {
            return Err(invalid("the access token lacks a claim, or has one of the wrong type"));
        }
        if claims.jti.as_ref().is_some_and(|jti| around.denylist.has(jti)) {
            return Err(invalid("the access token was revoked"));
        }
        Ok(())
    }

    fn principal(
        &self,
        claims: &Registered<'_>,
        payload: &[u8],
        around: &Surroundings<'_>,
    ) -> Result<Principal, Problem> {
        let wrong_type = || invalid("the access token lacks a claim, or has one of the wrong type");
        let others: serde_json::Map<String, serde_json::Value> =
            serde_json::from_slice(payload).map_err(|_| wrong_type())?;
        let mut roles = BTreeSet::new();
        if let Some(claim) = others.get(&self.roles_claim) {
            for role in claim.as_array().ok_or_else(wrong_type)? {
                around.roles.expand(role.as_str().ok_or_else(wrong_type)?, &mut roles);
            }
        }
        let tenant = match others.get(&self.tenant_claim) {
            None => None,
            Some(tenant) => Some(tenant.as_str().filter(|t| !t.is_empty()).ok_or_else(wrong_type)?.into()),
        };
        Ok(Principal::new(Verified {
            issuer: Arc::clone(&self.issuer),
            subject: claims.sub.as_ref().into(),
            client_id: claims.client_id.as_deref().map(Into::into),
            tenant,
            scope: claims.scope.as_deref().unwrap_or("").into(),
            roles,
            expires_at: claims.exp.0,
            token_id: claims.jti.as_deref().map(Into::into),
            claims: payload.into(),
        }))
    }
}

/// What was signed, and the three segments of the compact serialization (RFC 7515 §7.1).
fn split(token: &str) -> Option<(&str, &str, &str, &str)> {
    if token.len() > MAX_TOKEN {
        return None;
    }
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, payload) = signed.split_once('.')?;
    let three = !payload.contains('.') && !header.is_empty() && !payload.is_empty() && !signature.is_empty();
    three.then_some((signed, header, payload, signature))
}

/// Base64url without padding, white space or stray bits at the end.
fn decode(segment: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(segment).ok()
}

/// An object without duplicate members.
fn read<'j, T: serde::Deserialize<'j>>(json: &'j [u8]) -> Option<T> {
    json::from_str(std::str::from_utf8(json).ok()?).ok()
}
