//! Stands in for an identity provider, so that the example runs by itself: a key pair in a file, and tokens signed with
//! it. The API itself sees the public half only, as it would with a real provider.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use secure_runtime::jwt::{Key, SignatureAlgorithm};
use serde_json::json;

use crate::secret_file;

/// How long a token is valid, in seconds.
const LIFETIME: u64 = 3600;

/// A user as the provider knows it: name, organisation, roles.
pub const USERS: [(&str, &str, &[&str]); 4] = [
    ("alice", "acme", &["employee"]),
    ("bob", "globex", &["manager"]),
    ("vera", "acme", &["vice-president"]),
    ("admin", "acme", &["employee"]),
];

/// The provider: its key pair.
pub struct IdentityProvider {
    private_key: String,
    public_key: String,
}

impl IdentityProvider {
    /// Reads the key pair from `directory`, and at the first run writes one there, readable for its owner only. The public half is
    /// written beside it, for who verifies.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or written, or holds no key.
    pub fn open(directory: &Path) -> io::Result<Self> {
        let path = directory.join("identity-provider.pem");
        let private_key = secret_file::read_or_make(&path, generate)?;
        let unreadable = |_| io::Error::other(format!("{} holds no P-256 key; delete it", path.display()));
        let document = pem::parse(&private_key).map_err(|error| io::Error::other(error.to_string()))?;
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.contents()).map_err(unreadable)?;
        let public = pair.public_key().as_der().map_err(io::Error::other)?;
        let public_key = pem::encode(&pem::Pem::new("PUBLIC KEY", public.as_ref()));
        fs::write(directory.join("identity-provider.pub.pem"), &public_key)?;
        Ok(Self {
            private_key,
            public_key,
        })
    }

    /// The public key, as the API is configured with it.
    #[must_use]
    pub fn key(&self) -> Key {
        Key::public_pem(SignatureAlgorithm::Es256, self.public_key.as_bytes())
    }

    /// A token for a user, with these scopes; `None` if there is no such user.
    ///
    /// # Errors
    ///
    /// If signing fails.
    pub fn token(&self, user: &str, scope: &str) -> Result<Option<String>, jsonwebtoken::errors::Error> {
        let Some((_, organisation, roles)) = USERS.iter().find(|(name, ..)| *name == user) else {
            return Ok(None);
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let claims = json!({
            "iss": crate::ISSUER,
            "aud": crate::AUDIENCE,
            "sub": user,
            "client_id": "profile-app",
            "iat": now.as_secs(),
            "exp": now.as_secs() + LIFETIME,
            "jti": format!("{}-{user}", now.as_nanos()),
            "scope": scope,
            "roles": roles,
            "tenant": organisation,
        });
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some("at+jwt".to_owned());
        let key = EncodingKey::from_ec_pem(self.private_key.as_bytes())?;
        jsonwebtoken::encode(&header, &claims, &key).map(Some)
    }
}

fn generate() -> io::Result<String> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(io::Error::other)?;
    let document = pair.to_pkcs8v1().map_err(io::Error::other)?;
    Ok(pem::encode(&pem::Pem::new("PRIVATE KEY", document.as_ref())))
}
