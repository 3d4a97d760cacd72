use std::fmt;
use std::sync::Arc;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The certificate of the client at the other end of the TLS connection, as an extension of the request.
///
/// What ends TLS puts it there, for each request of the connection. Cheap to clone.
///
/// ```
/// use axum::http::Request;
/// use secure_runtime::certificate::ClientCertificate;
///
/// # let (leaf, intermediate) = (vec![0x30], vec![0x30]);
/// let certificate = ClientCertificate::new(leaf).with_intermediates([intermediate]);
/// let request = Request::builder().extension(certificate).body(())?;
/// # Ok::<_, axum::http::Error>(())
/// ```
///
/// # Security
///
/// Only the certificate of a handshake that is complete may be put there: the handshake proves that the client has the key.
/// That its chain leads to a root that you trust is checked here again, where it is taken for an identity
/// (`ClientCertificates`); where a token is bound to it, the token vouches for it.
#[derive(Clone)]
pub struct ClientCertificate(Arc<Chain>);

#[derive(Clone)]
struct Chain {
    leaf: Vec<u8>,
    intermediates: Vec<Vec<u8>>,
    thumbprint: String,
}

impl ClientCertificate {
    /// The client's own certificate, in DER.
    #[must_use]
    pub fn new(leaf: impl Into<Vec<u8>>) -> Self {
        let leaf = leaf.into();
        let thumbprint = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, &leaf));
        Self(Arc::new(Chain {
            leaf,
            intermediates: Vec::new(),
            thumbprint,
        }))
    }

    /// The certificates that the client sent along, in DER, without its own.
    #[must_use]
    pub fn with_intermediates(mut self, intermediates: impl IntoIterator<Item = impl Into<Vec<u8>>>) -> Self {
        Arc::make_mut(&mut self.0).intermediates = intermediates.into_iter().map(Into::into).collect();
        self
    }

    /// The client's own certificate, in DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.0.leaf
    }

    /// The certificates that came with it, in DER.
    pub fn intermediates(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.0.intermediates.iter().map(Vec::as_slice)
    }

    /// Its SHA-256 thumbprint in base64url, as in `cnf["x5t#S256"]` (RFC 8705 §3.1).
    #[must_use]
    pub fn thumbprint(&self) -> &str {
        &self.0.thumbprint
    }
}

/// Shows the thumbprint.
impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ClientCertificate").field(&self.0.thumbprint).finish()
    }
}

/// Is a token with this `cnf["x5t#S256"]` sent by the client that it is bound to? One that is bound to no certificate passes.
///
/// # Errors
///
/// The description of a 401 `invalid_token` (RFC 8705 §3).
pub(crate) fn check_binding(
    thumbprint: Option<&str>,
    certificate: Option<&ClientCertificate>,
) -> Result<(), &'static str> {
    match (thumbprint, certificate) {
        (None, _) => Ok(()),
        (Some(_), None) => Err("the access token is bound to a client certificate, and there is none"),
        (Some(bound), Some(certificate)) if bound == certificate.thumbprint() => Ok(()),
        (Some(_), Some(_)) => Err("the access token is bound to another client certificate"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m1_the_thumbprint_is_the_hash_of_the_leaf() {
        // SHA-256 of "abc", FIPS 180-4.
        let certificate = ClientCertificate::new(*b"abc").with_intermediates([*b"def"]);
        assert_eq!(certificate.thumbprint(), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
        assert_eq!(certificate.thumbprint(), ClientCertificate::new(*b"abc").thumbprint());
        assert_eq!(certificate.intermediates().collect::<Vec<_>>(), [b"def"]);
    }

    #[test]
    fn m1_a_bound_token_comes_with_its_certificate() {
        let (ours, other) = (ClientCertificate::new(*b"abc"), ClientCertificate::new(*b"abd"));
        let bound = Some(ours.thumbprint());
        assert!(check_binding(bound, Some(&ours)).is_ok());
        assert!(check_binding(None, None).is_ok() && check_binding(None, Some(&ours)).is_ok());
        assert!(check_binding(bound, Some(&other)).is_err() && check_binding(bound, None).is_err());
        for near in [
            "",
            "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0=",
            "UNGWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0",
        ] {
            assert!(check_binding(Some(near), Some(&ours)).is_err(), "{near}");
        }
        // Behind another leaf, the right certificate is no proof of its key.
        let carried = ClientCertificate::new(*b"abd").with_intermediates([*b"abc"]);
        assert!(check_binding(bound, Some(&carried)).is_err());
    }
}
