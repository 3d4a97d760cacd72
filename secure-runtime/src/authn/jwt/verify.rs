use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::claims::Registered;
use super::header::Header;
use super::keys::Keys;
use super::layout::{Layout, Others};
use crate::Problem;
use crate::authn::compact::{Compact, read};
use crate::authn::credential::invalid;
use crate::authn::principal::{Confirmation, Means, Principal, Verified};
use crate::authz::RoleHierarchy;
use crate::startup::Fault;

/// The longest token that is looked at, in bytes.
const MAX_TOKEN: usize = 16 * 1024;

/// What a token is checked against, ready for use. See [`Jwt`](super::Jwt).
pub(crate) struct Verifier {
    pub(super) issuer: Arc<str>,
    pub(super) audiences: Vec<String>,
    pub(super) keys: Keys,
    /// In seconds.
    pub(super) leeway: f64,
    pub(super) legacy: bool,
    pub(super) layout: Layout,
    /// Do its users own objects?
    pub(crate) users_own: bool,
}

/// What verification needs beside the token and the keys.
pub(crate) struct Surroundings<'s> {
    pub(crate) now: f64,
    pub(crate) roles: &'s RoleHierarchy,
}

/// Until the signature is verified, nothing is said about what is wrong: all of it is the attacker's text.
const UNVERIFIED: &str = "the access token is invalid";

impl Verifier {
    /// The principal of a token: the order is form, header, signature, and only then the claims.
    ///
    /// # Errors
    ///
    /// 401 `invalid_token`; 503 if the issuer's keys cannot be had.
    pub(crate) async fn verify(&self, token: &str, around: &Surroundings<'_>) -> Result<Signed, Problem> {
        let jws = Compact::split(token, MAX_TOKEN).ok_or_else(|| invalid(UNVERIFIED))?;
        let header = jws.header().ok_or_else(|| invalid(UNVERIFIED))?;
        let header: Header<'_> = read(&header).ok_or_else(|| invalid(UNVERIFIED))?;
        let signature = jws.signature().ok_or_else(|| invalid(UNVERIFIED))?;
        if !header.acceptable(self.legacy) {
            return Err(invalid(UNVERIFIED));
        }
        let keys = self.keys.current(header.kid.as_deref()).await?;
        if !keys.has_signed(&header, jws.signed.as_bytes(), &signature) {
            return Err(invalid(UNVERIFIED));
        }
        let payload = jws.payload().ok_or_else(|| invalid(UNVERIFIED))?;
        let claims: Registered<'_> = read(&payload).ok_or_else(wrong_type)?;
        let others: Others = serde_json::from_slice(&payload).map_err(|_| wrong_type())?;
        self.check(&claims, &others, around.now)?;
        Ok(Signed {
            principal: self.principal(&claims, &others, &payload, around.roles)?,
            generation: keys.generation,
        })
    }

    /// Would a token that was verified before be accepted now as well? Keys may have changed since, or be out of reach, and time
    /// has passed.
    ///
    /// # Errors
    ///
    /// 503 if the issuer's keys cannot be had.
    pub(crate) async fn still_accepts(&self, signed: &Signed, now: f64) -> Result<bool, Problem> {
        let verified = signed.principal.verified();
        let keys = self.keys.current(None).await?;
        Ok(keys.generation == signed.generation
            && now < verified.expires_at + self.leeway
            && verified.valid_from <= now + self.leeway)
    }

    /// Is this token of our issuer, as it says itself? Nothing is believed of it: it says only who may refuse it.
    pub(crate) fn is_addressed_by(&self, token: &str) -> bool {
        #[derive(serde::Deserialize)]
        struct Issuer<'t> {
            #[serde(borrow)]
            iss: Cow<'t, str>,
        }
        let payload = Compact::split(token, MAX_TOKEN).and_then(|jws| jws.payload());
        payload.is_some_and(|payload| read(&payload).is_some_and(|claims: Issuer<'_>| *claims.iss == *self.issuer))
    }

    /// Fetches the keys, where they have to be fetched.
    pub(crate) async fn ready(&self, faults: &mut Vec<Fault>) {
        if let Err(cause) = self.keys.ready().await {
            let place = format!("Jwt::issuer({:?})", self.issuer);
            faults.push(Fault::new(place, cause, "see that the issuer can be reached from here"));
        }
    }

    pub(crate) fn issuer(&self) -> &Arc<str> {
        &self.issuer
    }

    fn check(&self, claims: &Registered<'_>, others: &Others, now: f64) -> Result<(), Problem> {
        if *claims.iss != *self.issuer {
            return Err(invalid("the access token is of another issuer"));
        }
        if !self.is_for_us(claims, others) {
            return Err(invalid("the access token is for another audience"));
        }
        if now >= claims.exp.0 + self.leeway {
            return Err(invalid("the access token expired"));
        }
        // A token from the future is as little valid now as one for the future.
        if [claims.nbf, claims.iat]
            .into_iter()
            .flatten()
            .any(|date| date.0 > now + self.leeway)
        {
            return Err(invalid("the access token is not valid yet"));
        }
        if claims.is_another_kind_of_token() {
            return Err(invalid("this is not an access token"));
        }
        let client = self.layout.client_id(others).map_err(|_| wrong_type())?;
        let complete = self.legacy || (claims.is_complete() && client.is_some());
        if !self.layout.accepts(claims, others, client) {
            return Err(invalid("this is not an access token"));
        }
        let bound = claims.cnf.as_ref().is_none_or(|cnf| *cnf != Confirmation::default());
        if claims.sub.is_empty() || !complete || !bound {
            return Err(wrong_type());
        }
        Ok(())
    }

    fn is_for_us(&self, claims: &Registered<'_>, others: &Others) -> bool {
        let mut ours = self.audiences.iter();
        match (&self.layout.audience, &claims.aud) {
            (None, Some(audience)) => ours.any(|ours| audience.contains(ours)),
            (None, None) => false,
            (Some(path), _) => path
                .text(others)
                .is_ok_and(|found| ours.any(|ours| found == Some(ours))),
        }
    }

    fn principal(
        &self,
        claims: &Registered<'_>,
        others: &Others,
        payload: &[u8],
        hierarchy: &RoleHierarchy,
    ) -> Result<Principal, Problem> {
        let layout = &self.layout;
        let mut roles = BTreeSet::new();
        for role in layout.roles.list(others).map_err(|_| wrong_type())? {
            hierarchy.expand(role, &mut roles);
        }
        let tenant = layout.tenant.text(others).map_err(|_| wrong_type())?;
        let client_id = layout.client_id(others).map_err(|_| wrong_type())?;
        let is_client = client_id.is_some_and(|id| layout.is_subject_of(id, &claims.sub));
        let token_id = layout.token_id(claims, others).map_err(|_| wrong_type())?;
        let dates = [claims.nbf, claims.iat].into_iter().flatten();
        Ok(Principal::new(Verified {
            means: Means::AccessToken,
            issuer: Arc::clone(&self.issuer),
            subject: claims.sub.as_ref().into(),
            is_client,
            may_own: self.users_own && !is_client,
            client_id: client_id.map(Into::into),
            tenant: tenant.map(Into::into),
            scope: layout.scope(others).map_err(|_| wrong_type())?,
            roles,
            expires_at: claims.exp.0,
            valid_from: dates.map(|date| date.0).fold(0.0, f64::max),
            issued_at: claims.iat.map(|date| date.0),
            acr: claims.acr.as_deref().map(Into::into),
            authenticated_at: claims.auth_time.map(|date| date.0),
            token_id: token_id.map(Into::into),
            confirmation: claims.cnf.clone(),
            claims: payload.into(),
        }))
    }
}

/// A principal, and the generation of the keys that vouch for it.
#[derive(Clone)]
pub(crate) struct Signed {
    pub(crate) principal: Principal,
    generation: u64,
}

fn wrong_type() -> Problem {
    invalid("the access token lacks a claim, or has one of the wrong type")
}
