use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::claims::Registered;
use super::header::Said;
use super::keys::{KeySet, Keys};
use super::known::{KnownHeader, KnownHeaders};
use super::layout::Layout;
use crate::Problem;
use crate::authn::compact::{Compact, read};
use crate::authn::credential::{EXPIRED, UNVERIFIED, invalid};
use crate::authn::principal::{Confirmation, Means, Principal, SignedBy, Verified};
use crate::authn::scopes::Scopes;
use crate::authn::text::Text;
use crate::authz::RoleHierarchy;
use crate::json::{Members, WrongType};
use crate::startup::Fault;

/// The longest token that is looked at, in bytes.
const MAX_TOKEN: usize = 16 * 1024;

const WRONG_TYPE: Unfit = "the access token lacks a claim, or has one of the wrong type";

/// What a token is checked against, ready for use. See [`Jwt`](super::Jwt).
pub(crate) struct Verifier {
    pub(super) issuer: Arc<str>,
    pub(super) audiences: Vec<String>,
    pub(super) keys: Keys,
    pub(super) known: KnownHeaders,
    /// In seconds.
    pub(super) leeway: f64,
    pub(super) legacy: bool,
    pub(super) layout: Layout,
    /// Do its users own objects?
    pub(crate) users_own: bool,
    /// Which of the application's verifiers it is.
    pub(crate) index: usize,
}

/// What verification needs beside the token and the keys.
pub(crate) struct Surroundings<'s> {
    pub(crate) now: f64,
    pub(crate) roles: &'s RoleHierarchy,
}

/// Why a token is not accepted.
pub(crate) type Unfit = &'static str;

impl Verifier {
    /// The principal of a token: the order is form, header, signature, and only then the claims. It does not wait: `None` where
    /// the keys have to be [fetched](Self::fetch) before.
    pub(crate) fn verify(&self, token: &str, around: &Surroundings<'_>) -> Option<Result<Principal, Unfit>> {
        let verify = || {
            let (jws, header) = self.read(token).ok_or(UNVERIFIED)?;
            let Some(keys) = self.keys.present(header.key_id.as_deref()) else {
                return Ok(None);
            };
            self.verify_with(&keys, (&jws, header), around).map(Some)
        };
        verify().transpose()
    }

    /// The same with keys that are newer, if there are.
    ///
    /// # Errors
    ///
    /// 401 `invalid_token`; 503 if the issuer's keys cannot be had.
    pub(crate) async fn verify_anew(&self, token: &str, around: &Surroundings<'_>) -> Result<Principal, Problem> {
        let read = self.read(token);
        // What is not written as a signature is no reason to look for newer keys.
        let (jws, header) = read
            .filter(|(jws, _)| jws.has_signature())
            .ok_or_else(|| invalid(UNVERIFIED))?;
        let keys = self.keys.current(header.key_id.as_deref()).await?;
        self.verify_with(&keys, (&jws, header), around).map_err(invalid)
    }

    fn read<'t>(&self, token: &'t str) -> Option<(Compact<'t>, Arc<KnownHeader>)> {
        let jws = Compact::split(token, MAX_TOKEN)?;
        let header = match self.known.get(jws.header_text()) {
            Some(known) => known,
            // Before its header is looked at, which may be made up: is it a token at all?
            None if !jws.may_be_signed() => return None,
            None => {
                let said = KnownHeader::of(jws.header_text(), &Said::of(&jws.header()?, self.legacy)?);
                self.known.add_read(said)
            }
        };
        Some((jws, header))
    }

    fn verify_with(
        &self,
        keys: &KeySet,
        (jws, header): (&Compact<'_>, Arc<KnownHeader>),
        around: &Surroundings<'_>,
    ) -> Result<Principal, Unfit> {
        if !keys.have_signed(&header, jws) {
            return Err(UNVERIFIED);
        }
        self.known.add_verified(header);
        let payload = jws.payload_text().ok_or(UNVERIFIED)?;
        let mut verified = self.accepted(&payload, around)?;
        verified.claims = payload;
        let by = SignedBy {
            verifier: self.index,
            generation: keys.generation,
        };
        Ok(Principal::signed(verified, by))
    }

    /// What the claims say, if they are those of an access token for us; the claims themselves come later.
    fn accepted(&self, payload: &str, around: &Surroundings<'_>) -> Result<Verified, Unfit> {
        let members = Members::of(payload).ok_or(WRONG_TYPE)?;
        let claims = Registered::of(&members).map_err(|_| WRONG_TYPE)?;
        let client = self.check(&claims, &members, around.now)?;
        let verified = self.verified(&claims, &members, client.as_deref(), (payload, around.roles));
        verified.map_err(|_| WRONG_TYPE)
    }

    /// Would a token that was verified before be accepted now as well? Keys may have changed since, and time has passed. `None`
    /// where the keys have to be fetched to say that.
    pub(crate) fn still_accepts(&self, principal: &Principal, generation: u64, now: f64) -> Option<bool> {
        let verified = principal.verified();
        Some(
            self.keys.present_generation()? == generation
                && now < verified.expires_at + self.leeway
                && verified.valid_from <= now + self.leeway,
        )
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

    /// The client, where there is one, if the claims are those of an access token for us.
    fn check<'t>(
        &self,
        claims: &Registered<'_>,
        others: &Members<'t>,
        now: f64,
    ) -> Result<Option<Cow<'t, str>>, Unfit> {
        if *claims.iss != *self.issuer {
            return Err("the access token is of another issuer");
        }
        if !self.is_for_us(claims, others) {
            return Err("the access token is for another audience");
        }
        if now >= claims.exp.0 + self.leeway {
            return Err(EXPIRED);
        }
        // A token from the future is as little valid now as one for the future.
        if [claims.nbf, claims.iat]
            .into_iter()
            .flatten()
            .any(|date| date.0 > now + self.leeway)
        {
            return Err("the access token is not valid yet");
        }
        if claims.is_another_kind_of_token {
            return Err("this is not an access token");
        }
        let client = self.layout.client_id(others).map_err(|_| WRONG_TYPE)?;
        let complete = self.legacy || (claims.is_complete() && client.is_some());
        if !self.layout.accepts(claims, others, client.as_deref()) {
            return Err("this is not an access token");
        }
        let bound = claims.cnf.as_ref().is_none_or(|cnf| *cnf != Confirmation::default());
        if claims.sub.is_empty() || !complete || !bound {
            return Err(WRONG_TYPE);
        }
        Ok(client)
    }

    fn is_for_us(&self, claims: &Registered<'_>, others: &Members<'_>) -> bool {
        let mut ours = self.audiences.iter();
        match (&self.layout.audience, &claims.aud) {
            (None, Some(audience)) => ours.any(|ours| audience.contains(ours)),
            (None, None) => false,
            (Some(path), _) => path
                .text(others)
                .is_ok_and(|found| ours.any(|ours| found.as_deref() == Some(ours))),
        }
    }

    /// Without the claims themselves, of which the texts are parts.
    fn verified<'t>(
        &self,
        claims: &Registered<'t>,
        others: &Members<'t>,
        client: Option<&str>,
        (payload, hierarchy): (&str, &RoleHierarchy),
    ) -> Result<Verified, WrongType> {
        let layout = &self.layout;
        let text = |text: &str| Text::of(text, payload);
        let mut roles = BTreeSet::new();
        for role in layout.roles.list(others)? {
            hierarchy.expand(&role, &mut roles);
        }
        let is_client = client.is_some_and(|id| layout.is_subject_of(id, &claims.sub));
        let dates = [claims.nbf, claims.iat].into_iter().flatten();
        Ok(Verified {
            means: Means::AccessToken,
            issuer: Arc::clone(&self.issuer),
            subject: text(&claims.sub),
            is_client,
            may_own: self.users_own && !is_client,
            client_id: client.map(text),
            tenant: layout.tenant.text(others)?.as_deref().map(text),
            scope: Scopes::of(text(&layout.scope(others)?), payload),
            roles,
            expires_at: claims.exp.0,
            valid_from: dates.map(|date| date.0).fold(0.0, f64::max),
            issued_at: claims.iat.map(|date| date.0),
            acr: claims.acr.as_deref().map(text),
            authenticated_at: claims.auth_time.map(|date| date.0),
            token_id: layout.token_id(claims, others)?.as_deref().map(text),
            confirmation: claims.cnf.clone().map(Box::new),
            claims: Box::default(),
        })
    }
}
