use std::collections::BTreeSet;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, OnceLock};

#[cfg(feature = "mtls")]
use super::certificate::{CertifiedClient, ClientCertificate};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::scopes::Scopes;
use super::text::Text;
use crate::json::not_null;

/// A caller whose credential was verified.
///
/// It can only come from the gate: a handler that takes one cannot be reached without a verified credential, and nobody
/// can make one up.
///
/// ```compile_fail
/// let forged = secure_runtime::Principal { };
/// ```
#[derive(Clone)]
pub struct Principal(Arc<Known>);

/// What is known of a caller, once its credential was verified.
///
/// In this order, so that what each request asks for lies side by side: with many callers, nobody's principal is in a processor's
/// cache.
#[repr(C)]
struct Known {
    signed_by: Option<SignedBy>,
    identity: Identity,
    verified: Verified,
}

/// Whose keys vouch for a token, and which generation of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SignedBy {
    /// Which of the application's verifiers.
    pub(crate) verifier: usize,
    pub(crate) generation: u64,
}

/// A keyed hash of issuer and subject. It is known once a credential is, since every limit of every request asks for it: hashing
/// the names each time is what most of an own limit would cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Identity(u64);

impl Identity {
    pub(crate) fn of(issuer: &str, subject: &str) -> Self {
        static SECRET: OnceLock<RandomState> = OnceLock::new();
        Self(SECRET.get_or_init(RandomState::new).hash_one((issuer, subject)))
    }

    pub(crate) fn bits(self) -> u64 {
        self.0
    }
}

/// By what a caller proved who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Means {
    AccessToken,
    ApiKey,
    #[cfg(feature = "mtls")]
    Certificate,
}

impl Means {
    /// The word for it in the audit log.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::AccessToken => "access_token",
            Self::ApiKey => "api_key",
            #[cfg(feature = "mtls")]
            Self::Certificate => "client_certificate",
        }
    }
}

/// What a verifier found. Only verifiers of this crate make one. What most requests ask for comes first: see [`Known`].
#[repr(C)]
pub(crate) struct Verified {
    pub(crate) expires_at: f64,
    /// The later of `nbf` and `iat`, where there is one.
    pub(crate) valid_from: f64,
    /// The claims as they were signed, and what most of the texts are parts of.
    pub(crate) claims: Box<str>,
    pub(crate) subject: Text,
    /// Space-delimited, as in the token (RFC 6749 §3.3).
    pub(crate) scope: Scopes,
    pub(crate) means: Means,
    /// The subject is the client itself.
    pub(crate) is_client: bool,
    /// Its subject is a name that owners have: see [`Principal::may_own`].
    pub(crate) may_own: bool,
    /// To whose key the credential is bound.
    pub(crate) confirmation: Option<Box<Confirmation>>,
    pub(crate) issuer: Arc<str>,
    pub(crate) client_id: Option<Text>,
    pub(crate) tenant: Option<Text>,
    /// With everything that the hierarchy includes.
    pub(crate) roles: BTreeSet<Box<str>>,
    pub(crate) issued_at: Option<f64>,
    pub(crate) acr: Option<Text>,
    pub(crate) authenticated_at: Option<f64>,
    pub(crate) token_id: Option<Text>,
}

#[cfg(feature = "mtls")]
impl Verified {
    /// A client that is known by its certificate.
    pub(crate) fn certified(client: CertifiedClient<'_>, certificate: &ClientCertificate) -> Self {
        Self {
            means: Means::Certificate,
            issuer: Arc::clone(client.issuer),
            subject: client.name.as_str().into(),
            // The same as the subject, so it is a client and owns nothing of a user's.
            client_id: Some(client.name.as_str().into()),
            is_client: true,
            may_own: false,
            tenant: None,
            scope: client.scope.into(),
            roles: BTreeSet::new(),
            expires_at: client.expires_at,
            valid_from: 0.0,
            issued_at: None,
            acr: None,
            authenticated_at: None,
            token_id: None,
            confirmation: Some(Box::new(Confirmation {
                jkt: None,
                x5t_s256: Some(certificate.thumbprint().into()),
            })),
            claims: "{}".into(),
        }
    }
}

/// The claim `cnf` (RFC 7800 §3.1): who sends the token must prove to have this key. A binding that we do not know cannot be
/// checked, and such a token is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Confirmation {
    /// The thumbprint of the key of DPoP proofs (RFC 9449 §6.1).
    #[serde(default, deserialize_with = "not_null")]
    pub(crate) jkt: Option<Box<str>>,
    /// The thumbprint of the client's certificate (RFC 8705 §3.1).
    #[serde(default, rename = "x5t#S256", deserialize_with = "not_null")]
    pub(crate) x5t_s256: Option<Box<str>>,
}

impl Principal {
    pub(crate) fn new(verified: Verified) -> Self {
        Self::known(verified, None)
    }

    /// Of a token that was verified here.
    pub(crate) fn signed(verified: Verified, by: SignedBy) -> Self {
        Self::known(verified, Some(by))
    }

    fn known(verified: Verified, signed_by: Option<SignedBy>) -> Self {
        let identity = Identity::of(&verified.issuer, verified.subject.get(&verified.claims));
        Self(Arc::new(Known {
            verified,
            identity,
            signed_by,
        }))
    }

    pub(crate) fn signed_by(&self) -> Option<SignedBy> {
        self.0.signed_by
    }

    fn part<'p>(&'p self, text: &'p Text) -> &'p str {
        text.get(&self.0.verified.claims)
    }

    pub(crate) fn identity(&self) -> Identity {
        self.0.identity
    }

    /// The subject: unique within its [`issuer`](Self::issuer) (RFC 7519 §4.1.2).
    #[must_use]
    pub fn subject(&self) -> &str {
        self.part(&self.0.verified.subject)
    }

    /// Who vouches for the subject.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.0.verified.issuer
    }

    /// The OAuth client that acts (RFC 9068 §2.2).
    #[must_use]
    pub fn client_id(&self) -> Option<&str> {
        self.0.verified.client_id.as_ref().map(|text| self.part(text))
    }

    /// The tenant, from the token's claim.
    #[must_use]
    pub fn tenant(&self) -> Option<&str> {
        self.0.verified.tenant.as_ref().map(|text| self.part(text))
    }

    /// Is the subject the client itself, and not a user? Such a caller owns nothing that belongs to a user, even if a
    /// user has the same name (RFC 9700 §4.15).
    #[must_use]
    pub fn is_client(&self) -> bool {
        self.0.verified.is_client
    }

    /// Can something belong to this caller? A client that acts for itself owns nothing: whoever registers clients could choose an
    /// id that is a user's name (RFC 9700 §4.15). And a subject is unique within its issuer only (RFC 7519 §4.1.2), so where there
    /// are several, one has to be told whose users own objects.
    pub(crate) fn may_own(&self) -> bool {
        self.0.verified.may_own
    }

    /// The scopes of the token.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.0.verified.scope.iter(&self.0.verified.claims)
    }

    /// Does the token have exactly this scope?
    #[must_use]
    pub fn has_scope(&self, scope: &str) -> bool {
        self.0.verified.scope.have(scope, &self.0.verified.claims)
    }

    /// The caller's roles, with those that the hierarchy includes.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.0.verified.roles.iter().map(AsRef::as_ref)
    }

    /// Does the caller have this role, by itself or through the hierarchy?
    #[must_use]
    pub fn has_role(&self, role: &str) -> bool {
        self.0.verified.roles.contains(role)
    }

    /// When the credential expires, in seconds since 1970.
    #[must_use]
    pub fn expires_at(&self) -> f64 {
        self.0.verified.expires_at
    }

    /// When the credential was issued, in seconds since 1970, where it says so.
    #[must_use]
    pub fn issued_at(&self) -> Option<f64> {
        self.0.verified.issued_at
    }

    /// How the user was authenticated (`acr`, RFC 9068 §2.2.1), where the issuer says so.
    #[must_use]
    pub fn acr(&self) -> Option<&str> {
        self.0.verified.acr.as_ref().map(|text| self.part(text))
    }

    /// When the user was authenticated (`auth_time`, RFC 9068 §2.2.1), in seconds since 1970, where the issuer says so.
    #[must_use]
    pub fn authenticated_at(&self) -> Option<f64> {
        self.0.verified.authenticated_at
    }

    /// Is the credential good only together with a key that the sender proved to have (RFC 9449, RFC 8705)? A bearer token is
    /// not: whoever steals it can use it.
    #[must_use]
    pub fn is_sender_constrained(&self) -> bool {
        self.0.verified.confirmation.is_some()
    }

    pub(crate) fn verified(&self) -> &Verified {
        &self.0.verified
    }

    /// The token's id (`jti`), for the [`Denylist`](super::Denylist).
    #[must_use]
    pub fn token_id(&self) -> Option<&str> {
        self.0.verified.token_id.as_ref().map(|text| self.part(text))
    }

    /// The token's claims, as a type of your own.
    ///
    /// # Errors
    ///
    /// If a claim that `T` needs is absent or of another type.
    pub fn claims<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.0.verified.claims)
    }
}

/// Who it is, not what they may: enough for a log, nothing that opens a door.
impl fmt::Debug for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Principal")
            .field("issuer", &self.0.verified.issuer)
            .field("subject", &self.subject())
            .finish_non_exhaustive()
    }
}

/// The claims of the caller's token, as a handler's argument: `Claims(mine): Claims<MyClaims>`.
///
/// A token that lacks what `T` needs is refused with 403.
#[derive(Clone, Copy, Debug)]
pub struct Claims<T>(pub T);
