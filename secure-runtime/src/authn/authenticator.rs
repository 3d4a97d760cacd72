use axum::http::request::Parts;
use secure_policy::ByteSize;

use super::api_key::{self, ApiKeys};
use super::cache::{Cached, TokenCache};
use super::credential::{self, Credential, Scheme, invalid};
use super::denylist::Denylist;
use super::jwt::{Jwt, Surroundings, Verifier};
use super::principal::{Means, Principal};
use super::resource_metadata::Facts;
use crate::Problem;
use crate::authz::RoleHierarchy;
use crate::clock::Clock;
use crate::startup::Fault;

/// A way in which callers prove who they are, for [`Security::builder`](crate::Security::builder) and
/// [`SecurityBuilder::accept`](crate::SecurityBuilder::accept): a [`Jwt`], or [`ApiKeys`].
///
/// A `Principal` is made by the verifiers of this crate alone, so there is nothing to implement.
#[derive(Debug)]
pub struct Authenticator(Way);

/// What can stand in [`Security::builder`](crate::Security::builder). It is sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how callers prove who they are",
    label = "not a way in",
    note = "help: write `Jwt::issuer(\"https://id.example.com\").audience(\"https://api.example.com\").key(…)`",
    note = "see [S017] in the book's error index"
)]
pub trait IntoAuthenticator: sealed::Sealed {
    /// The way in.
    fn into_authenticator(self) -> Authenticator;
}

mod sealed {
    /// No way in comes from outside.
    pub trait Sealed {}
    impl Sealed for crate::jwt::Jwt {}
    impl Sealed for crate::api_key::ApiKeys {}
    impl Sealed for super::Authenticator {}
}

#[derive(Debug)]
enum Way {
    Jwt(Box<Jwt>),
    ApiKeys(Box<ApiKeys>),
}

impl IntoAuthenticator for Authenticator {
    fn into_authenticator(self) -> Self {
        self
    }
}

impl IntoAuthenticator for Jwt {
    fn into_authenticator(self) -> Authenticator {
        Authenticator(Way::Jwt(Box::new(self)))
    }
}

impl IntoAuthenticator for ApiKeys {
    fn into_authenticator(self) -> Authenticator {
        Authenticator(Way::ApiKeys(Box::new(self)))
    }
}

/// What is said once for all ways in.
pub(crate) struct Options {
    pub(crate) accepted: Vec<Authenticator>,
    pub(crate) roles: RoleHierarchy,
    pub(crate) clock: Clock,
    /// How much the cache of verified tokens may hold; `None` for no cache.
    pub(crate) cache: Option<ByteSize>,
}

/// All ways in, ready for use.
pub(crate) struct Authenticators {
    jwts: Vec<Verifier>,
    api_keys: Option<api_key::Verifier>,
    cache: Option<TokenCache>,
    pub(crate) denylist: Denylist,
    roles: RoleHierarchy,
    clock: Clock,
}

impl Authenticators {
    /// `None` if, and only if, there are faults.
    pub(crate) fn prepare(options: Options, faults: &mut Vec<Fault>) -> Option<Self> {
        let before = faults.len();
        let mut jwts: Vec<Verifier> = Vec::new();
        let mut api_keys = Vec::new();
        for Authenticator(way) in options.accepted {
            match way {
                Way::Jwt(jwt) => jwts.extend(jwt.prepare(faults)),
                Way::ApiKeys(keys) => api_keys.extend(keys.prepare(faults)),
            }
        }
        for (i, jwt) in jwts.iter().enumerate() {
            if jwts[..i].iter().any(|other| other.issuer() == jwt.issuer()) {
                faults.push(Fault::new(
                    format!("Jwt::issuer({:?})", jwt.issuer()),
                    "this issuer is accepted twice",
                    "say it once: further keys with `.key(…)`, further audiences with `.or_audience(…)`",
                ));
            }
        }
        if let Some(jwt) = jwts
            .iter()
            .find(|jwt| api_keys.iter().any(|keys| keys.issuer() == &**jwt.issuer()))
        {
            faults.push(Fault::new(
                "ApiKeys",
                format!("the issuer {:?} is one of tokens as well", jwt.issuer()),
                "leave it out, so that a client is never taken for a user of the same name",
            ));
        }
        if api_keys.len() > 1 {
            faults.push(Fault::new(
                "ApiKeys",
                "API keys are accepted twice",
                "keep them in one store, under one prefix",
            ));
        }
        let cache = options.cache.and_then(|size| {
            let cache = TokenCache::new(size);
            let fault = |_| Fault::new("SecurityBuilder", "the system has no random numbers", "start it again");
            cache.map_err(|error| faults.push(fault(error))).ok()
        });
        (faults.len() == before).then(|| Self {
            jwts,
            api_keys: api_keys.pop(),
            cache,
            denylist: Denylist::new(options.clock.clone()),
            roles: options.roles,
            clock: options.clock,
        })
    }

    /// Fetches what has to be there before the first request.
    pub(crate) async fn ready(&self, faults: &mut Vec<Fault>) {
        for jwt in &self.jwts {
            jwt.ready(faults).await;
        }
    }

    /// What clients may know.
    pub(crate) fn facts(&self, scopes: Vec<String>) -> Facts {
        Facts {
            issuers: self.jwts.iter().map(|jwt| jwt.issuer().to_string()).collect(),
            scopes,
            tokens: self.takes_tokens(),
            ..Facts::default()
        }
    }

    pub(crate) fn takes_tokens(&self) -> bool {
        !self.jwts.is_empty()
    }

    pub(crate) fn takes_api_keys(&self) -> bool {
        self.api_keys.is_some()
    }

    pub(crate) fn roles(&self) -> &RoleHierarchy {
        &self.roles
    }

    /// Who sent this request; `None` if it has no credential.
    ///
    /// # Errors
    ///
    /// 400 or 401 for a credential that is not good, or of a kind that is not accepted; 503 where that cannot be found out.
    pub(crate) async fn authenticate(&self, parts: &Parts) -> Result<Option<Principal>, Problem> {
        let key = match &self.api_keys {
            Some(keys) => keys.places().read(parts)?.map(|key| (keys, key)),
            None => None,
        };
        let (scheme, token) = match (credential::read(parts)?, key) {
            (Credential::Missing, None) => return Ok(None),
            (Credential::Missing, Some((keys, key))) => {
                let principal = keys.verify(key, self.clock.unix_seconds(), &self.roles).await?;
                self.check_denylist(&principal)?;
                return Ok(Some(principal));
            }
            (_, Some(_)) => {
                return Err(credential::ambiguous(
                    "the request has an API key and an Authorization header",
                ));
            }
            (Credential::Token(Scheme::Dpop, _) | Credential::Unsupported, None) => return Err(credential::missing()),
            (Credential::Token(scheme, token), None) => (scheme, token),
        };
        let principal = self.verify(token).await?;
        check_binding(scheme, &principal)?;
        Ok(Some(principal))
    }

    /// The principal of an access token.
    ///
    /// # Errors
    ///
    /// 401 `invalid_token`; 503 where that cannot be found out.
    pub(crate) async fn verify(&self, token: &str) -> Result<Principal, Problem> {
        let principal = self.identify(token).await?;
        self.check_denylist(&principal)?;
        Ok(principal)
    }

    /// Asked for each request, whatever is known of the credential from before.
    fn check_denylist(&self, principal: &Principal) -> Result<(), Problem> {
        if principal.token_id().is_some_and(|id| self.denylist.has(id)) {
            return Err(match principal.verified().means {
                Means::AccessToken => invalid("the access token was revoked"),
                Means::ApiKey => api_key::invalid("the key is on the denylist"),
            });
        }
        Ok(())
    }

    async fn identify(&self, token: &str) -> Result<Principal, Problem> {
        let now = self.clock.unix_seconds();
        let kept = self.cache.as_ref().map(|cache| (cache, cache.digest(token)));
        if let Some((cache, digest)) = &kept
            && let Some(cached) = cache.get(digest)
        {
            let verifier = self.jwts.get(cached.verifier);
            if verifier.is_some_and(|verifier| verifier.still_accepts(&cached.signed, now)) {
                return Ok(cached.signed.principal);
            }
            cache.remove(digest);
        }
        let Some(index) = self.addressed(token) else {
            return Err(invalid("the access token is invalid"));
        };
        let around = Surroundings {
            now,
            roles: &self.roles,
        };
        let signed = self.jwts[index].verify(token, &around).await?;
        let principal = signed.principal.clone();
        if let Some((cache, digest)) = kept {
            cache.insert(
                digest,
                Cached {
                    verifier: index,
                    signed,
                },
            );
        }
        Ok(principal)
    }

    /// Which verifier a token is for. It is verified with the keys of that issuer and no other, so a token can choose who
    /// refuses it, and nothing else.
    fn addressed(&self, token: &str) -> Option<usize> {
        if self.jwts.len() == 1 {
            return Some(0);
        }
        self.jwts.iter().position(|jwt| jwt.is_addressed_by(token))
    }
}

/// A token that is bound to a key is worth nothing without the proof of that key (RFC 9449 §7.1, RFC 8705 §3).
fn check_binding(_scheme: Scheme, principal: &Principal) -> Result<(), Problem> {
    if principal.is_sender_constrained() {
        return Err(invalid(
            "the access token is bound to a key, and came without a proof of it",
        ));
    }
    Ok(())
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;
    use crate::testing::TestIssuer;

    /// The cache is of use: what was verified is found again, and not what was refused.
    #[test]
    fn what_was_verified_is_known_again() {
        let issuer = TestIssuer::default();
        let mut faults = Vec::new();
        let options = Options {
            accepted: vec![issuer.jwt().into_authenticator()],
            roles: RoleHierarchy::new(),
            clock: Clock::default(),
            cache: ByteSize::parse("1MiB").ok(),
        };
        let authenticators = Authenticators::prepare(options, &mut faults).unwrap();
        let cache = authenticators.cache.as_ref().unwrap();
        let (good, bad) = (
            issuer.token("alice").sign(),
            issuer.token("alice").expires_in(-60).sign(),
        );
        assert!(cache.get(&cache.digest(&good)).is_none());
        // Nothing has to be fetched, so nothing is waited for.
        authenticators.verify(&good).now_or_never().unwrap().unwrap();
        authenticators.verify(&bad).now_or_never().unwrap().unwrap_err();
        let kept = cache.get(&cache.digest(&good)).unwrap();
        assert_eq!(kept.signed.principal.subject(), "alice");
        assert!(cache.get(&cache.digest(&bad)).is_none());
    }
}
