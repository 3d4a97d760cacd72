use std::collections::BTreeSet;

use super::cache::TokenCache;
use super::claimed::{Refused, refused};
use super::credential::{Token, UNVERIFIED, invalid};
use super::jwt::{Surroundings, Verifier};
#[cfg(feature = "oauth")]
use super::opaque::OpaqueTokens;
use super::principal::{Principal, SignedBy};
use crate::Problem;
use crate::startup::Fault;

/// Access tokens: whose they are, and the principals of those that were seen before.
pub(super) struct Tokens {
    pub(super) jwts: Vec<Verifier>,
    /// What is of none of these issuers may be of one that is asked.
    #[cfg(feature = "oauth")]
    pub(super) opaque: Option<OpaqueTokens>,
    pub(super) cache: Option<TokenCache>,
}

/// Whose a token is.
pub(super) struct Identified {
    pub(super) principal: Principal,
    /// It was verified now, which takes longer than all else.
    pub(super) anew: bool,
}

impl Tokens {
    /// Two verifiers of one issuer could disagree.
    pub(super) fn check(&self, faults: &mut Vec<Fault>) {
        for (i, jwt) in self.jwts.iter().enumerate() {
            if self.jwts[..i].iter().any(|other| other.issuer() == jwt.issuer()) {
                faults.push(Fault::new(
                    format!("Jwt::issuer({:?})", jwt.issuer()),
                    "this issuer is accepted twice",
                    "say it once: further keys with `.key(…)`, further audiences with `.or_audience(…)`",
                ));
            }
        }
    }

    /// Whose users own objects. A subject is unique within its issuer only, so with several issuers it has to be said.
    pub(super) fn settle_owners(&mut self, owners: Option<&[String]>, faults: &mut Vec<Fault>) {
        let known: BTreeSet<String> = self.issuers().map(str::to_owned).collect();
        if owners.is_none() && known.len() > 1 {
            faults.push(Fault::new(
                "SecurityBuilder",
                "there are several issuers, and two of them may give one name to two users",
                "say whose users own objects, with `.owners_from([\"https://id.example.com\"])`",
            ));
        }
        for unknown in owners
            .unwrap_or_default()
            .iter()
            .filter(|owner| !known.contains(*owner))
        {
            faults.push(Fault::new(
                "SecurityBuilder::owners_from",
                format!("{unknown:?} is no issuer that is accepted"),
                "write it as the issuer is written, to the letter",
            ));
        }
        let own = |issuer: &str| owners.is_none_or(|owners| owners.iter().any(|owner| owner == issuer));
        for jwt in &mut self.jwts {
            jwt.users_own = own(jwt.issuer());
        }
        #[cfg(feature = "oauth")]
        if let Some(opaque) = &mut self.opaque {
            opaque.users_own = own(opaque.issuer());
        }
    }

    pub(super) fn are_taken(&self) -> bool {
        self.issuers().next().is_some()
    }

    pub(super) fn issuers(&self) -> impl Iterator<Item = &str> {
        let issuers = self.jwts.iter().map(|jwt| &**jwt.issuer());
        #[cfg(feature = "oauth")]
        let issuers = issuers.chain(self.opaque.as_ref().map(OpaqueTokens::issuer));
        issuers
    }

    /// Fetches what has to be there before the first token.
    pub(super) async fn ready(&self, faults: &mut Vec<Fault>) {
        for jwt in &self.jwts {
            jwt.ready(faults).await;
        }
    }

    /// The principal of a token, whether or not it was revoked. It does not wait: `None` where somebody has to be
    /// [asked](Self::ask).
    pub(super) fn identify<'t>(
        &self,
        token: Token<'t>,
        around: &Surroundings<'_>,
    ) -> Option<Result<Identified, Refused<'t>>> {
        if let Some(cache) = &self.cache {
            let presented = cache.presented(token.bytes());
            if let Some(principal) = cache.get(&presented) {
                if let Some(SignedBy { verifier, generation }) = principal.signed_by()
                    && let Some(verifier) = self.jwts.get(verifier)
                    && verifier.still_accepts(&principal, generation, around.now)?
                {
                    return Some(Ok(Identified { principal, anew: false }));
                }
                cache.remove(&presented);
            }
        }
        // What a verifier accepts is written as a token has to be.
        let text = token.as_str().unwrap_or_default();
        let signed = match self.addressed(text) {
            Some(verifier) => verifier
                .verify(text, around)?
                .inspect(|principal| self.keep(token, principal)),
            #[cfg(feature = "oauth")]
            None if self.opaque.is_some() => return None,
            None => Err(UNVERIFIED),
        };
        let identified = signed.map(|principal| Identified { principal, anew: true });
        Some(identified.map_err(|unfit| refused(text, unfit)))
    }

    /// The same for what cannot be said at once: the issuer is asked for its keys, or for what it knows of the token.
    ///
    /// # Errors
    ///
    /// 401 `invalid_token`; 503 where that cannot be found out.
    pub(super) async fn ask(&self, token: Token<'_>, around: &Surroundings<'_>) -> Result<Principal, Problem> {
        let text = token.text()?;
        let Some(verifier) = self.addressed(text) else {
            #[cfg(feature = "oauth")]
            if let Some(opaque) = &self.opaque {
                return opaque.identify(text, around.roles).await;
            }
            return Err(invalid(UNVERIFIED));
        };
        let principal = verifier.verify_anew(text, around).await?;
        self.keep(token, &principal);
        Ok(principal)
    }

    /// Remembers whose a verified token is.
    fn keep(&self, token: Token<'_>, principal: &Principal) {
        if let Some(cache) = &self.cache {
            cache.insert(cache.presented(token.bytes()), principal.clone());
        }
    }

    /// Which verifier a token is for. It is verified with the keys of that issuer and no other, so a token can choose who
    /// refuses it, and nothing else.
    fn addressed(&self, token: &str) -> Option<&Verifier> {
        let mut jwts = self.jwts.iter();
        // Where there is only one that could refuse it, it need not be asked for whom it is.
        if self.jwts.len() == 1 && self.issuers().count() == 1 {
            return jwts.next();
        }
        jwts.find(|jwt| jwt.is_addressed_by(token))
    }
}
