use std::fmt;

use aws_lc_rs::hmac;
use aws_lc_rs::signature::ParsedPublicKey;
use jsonwebtoken::DecodingKey;

use super::algorithm::{Family, MacAlgorithm, SignatureAlgorithm};

/// A key, with the one algorithm that it may be used for. It is parsed and checked when the application is built.
///
/// `Debug` shows the algorithm and the id, never the key.
pub struct Key {
    id: Option<String>,
    material: Material,
}

enum Material {
    Secret(MacAlgorithm, Vec<u8>),
    Public(SignatureAlgorithm, Vec<u8>),
}

impl Key {
    /// A shared secret. It needs as many random bytes as the hash has: 32, 48 or 64 (RFC 7518 §3.2).
    #[must_use]
    pub fn secret(algorithm: MacAlgorithm, secret: impl Into<Vec<u8>>) -> Self {
        Self {
            id: None,
            material: Material::Secret(algorithm, secret.into()),
        }
    }

    /// A public key in PEM. RSA needs 2048 bits or more.
    #[must_use]
    pub fn public_pem(algorithm: SignatureAlgorithm, pem: impl Into<Vec<u8>>) -> Self {
        Self {
            id: None,
            material: Material::Public(algorithm, pem.into()),
        }
    }

    /// The key's id: a token that names a `kid` is verified with the key of that id, or with one that has none.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    pub(super) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    fn algorithm(&self) -> &'static str {
        match &self.material {
            Material::Secret(algorithm, _) => algorithm.name(),
            Material::Public(algorithm, _) => algorithm.name(),
        }
    }

    /// The parsed key, or the fault and what to do about it.
    pub(super) fn prepare(self) -> Result<PreparedKey, (String, String)> {
        let name = self.algorithm();
        let material = match self.material {
            Material::Secret(algorithm, secret) => {
                let (has, needs) = (secret.len(), algorithm.min_secret());
                if has < needs {
                    return Err((
                        format!("the {name} secret has {has} bytes, and {name} needs {needs} or more"),
                        format!("generate one, as with `openssl rand -base64 {needs}`"),
                    ));
                }
                Prepared::Mac(Box::new(hmac::Key::new(algorithm.implementation(), &secret)))
            }
            Material::Public(algorithm, pem) => Prepared::Public(parse_public(algorithm, &pem)?),
        };
        Ok(PreparedKey {
            id: self.id,
            algorithm: name,
            material,
        })
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("algorithm", &self.algorithm())
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

fn parse_public(algorithm: SignatureAlgorithm, pem: &[u8]) -> Result<ParsedPublicKey, (String, String)> {
    let name = algorithm.name();
    let (kind, generate) = match algorithm.family() {
        Family::Rsa => ("an RSA", "openssl rsa -pubout"),
        Family::Ec if algorithm == SignatureAlgorithm::Es256 => ("a P-256", "openssl ec -pubout"),
        Family::Ec => ("a P-384", "openssl ec -pubout"),
        Family::Ed => ("an Ed25519", "openssl pkey -pubout"),
    };
    let unreadable = || {
        (
            format!("this is not {kind} public key in PEM, which {name} needs"),
            format!("give the public half, from `-----BEGIN PUBLIC KEY-----` on, as `{generate}` prints it"),
        )
    };
    let decoded = match algorithm.family() {
        Family::Rsa => DecodingKey::from_rsa_pem(pem),
        Family::Ec => DecodingKey::from_ec_pem(pem),
        Family::Ed => DecodingKey::from_ed_pem(pem),
    }
    .map_err(|_| unreadable())?;
    let bytes = decoded.try_get_as_bytes().map_err(|_| unreadable())?;
    if algorithm.family() == Family::Rsa {
        let key = aws_lc_rs::rsa::PublicKey::from_der(bytes).map_err(|_| unreadable())?;
        let modulus = key.modulus();
        let modulus = modulus.big_endian_without_leading_zero();
        let bits = modulus.len() * 8 - modulus.first().map_or(0, |byte| byte.leading_zeros() as usize);
        if bits < 2048 {
            return Err((
                format!("the RSA key has {bits} bits, and {name} needs 2048 or more"),
                "generate a longer one, as with `openssl genrsa 3072`".to_owned(),
            ));
        }
    }
    // For the curves this also checks that the point lies on them.
    ParsedPublicKey::new(algorithm.implementation(), bytes).map_err(|_| unreadable())
}

/// A key that is ready for use.
pub(crate) struct PreparedKey {
    pub(in crate::authn) id: Option<String>,
    pub(in crate::authn) algorithm: &'static str,
    material: Prepared,
}

enum Prepared {
    Mac(Box<hmac::Key>),
    Public(ParsedPublicKey),
}

impl PreparedKey {
    /// A key that came as JSON.
    pub(in crate::authn) fn of(id: Option<String>, algorithm: SignatureAlgorithm, key: ParsedPublicKey) -> Self {
        Self {
            id,
            algorithm: algorithm.name(),
            material: Prepared::Public(key),
        }
    }

    /// MACs are compared in constant time.
    pub(in crate::authn) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.material {
            Prepared::Mac(key) => hmac::verify(key, message, signature).is_ok(),
            Prepared::Public(key) => key.verify_sig(message, signature).is_ok(),
        }
    }
}
