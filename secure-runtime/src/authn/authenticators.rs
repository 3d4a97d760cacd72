use std::net::IpAddr;

use axum::http::HeaderValue;
use axum::http::request::Parts;
use secure_policy::ByteSize;

use super::api_key;
use super::authenticator::{Authenticator, Way};
use super::cache::TokenCache;
use super::certificate::ClientCertificate;
#[cfg(feature = "mtls")]
use super::certificate::{CertificateVerifier, ClientCertHeader};
use super::credential::{self, Credential, invalid};
use super::denylist::{Denials, Denylist, Presented};
use super::dpop::Dpop;
use super::jwt::{Surroundings, Verifier};
#[cfg(feature = "oauth")]
use super::opaque::OpaqueTokens;
use super::possession::Possession;
#[cfg(feature = "mtls")]
use super::principal::Verified;
use super::principal::{Means, Principal};
use super::resource_metadata::Facts;
use super::tokens::Tokens;
use super::{Challenges, unavailable};
use crate::Problem;
use crate::authz::RoleHierarchy;
use crate::clock::Clock;
use crate::startup::{Fault, Placed};

/// What is said once for all ways in.
pub(crate) struct Options {
    pub(crate) accepted: Vec<Placed<Authenticator>>,
    pub(crate) dpop: Option<Placed<Dpop>>,
    #[cfg(feature = "mtls")]
    pub(crate) client_cert_header: Option<Placed<ClientCertHeader>>,
    #[cfg(feature = "redis")]
    pub(crate) shared_denylist: Option<super::RedisDenylist>,
    /// The issuers whose users own objects.
    pub(crate) owners: Option<Vec<String>>,
    pub(crate) roles: RoleHierarchy,
    pub(crate) clock: Clock,
    /// How much the cache of verified tokens may hold; `None` for no cache.
    pub(crate) cache: Option<ByteSize>,
}

/// All ways in, ready for use.
pub(crate) struct Authenticators {
    tokens: Tokens,
    api_keys: Option<api_key::Verifier>,
    #[cfg(feature = "mtls")]
    certificates: Option<CertificateVerifier>,
    possession: Possession,
    denials: Denials,
    roles: RoleHierarchy,
    clock: Clock,
}

/// Who sent a request.
pub(crate) struct Sender {
    pub(crate) caller: Option<Principal>,
    /// The nonce that the answer hands to the client (RFC 9449 §8.2).
    pub(crate) nonce: Option<HeaderValue>,
}

impl From<Principal> for Sender {
    fn from(caller: Principal) -> Self {
        Self {
            caller: Some(caller),
            nonce: None,
        }
    }
}

impl Authenticators {
    /// `None` if, and only if, there are faults.
    pub(crate) fn prepare(options: Options, faults: &mut Vec<Fault>) -> Option<Self> {
        let before = faults.len();
        let clock = options.clock;
        let (mut jwts, mut api_keys) = (Vec::<Verifier>::new(), Vec::new());
        #[cfg(feature = "oauth")]
        let mut introspections = Vec::new();
        #[cfg(feature = "mtls")]
        let mut certificates = Vec::new();
        for accepted in options.accepted {
            accepted.prepare(faults, |Authenticator(way), faults| match way {
                Way::Jwt(jwt) => jwts.extend(jwt.prepare(&clock, faults)),
                #[cfg(feature = "oauth")]
                Way::Introspection(introspection) => {
                    introspections.extend(OpaqueTokens::prepare(*introspection, &clock, faults));
                }
                Way::ApiKeys(keys) => api_keys.extend(keys.prepare(faults)),
                #[cfg(feature = "mtls")]
                Way::Certificates(trust) => certificates.extend(trust.prepare(faults)),
            });
        }
        let cache = options.cache.and_then(|size| {
            let fault = |_| Fault::new("SecurityBuilder", "the system has no random numbers", "start it again");
            TokenCache::new(size).map_err(|error| faults.push(fault(error))).ok()
        });
        #[cfg(feature = "oauth")]
        if introspections.len() > 1 {
            let fault = "tokens are introspected at two places, and an opaque token does not say which it is for";
            faults.push(Fault::new("Introspection", fault, "keep one of them"));
        }
        let mut tokens = Tokens {
            jwts,
            #[cfg(feature = "oauth")]
            opaque: introspections.pop(),
            cache,
        };
        tokens.check(faults);
        tokens.settle_owners(options.owners.as_deref(), faults);
        if let Some(issuer) = tokens
            .issuers()
            .find(|issuer| api_keys.iter().any(|keys| keys.issuer() == *issuer))
        {
            faults.push(Fault::new(
                "ApiKeys",
                format!("the issuer {issuer:?} is one of tokens as well"),
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
        #[cfg(feature = "mtls")]
        if certificates.len() > 1 {
            let help = "name all roots in one trust";
            faults.push(Fault::new(
                "ClientCertificates",
                "certificates are accepted twice",
                help,
            ));
        }
        let possession = Possession {
            proofs: options
                .dpop
                .and_then(|dpop| dpop.prepare(faults, |dpop, faults| dpop.prepare(&clock, faults))),
            #[cfg(feature = "mtls")]
            peers: options
                .client_cert_header
                .and_then(|header| header.prepare(faults, ClientCertHeader::prepare)),
        };
        (faults.len() == before).then(|| Self {
            tokens,
            api_keys: api_keys.pop(),
            #[cfg(feature = "mtls")]
            certificates: certificates.pop(),
            possession,
            denials: Denials {
                local: Denylist::new(clock.clone()),
                #[cfg(feature = "redis")]
                shared: options.shared_denylist.map(|list| list.clock(clock.clone())),
            },
            roles: options.roles,
            clock,
        })
    }

    /// Fetches what has to be there before the first request.
    pub(crate) async fn ready(&self, faults: &mut Vec<Fault>) {
        self.tokens.ready(faults).await;
    }

    /// Who sent this request; nobody if it has no credential. `peer` is the other end of the connection.
    ///
    /// # Errors
    ///
    /// 400 or 401 for a credential that is not good, or of a kind that is not accepted; 503 where that cannot be found out.
    pub(crate) async fn authenticate(&self, parts: &Parts, peer: Option<IpAddr>) -> Result<Sender, Problem> {
        let certificate = self.possession.certificate(parts, peer)?;
        let key = match &self.api_keys {
            Some(keys) => keys.places().read(parts)?.map(|key| (keys, key)),
            None => None,
        };
        match (credential::read(parts)?, key) {
            (Credential::Missing, None) => self.certified(certificate.as_ref()).await,
            (Credential::Missing, Some((keys, key))) => {
                let caller = keys.verify(key, self.clock.unix_seconds(), &self.roles).await?;
                self.check_denials(&caller).await?;
                Ok(caller.into())
            }
            (_, Some(_)) => Err(credential::ambiguous(
                "the request has an API key and an Authorization header",
            )),
            (Credential::Token(scheme, token), None) if self.tokens.are_taken() && self.possession.takes(scheme) => {
                let caller = self.verify(token).await?;
                let bound = caller.verified().confirmation.as_ref();
                let presented = (scheme, token);
                let nonce = self
                    .possession
                    .check(parts, presented, bound, certificate.as_ref())
                    .await?;
                Ok(Sender {
                    caller: Some(caller),
                    nonce,
                })
            }
            (Credential::Token(..) | Credential::Unsupported, None) => Err(credential::missing()),
        }
    }

    /// The principal of an access token. Whether its sender may use it is not looked at.
    ///
    /// # Errors
    ///
    /// 401 `invalid_token`; 503 where that cannot be found out.
    pub(crate) async fn verify(&self, token: &str) -> Result<Principal, Problem> {
        let around = Surroundings {
            now: self.clock.unix_seconds(),
            roles: &self.roles,
        };
        let caller = self.tokens.identify(token, &around).await?;
        self.check_denials(&caller).await?;
        Ok(caller)
    }

    /// A certificate is a credential of its own where clients are known by theirs, and none elsewhere.
    #[cfg(feature = "mtls")]
    async fn certified(&self, certificate: Option<&ClientCertificate>) -> Result<Sender, Problem> {
        let (Some(certificates), Some(certificate)) = (&self.certificates, certificate) else {
            return Ok(self.nobody());
        };
        let client = certificates.identify(certificate, self.clock.unix_seconds());
        let client = client.map_err(refused_certificate)?;
        let caller = Principal::new(Verified::certified(client, certificate));
        self.check_denials(&caller).await?;
        Ok(caller.into())
    }

    #[cfg(not(feature = "mtls"))]
    async fn certified(&self, _: Option<&ClientCertificate>) -> Result<Sender, Problem> {
        Ok(self.nobody())
    }

    /// A request without a credential. The nonce spares its sender a second refusal.
    fn nobody(&self) -> Sender {
        Sender {
            caller: None,
            nonce: self.possession.nonce(),
        }
    }

    /// Asked for each request, whatever is known of the credential from before.
    async fn check_denials(&self, caller: &Principal) -> Result<(), Problem> {
        let presented = Presented {
            issuer: caller.issuer(),
            subject: caller.subject(),
            jti: caller.token_id(),
            iat: caller.issued_at(),
        };
        if !self.denials.refuses(&presented).await.map_err(unavailable)? {
            return Ok(());
        }
        Err(match caller.verified().means {
            Means::AccessToken => invalid("the access token was revoked"),
            Means::ApiKey => api_key::invalid("the key is on the denylist"),
            #[cfg(feature = "mtls")]
            Means::Certificate => refused_certificate("the client certificate is not trusted"),
        })
    }

    /// What clients may know.
    pub(crate) fn facts(&self, scopes: Vec<String>) -> Facts {
        let algorithms = self.proof_algorithms().unwrap_or_default();
        Facts {
            issuers: self.tokens.issuers().map(str::to_owned).collect(),
            scopes,
            tokens: self.tokens.are_taken(),
            dpop_algorithms: algorithms.split_whitespace().map(str::to_owned).collect(),
            #[cfg(feature = "mtls")]
            certificates: self.tokens.are_taken() && (self.possession.peers.is_some() || self.certificates.is_some()),
            #[cfg(not(feature = "mtls"))]
            certificates: false,
        }
    }

    /// A proof goes with a token, and counts for nothing where none are taken.
    fn proof_algorithms(&self) -> Option<&str> {
        self.possession.algorithms().filter(|_| self.tokens.are_taken())
    }

    /// What challenges say.
    pub(crate) fn challenges(&self, realm: String, resource_metadata: Option<String>) -> Challenges {
        Challenges {
            realm,
            tokens: self.tokens.are_taken(),
            dpop_algs: self.proof_algorithms().map(str::to_owned),
            api_keys: self.api_keys.is_some(),
            #[cfg(feature = "mtls")]
            certificates: self.certificates.is_some(),
            #[cfg(not(feature = "mtls"))]
            certificates: false,
            resource_metadata,
        }
    }

    pub(crate) fn roles(&self) -> &RoleHierarchy {
        &self.roles
    }

    pub(crate) fn denylist(&self) -> &Denylist {
        &self.denials.local
    }

    #[cfg(feature = "redis")]
    pub(crate) fn shared_denylist(&self) -> Option<&super::RedisDenylist> {
        self.denials.shared.as_ref()
    }

    pub(crate) fn api_key_manager(&self) -> Option<api_key::ApiKeyManager> {
        self.api_keys.as_ref().map(|keys| keys.manager(&self.clock))
    }
}

/// No error code is known for certificates: which one is sent is settled while the connection is made.
#[cfg(feature = "mtls")]
fn refused_certificate(description: &'static str) -> Problem {
    use crate::audit::Reason;
    Problem::refusal(axum::http::StatusCode::UNAUTHORIZED, Reason::CredentialInvalid)
        .detail(description)
        .challenge(super::Challenge::bare())
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;
    use crate::authn::IntoAuthenticator as _;
    use crate::testing::TestIssuer;

    /// The cache is of use: what was verified is found again, and not what was refused.
    #[test]
    fn what_was_verified_is_known_again() {
        let issuer = TestIssuer::default();
        let mut faults = Vec::new();
        let options = Options {
            accepted: vec![Placed::in_code(issuer.jwt().into_authenticator())],
            dpop: None,
            #[cfg(feature = "mtls")]
            client_cert_header: None,
            #[cfg(feature = "redis")]
            shared_denylist: None,
            owners: None,
            roles: RoleHierarchy::new(),
            clock: Clock::default(),
            cache: ByteSize::parse("1MiB").ok(),
        };
        let authenticators = Authenticators::prepare(options, &mut faults).unwrap();
        let cache = authenticators.tokens.cache.as_ref().unwrap();
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
