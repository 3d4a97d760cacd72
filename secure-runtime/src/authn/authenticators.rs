use std::net::IpAddr;

use axum::http::HeaderValue;
use axum::http::request::Parts;

use super::api_key;
#[cfg(feature = "mtls")]
use super::certificate::CertificateVerifier;
use super::certificate::ClientCertificate;
use super::claimed::Refused;
use super::credential::{self, Credential, Scheme, Token, invalid};
use super::denylist::{Denials, Denylist, Presented};
use super::jwt::Surroundings;
use super::possession::Possession;
#[cfg(feature = "mtls")]
use super::principal::Verified;
use super::principal::{Means, Principal};
use super::resource_metadata::Facts;
use super::tokens::{Identified, Tokens};
use super::{Challenges, unavailable};
use crate::Problem;
use crate::authz::RoleHierarchy;
use crate::clock::Clock;
use crate::startup::Fault;

/// All ways in, ready for use.
pub(crate) struct Authenticators {
    pub(super) tokens: Tokens,
    pub(super) api_keys: Option<api_key::Verifier>,
    #[cfg(feature = "mtls")]
    pub(super) certificates: Option<CertificateVerifier>,
    pub(super) possession: Possession,
    pub(super) denials: Denials,
    pub(super) roles: RoleHierarchy,
    pub(super) clock: Clock,
}

/// Who sent a request.
pub(crate) struct Sender {
    pub(crate) caller: Option<Principal>,
    /// The nonce that the answer hands to the client (RFC 9449 §8.2).
    pub(crate) nonce: Option<Box<HeaderValue>>,
    /// To find that out took long, compared with all else.
    pub(crate) took_long: bool,
}

impl From<Principal> for Sender {
    fn from(caller: Principal) -> Self {
        Self {
            caller: Some(caller),
            nonce: None,
            took_long: true,
        }
    }
}

impl Authenticators {
    /// Fetches what has to be there before the first request.
    pub(crate) async fn ready(&self, faults: &mut Vec<Fault>) {
        self.tokens.ready(faults).await;
    }

    /// Who sent this request; nobody if it has no credential. `peer` is the other end of the connection, and `now` the seconds
    /// since 1970.
    ///
    /// It does not wait, as most requests need not: `None` where somebody has to be [asked](Self::ask).
    pub(crate) fn authenticate<'r>(
        &self,
        parts: &'r Parts,
        peer: Option<IpAddr>,
        now: f64,
    ) -> Option<Result<Sender, Refused<'r>>> {
        if self.denials.are_shared() {
            return None;
        }
        let sender = || {
            let certificate = self.possession.certificate(parts, peer)?;
            // Whose a key is, its store is asked.
            if let Some(keys) = &self.api_keys
                && keys.places().read(parts)?.is_some()
            {
                return Ok(None);
            }
            let token = match credential::read(parts)? {
                Credential::Token(Scheme::Bearer, token) if self.tokens.are_taken() => token,
                #[cfg(feature = "mtls")]
                Credential::Missing if self.certificates.is_some() && certificate.get().is_some() => return Ok(None),
                Credential::Missing => return Ok(Some(self.nobody())),
                Credential::Token(Scheme::Dpop, _) => return Ok(None),
                Credential::Token(..) | Credential::Unsupported => return Err(credential::missing().into()),
            };
            let Some(caller) = self.tokens.identify(token, &self.around(now)) else {
                return Ok(None);
            };
            let Identified {
                principal: caller,
                anew,
            } = caller?;
            self.refuse_if(self.denials.local.refuses(|| Presented::of(&caller)), &caller)?;
            self.possession.check_bearer(&caller, &certificate)?;
            Ok(Some(Sender {
                took_long: anew,
                ..caller.into()
            }))
        };
        sender().transpose()
    }

    /// The same, however long it takes.
    ///
    /// # Errors
    ///
    /// 400 or 401 for a credential that is not good, or of a kind that is not accepted; 503 where that cannot be found out.
    pub(crate) async fn ask(&self, parts: &Parts, peer: Option<IpAddr>, now: f64) -> Result<Sender, Problem> {
        let certificate = self.possession.certificate(parts, peer)?;
        let key = match &self.api_keys {
            Some(keys) => keys.places().read(parts)?.map(|key| (keys, key)),
            None => None,
        };
        match (credential::read(parts)?, key) {
            (Credential::Missing, None) => self.certified(certificate.get(), now).await,
            (Credential::Missing, Some((keys, key))) => {
                let caller = keys.verify(key, now, &self.roles).await?;
                self.check_denials(&caller).await?;
                Ok(caller.into())
            }
            (_, Some(_)) => Err(credential::ambiguous(
                "the request has an API key and an Authorization header",
            )),
            (Credential::Token(scheme, token), None) if self.tokens.are_taken() && self.possession.takes(scheme) => {
                let caller = self.verify(token, now).await?;
                let nonce = match scheme {
                    Scheme::Bearer => self.possession.check_bearer(&caller, &certificate).map(|()| None),
                    Scheme::Dpop => self.possession.check_proof(parts, token, &caller, &certificate).await,
                };
                Ok(Sender {
                    caller: Some(caller),
                    nonce: nonce?.map(Box::new),
                    took_long: true,
                })
            }
            (Credential::Token(..) | Credential::Unsupported, None) => Err(credential::missing()),
        }
    }

    fn around(&self, now: f64) -> Surroundings<'_> {
        Surroundings {
            now,
            roles: &self.roles,
        }
    }

    /// The principal of an access token. Whether its sender may use it is not looked at.
    ///
    /// # Errors
    ///
    /// 401 `invalid_token`; 503 where that cannot be found out.
    pub(crate) async fn verify(&self, token: Token<'_>, now: f64) -> Result<Principal, Problem> {
        let around = self.around(now);
        let caller = match self.tokens.identify(token, &around) {
            Some(caller) => caller.map_err(|refused| refused.problem)?.principal,
            None => self.tokens.ask(token, &around).await?,
        };
        self.check_denials(&caller).await?;
        Ok(caller)
    }

    /// A certificate is a credential of its own where clients are known by theirs, and none elsewhere.
    #[cfg(feature = "mtls")]
    async fn certified(&self, certificate: Option<&ClientCertificate>, now: f64) -> Result<Sender, Problem> {
        let (Some(certificates), Some(certificate)) = (&self.certificates, certificate) else {
            return Ok(self.nobody());
        };
        let client = certificates.identify(certificate, now);
        let client = client.map_err(refused_certificate)?;
        let caller = Principal::new(Verified::certified(client, certificate));
        self.check_denials(&caller).await?;
        Ok(caller.into())
    }

    #[cfg(not(feature = "mtls"))]
    async fn certified(&self, _: Option<&ClientCertificate>, _: f64) -> Result<Sender, Problem> {
        Ok(self.nobody())
    }

    /// A request without a credential. The nonce spares its sender a second refusal.
    fn nobody(&self) -> Sender {
        Sender {
            caller: None,
            nonce: self.possession.nonce().map(Box::new),
            took_long: false,
        }
    }

    /// Asked for each request, whatever is known of the credential from before.
    async fn check_denials(&self, caller: &Principal) -> Result<(), Problem> {
        let presented = Presented::of(caller);
        self.refuse_if(self.denials.refuses(&presented).await.map_err(unavailable)?, caller)
    }

    fn refuse_if(&self, denied: bool, caller: &Principal) -> Result<(), Problem> {
        if !denied {
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
