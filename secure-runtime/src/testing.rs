//! What tests need: an issuer of real tokens, with real keys, and a clock that stands still.
//!
//! Behind the feature `testing`, for `[dev-dependencies]` only.

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm,
    Ed25519KeyPair, KeyPair as _,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::FutureExt as _;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Map, Value, json};

use crate::authn::credential::Token;
use crate::clock::Clock;
use crate::jwt::{Jwt, Key, MacAlgorithm, SignatureAlgorithm};
pub use crate::limit::{TestCaller, TestLimiter};
use crate::output::Viewer;
use crate::security::Security;

/// `iss` of a [`TestIssuer`]'s tokens.
pub const ISSUER: &str = "https://issuer.test";
/// `aud` of a [`TestIssuer`]'s tokens.
pub const AUDIENCE: &str = "https://api.test";

/// An issuer with a fresh key, and the verifier that trusts it.
pub struct TestIssuer {
    signing: EncodingKey,
    algorithm: Algorithm,
    verifying: Verifying,
    clock: Clock,
}

enum Verifying {
    Secret(MacAlgorithm, Vec<u8>),
    Public(SignatureAlgorithm, String),
}

impl Default for TestIssuer {
    fn default() -> Self {
        Self::new(SignatureAlgorithm::Es256)
    }
}

impl TestIssuer {
    /// An issuer with a fresh key pair.
    ///
    /// # Panics
    ///
    /// If the system's random numbers fail.
    #[must_use]
    #[allow(clippy::expect_used, reason = "for tests, where a panic is the report")]
    pub fn new(algorithm: SignatureAlgorithm) -> Self {
        let (signing, public, name) = match algorithm {
            SignatureAlgorithm::Es256 => ec(&ECDSA_P256_SHA256_FIXED_SIGNING, Algorithm::ES256),
            SignatureAlgorithm::Es384 => ec(&ECDSA_P384_SHA384_FIXED_SIGNING, Algorithm::ES384),
            SignatureAlgorithm::EdDsa => {
                let pair = Ed25519KeyPair::generate().expect("random numbers");
                let document = pair.to_pkcs8v1().expect("a fresh key serialises");
                let public = pair.public_key().as_der().expect("a fresh key serialises");
                let signing = EncodingKey::from_ed_der(document.as_ref());
                (signing, public.as_ref().to_vec(), Algorithm::EdDSA)
            }
            SignatureAlgorithm::Rs256 => rsa(Algorithm::RS256),
            SignatureAlgorithm::Rs384 => rsa(Algorithm::RS384),
            SignatureAlgorithm::Rs512 => rsa(Algorithm::RS512),
            SignatureAlgorithm::Ps256 => rsa(Algorithm::PS256),
            SignatureAlgorithm::Ps384 => rsa(Algorithm::PS384),
            SignatureAlgorithm::Ps512 => rsa(Algorithm::PS512),
        };
        Self {
            signing,
            algorithm: name,
            verifying: Verifying::Public(algorithm, pem::encode(&pem::Pem::new("PUBLIC KEY", public))),
            clock: Clock::default(),
        }
    }

    /// An issuer with a fresh shared secret.
    ///
    /// # Panics
    ///
    /// If the system's random numbers fail.
    #[must_use]
    #[allow(clippy::expect_used, reason = "for tests, where a panic is the report")]
    pub fn with_secret(algorithm: MacAlgorithm) -> Self {
        let mut secret = vec![0; algorithm.min_secret()];
        aws_lc_rs::rand::fill(&mut secret).expect("random numbers");
        Self {
            signing: EncodingKey::from_secret(&secret),
            algorithm: match algorithm {
                MacAlgorithm::Hs256 => Algorithm::HS256,
                MacAlgorithm::Hs384 => Algorithm::HS384,
                MacAlgorithm::Hs512 => Algorithm::HS512,
            },
            verifying: Verifying::Secret(algorithm, secret),
            clock: Clock::default(),
        }
    }

    /// The same issuer, by another clock.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The key that verifies this issuer's tokens.
    #[must_use]
    pub fn key(&self) -> Key {
        match &self.verifying {
            Verifying::Secret(algorithm, secret) => Key::secret(*algorithm, secret.as_slice()),
            Verifying::Public(algorithm, pem) => Key::public_pem(*algorithm, pem.as_bytes()),
        }
    }

    /// The public key in PEM, or nothing where there is a secret.
    #[must_use]
    pub fn public_pem(&self) -> Option<&str> {
        match &self.verifying {
            Verifying::Secret(..) => None,
            Verifying::Public(_, pem) => Some(pem),
        }
    }

    /// A verifier for this issuer's tokens.
    #[must_use]
    pub fn jwt(&self) -> Jwt {
        Jwt::issuer(ISSUER).audience(AUDIENCE).key(self.key())
    }

    /// A token for this subject, valid for ten minutes, as RFC 9068 has it.
    pub fn token(&self, subject: &str) -> TestToken<'_> {
        let now = self.clock.unix_seconds().floor();
        let claims = json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": subject, "client_id": "test-client",
            "iat": now, "exp": now + 600.0, "jti": format!("{:?}", std::time::Instant::now()),
        });
        let header = json!({ "typ": "at+jwt", "alg": format!("{:?}", self.algorithm) });
        TestToken {
            issuer: self,
            header: object(header),
            claims: object(claims),
        }
    }

    /// A compact serialization of exactly these texts, signed.
    ///
    /// # Panics
    ///
    /// If signing fails.
    #[must_use]
    #[allow(clippy::expect_used, reason = "for tests, where a panic is the report")]
    pub fn sign_raw(&self, header: &str, claims: &str) -> String {
        // Feature unification may bring a second provider, and then jsonwebtoken wants to be told.
        let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
        let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.signing, self.algorithm);
        format!("{message}.{}", signature.expect("our own key signs"))
    }
}

impl std::fmt::Debug for TestIssuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TestIssuer")
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

/// A token before it is signed.
#[derive(Clone, Debug)]
#[must_use = "it is no token before it is signed"]
pub struct TestToken<'i> {
    issuer: &'i TestIssuer,
    header: Map<String, Value>,
    claims: Map<String, Value>,
}

impl TestToken<'_> {
    /// With these scopes, separated by spaces.
    pub fn scope(self, scope: &str) -> Self {
        self.claim("scope", scope)
    }

    /// With these roles.
    pub fn roles(self, roles: &[&str]) -> Self {
        self.claim("roles", roles)
    }

    /// Of this tenant.
    pub fn tenant(self, tenant: &str) -> Self {
        self.claim("tenant", tenant)
    }

    /// With `exp` so many seconds from now; negative for a token that has expired.
    pub fn expires_in(self, seconds: i32) -> Self {
        let exp = self.issuer.clock.unix_seconds().floor() + f64::from(seconds);
        self.claim("exp", exp)
    }

    /// With this claim, whatever it was before.
    pub fn claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.claims.insert(name.to_owned(), value.into());
        self
    }

    /// Without this claim.
    pub fn without(mut self, name: &str) -> Self {
        self.claims.remove(name);
        self
    }

    /// With this header member, whatever it was before; `null` removes it.
    pub fn header(mut self, name: &str, value: impl Into<Value>) -> Self {
        match value.into() {
            Value::Null => self.header.remove(name),
            value => self.header.insert(name.to_owned(), value),
        };
        self
    }

    /// The claims so far, as JSON.
    #[must_use]
    pub fn claims_json(&self) -> String {
        Value::Object(self.claims.clone()).to_string()
    }

    /// The token.
    #[must_use]
    pub fn sign(&self) -> String {
        self.issuer
            .sign_raw(&Value::Object(self.header.clone()).to_string(), &self.claims_json())
    }

    /// Who sends this token, as one who looks at outputs: for tests of what an [`Output`](crate::Output) shows.
    ///
    /// ```
    /// use secure_runtime::{Shown, output, testing::{TestIssuer, anybody}};
    ///
    /// #[output(owner = "user_id")]
    /// struct Profile {
    ///     #[expose]
    ///     user_id: String,
    ///     #[expose(owner)]
    ///     email: String,
    /// }
    ///
    /// # fn main() -> serde_json::Result<()> {
    /// let profile = Profile { user_id: "alice".into(), email: "alice@example.com".into() };
    /// let alice = TestIssuer::default().token("alice").viewer();
    /// assert!(serde_json::to_string(&Shown::new(&profile, &alice))?.contains("email"));
    /// assert!(!serde_json::to_string(&Shown::new(&profile, &anybody()))?.contains("email"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If the token is not a valid one of its issuer.
    #[must_use]
    #[allow(clippy::expect_used, reason = "for tests, where a panic is the report")]
    pub fn viewer(&self) -> Viewer {
        let security = Security::builder(self.issuer.jwt())
            .clock(self.issuer.clock.clone())
            .build();
        let security = security.expect("the issuer's own security");
        let token = self.sign();
        let caller = security
            .0
            .authenticators
            .verify(Token::of(&token), self.issuer.clock.unix_seconds())
            .now_or_never();
        let caller = caller.expect("the key is here").expect("a valid token");
        Viewer::of(Some(caller), None, None)
    }
}

/// One who looks at outputs, and of whom nothing is known.
#[must_use]
pub fn anybody() -> Viewer {
    Viewer::of(None, None, None)
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

#[allow(clippy::expect_used, reason = "for tests, where a panic is the report")]
fn ec(curve: &'static EcdsaSigningAlgorithm, algorithm: Algorithm) -> (EncodingKey, Vec<u8>, Algorithm) {
    let pair = EcdsaKeyPair::generate(curve).expect("random numbers");
    let document = pair.to_pkcs8v1().expect("a fresh key serialises");
    let public = pair.public_key().as_der().expect("a fresh key serialises");
    (
        EncodingKey::from_ec_der(document.as_ref()),
        public.as_ref().to_vec(),
        algorithm,
    )
}

#[allow(clippy::expect_used, reason = "for tests, where a panic is the report")]
fn rsa(algorithm: Algorithm) -> (EncodingKey, Vec<u8>, Algorithm) {
    let pair = aws_lc_rs::rsa::KeyPair::generate(KeySize::Rsa2048).expect("random numbers");
    let private: Pkcs8V1Der<'_> = pair.as_der().expect("a fresh key serialises");
    let public: PublicKeyX509Der<'_> = pair.public_key().as_der().expect("a fresh key serialises");
    // jsonwebtoken takes PKCS#1 or PKCS#8 through PEM only.
    let private = pem::encode(&pem::Pem::new("PRIVATE KEY", private.as_ref()));
    let signing = EncodingKey::from_rsa_pem(private.as_bytes()).expect("a fresh key reads back");
    (signing, public.as_ref().to_vec(), algorithm)
}
