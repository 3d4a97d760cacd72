use std::sync::OnceLock;

use jsonwebtoken::EncodingKey;
use secure_runtime::jwt::{Jwt, Key, MacAlgorithm, SignatureAlgorithm};
use secure_runtime::testing::TestIssuer;
use serde_json::json;

/// `iss` of the tokens.
pub const ISSUER: &str = "https://auth.example.com/";
/// `aud` of the tokens.
pub const AUDIENCE: &str = "https://api.example.com";
/// `kid` of the tokens.
pub const KEY_ID: &str = "key-2026-01";
/// The scopes of a token; the endpoint asks for the third.
pub const SCOPES: &str = "openid profile read:profile write:profile read:orders";
/// The secret of HS256.
pub const SECRET: &[u8; 32] = b"a secret that only benches share";

/// By what tokens are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    /// A shared secret, SHA-256.
    Hs256,
    /// P-256 and SHA-256.
    Es256,
    /// RSA of 2048 bits, PKCS #1, SHA-256.
    Rs256,
    /// Ed25519.
    EdDsa,
}

impl Signing {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Hs256, Self::Es256, Self::Rs256, Self::EdDsa];

    /// As a token's header has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
            Self::EdDsa => "EdDSA",
        }
    }

    const fn pair(self) -> Option<SignatureAlgorithm> {
        match self {
            Self::Hs256 => None,
            Self::Es256 => Some(SignatureAlgorithm::Es256),
            Self::Rs256 => Some(SignatureAlgorithm::Rs256),
            Self::EdDsa => Some(SignatureAlgorithm::EdDsa),
        }
    }
}

/// Who signs the tokens of a scenario.
#[derive(Debug)]
pub struct Issuer {
    signing: Signing,
    /// None with a shared secret.
    pair: Option<TestIssuer>,
}

impl Issuer {
    /// An issuer with a fresh key pair, or with [`SECRET`].
    #[must_use]
    pub fn new(signing: Signing) -> Self {
        Self {
            signing,
            pair: signing.pair().map(TestIssuer::new),
        }
    }

    /// The one of all scenarios with this algorithm.
    #[must_use]
    pub fn shared(signing: Signing) -> &'static Self {
        static SHARED: [OnceLock<Issuer>; 4] = [const { OnceLock::new() }; 4];
        SHARED[signing as usize].get_or_init(|| Self::new(signing))
    }

    /// By what it signs.
    #[must_use]
    pub const fn signing(&self) -> Signing {
        self.signing
    }

    /// What verifies its tokens, for others; with the secret there is none.
    #[must_use]
    pub fn public_pem(&self) -> Option<&str> {
        self.pair.as_ref()?.public_pem()
    }

    /// What verifies its tokens, for us.
    #[must_use]
    pub fn jwt(&self) -> Jwt {
        let key = match &self.pair {
            None => Key::secret(MacAlgorithm::Hs256, SECRET.as_slice()),
            Some(pair) => pair.key(),
        };
        Jwt::issuer(ISSUER).audience(AUDIENCE).key(key.with_id(KEY_ID))
    }

    /// A user's token, good for an hour, about as long as those of real providers.
    ///
    /// # Panics
    ///
    /// If signing fails.
    #[must_use]
    #[allow(clippy::expect_used, reason = "a bench that cannot sign measures nothing")]
    pub fn token(&self, user: &str) -> String {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let now = now.expect("a clock after 1970").as_secs();
        let claims = json!({
            "iss": ISSUER, "sub": user, "aud": AUDIENCE, "exp": now + 3600, "iat": now,
            "jti": format!("4f1c9a52e07b4d3d8e6f{user:.12}"), "scope": SCOPES, "client_id": "web-spa-01",
        });
        let header = json!({ "typ": "at+jwt", "alg": self.signing.name(), "kid": KEY_ID });
        match &self.pair {
            Some(pair) => pair.sign_raw(&header.to_string(), &claims.to_string()),
            None => {
                let header: jsonwebtoken::Header = serde_json::from_value(header).expect("a header");
                let key = EncodingKey::from_secret(SECRET);
                jsonwebtoken::encode(&header, &claims, &key).expect("a token")
            }
        }
    }
}
