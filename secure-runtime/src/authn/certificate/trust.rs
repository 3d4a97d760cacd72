use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, CertificateRevocationListDer, TrustAnchor, UnixTime};
use webpki::{
    ALL_VERIFICATION_ALGS, BorrowedCertRevocationList, CertRevocationList, EndEntityCert, ExpirationPolicy, KeyUsage,
    RevocationOptionsBuilder, anchor_from_trusted_cert,
};

use super::identity::Verified;
use super::{ClientCertificate, Identity};
use crate::authn::quotable;
use crate::startup::Fault;

/// Clients that are known by their certificates alone, without a token.
///
/// Whom to trust, under which name, and which name of a certificate counts are asked for before anything else; then each client
/// with its scopes. A client that is not named is refused, whoever signed for it.
///
/// ```
/// use secure_runtime::certificate::{ClientCertificates, Identity};
///
/// # let roots = String::new();
/// let partners = ClientCertificates::trust("partners", roots)
///     .identity(Identity::SanUri)
///     .client("spiffe://partner.example/billing", ["read:invoices"]);
/// ```
///
/// Such a caller is a client and never a user: its [`issuer`](crate::Principal::issuer) is `urn:secure:certificate:` and the
/// trust's name, and it owns nothing that belongs to a user.
///
/// # Security
///
/// Before any name is looked at, the chain must lead to one of the roots, each certificate must be valid now, and the client's
/// own must be for TLS clients: the extended key usage `clientAuth` must be there.
pub struct ClientCertificates {
    name: String,
    roots: Vec<u8>,
    crls: Vec<Vec<u8>>,
    identity: Identity,
    clients: Vec<(String, Vec<String>)>,
}

/// Roots that do not say yet which name of a certificate counts. See [`ClientCertificates::trust`].
pub struct Trust {
    name: String,
    roots: Vec<u8>,
}

impl Trust {
    /// Which name of a certificate says who the client is.
    #[must_use]
    pub fn identity(self, identity: Identity) -> ClientCertificates {
        ClientCertificates {
            name: self.name,
            roots: self.roots,
            crls: Vec::new(),
            identity,
            clients: Vec::new(),
        }
    }
}

impl ClientCertificates {
    /// Roots that sign for clients, in PEM, under a name of yours: lower-case letters, digits and hyphens.
    #[must_use]
    pub fn trust(name: impl Into<String>, roots_pem: impl Into<Vec<u8>>) -> Trust {
        Trust {
            name: name.into(),
            roots: roots_pem.into(),
        }
    }

    /// A client, by its name in the certificate, and the scopes that it has.
    #[must_use]
    pub fn client(mut self, identity: impl Into<String>, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.clients
            .push((identity.into(), scopes.into_iter().map(Into::into).collect()));
        self
    }

    /// Lists of revoked certificates, in PEM; call it again for more. They are read at start-up.
    ///
    /// # Security
    ///
    /// With a list, each certificate of a chain must be covered by one that has not expired, or it is refused.
    #[must_use]
    pub fn crls(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.crls.push(pem.into());
        self
    }

    /// The roots, parsed; every fault goes to `faults`.
    pub(crate) fn prepare(self, faults: &mut Vec<Fault>) -> Option<CertificateVerifier> {
        let place = format!("ClientCertificates::trust({:?})", self.name);
        let before = faults.len();
        let mut fault = |fault: &str, help: &str| faults.push(Fault::new(&place, fault, help));
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if self.name.is_empty() || self.name.len() > 64 || !self.name.bytes().all(plain) {
            fault(
                "the name of the trust is empty, too long or has other signs",
                "use up to 64 lower-case letters, digits and hyphens",
            );
        }
        let roots = anchors(&self.roots);
        if roots.is_none() {
            fault(
                "the roots are not certificates in PEM",
                "give one or more, each from `-----BEGIN CERTIFICATE-----` on",
            );
        }
        let crls: Option<Vec<_>> = self.crls.iter().map(|pem| revocations(pem)).collect();
        if crls.is_none() {
            fault(
                "a list of revoked certificates cannot be read",
                "give it in PEM, from `-----BEGIN X509 CRL-----` on",
            );
        }
        if self.clients.is_empty() {
            fault(
                "there is no client, so everybody would be refused",
                "name one with `.client(…)`",
            );
        }
        let mut clients = HashMap::new();
        for (name, scopes) in self.clients {
            let Some(identity) = self.identity.normal(&name) else {
                fault(
                    &format!("{name:?} is not a name that a certificate can have"),
                    "correct it",
                );
                continue;
            };
            let is_scope = |scope: &String| !scope.is_empty() && quotable(scope) && !scope.contains(' ');
            if !scopes.iter().all(is_scope) {
                fault(
                    &format!("the client {name:?} has a scope that is none"),
                    "write each by itself",
                );
            }
            if clients.insert(identity, scopes.join(" ").into_boxed_str()).is_some() {
                fault(
                    &format!("the client {name:?} stands twice"),
                    "name it once, with all its scopes",
                );
            }
        }
        (faults.len() == before).then_some(CertificateVerifier {
            issuer: format!("urn:secure:certificate:{}", self.name).into(),
            roots: roots?,
            crls: crls?.into_iter().flatten().collect(),
            identity: self.identity,
            clients,
        })
    }
}

impl fmt::Debug for ClientCertificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCertificates")
            .field("name", &self.name)
            .field("identity", &self.identity)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trust")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// What certificates are checked against. See [`ClientCertificates`].
pub(crate) struct CertificateVerifier {
    issuer: Arc<str>,
    roots: Vec<TrustAnchor<'static>>,
    crls: Vec<CertRevocationList<'static>>,
    identity: Identity,
    clients: HashMap<String, Box<str>>,
}

/// A client whose certificate was verified.
#[derive(Debug)]
pub(crate) struct CertifiedClient<'v> {
    pub(crate) issuer: &'v Arc<str>,
    /// The subject, and the client's id as well.
    pub(crate) name: String,
    /// Space-delimited.
    pub(crate) scope: &'v str,
    /// When the certificate expires, in seconds since 1970.
    pub(crate) expires_at: f64,
}

impl CertificateVerifier {
    /// Who the client is. The chain comes first: until it is verified, all of the certificate is the client's own word.
    ///
    /// # Errors
    ///
    /// The description of a 401.
    pub(crate) fn identify(
        &self,
        certificate: &ClientCertificate,
        now: f64,
    ) -> Result<CertifiedClient<'_>, &'static str> {
        const UNTRUSTED: &str = "the client certificate is not trusted";
        let verified = self.verify(certificate, now).ok_or(UNTRUSTED)?;
        let name = verified.name(self.identity).ok_or(UNTRUSTED)?;
        let scope = self.clients.get(&name).ok_or(UNTRUSTED)?;
        Ok(CertifiedClient {
            issuer: &self.issuer,
            name,
            scope,
            expires_at: verified.expires_at(),
        })
    }

    fn verify(&self, certificate: &ClientCertificate, now: f64) -> Option<Verified> {
        self.check_chain(certificate, now)?;
        Verified::read(certificate.der()).filter(Verified::is_for_clients)
    }

    fn check_chain(&self, certificate: &ClientCertificate, now: f64) -> Option<()> {
        let now = UnixTime::since_unix_epoch(Duration::try_from_secs_f64(now).ok()?);
        let leaf = CertificateDer::from(certificate.der());
        let leaf = EndEntityCert::try_from(&leaf).ok()?;
        let intermediates: Vec<_> = certificate.intermediates().map(CertificateDer::from).collect();
        let crls: Vec<_> = self.crls.iter().collect();
        // Without lists there is nothing to look up; with them, what none of them covers is refused.
        let revocation = RevocationOptionsBuilder::new(&crls).ok();
        let revocation = revocation.map(|options| options.with_expiration_policy(ExpirationPolicy::Enforce).build());
        let usage = KeyUsage::client_auth();
        leaf.verify_for_usage(
            ALL_VERIFICATION_ALGS,
            &self.roots,
            &intermediates,
            now,
            usage,
            revocation,
            None,
        )
        .ok()
        .map(|_| ())
    }
}

/// All of them, and at least one.
fn anchors(pem: &[u8]) -> Option<Vec<TrustAnchor<'static>>> {
    let roots: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .map(|der| Some(anchor_from_trusted_cert(&der.ok()?).ok()?.to_owned()))
        .collect::<Option<_>>()?;
    (!roots.is_empty()).then_some(roots)
}

/// All of them, and at least one.
fn revocations(pem: &[u8]) -> Option<Vec<CertRevocationList<'static>>> {
    let lists: Vec<_> = CertificateRevocationListDer::pem_slice_iter(pem)
        .map(|der| {
            Some(
                BorrowedCertRevocationList::from_der(&der.ok()?)
                    .ok()?
                    .to_owned()
                    .ok()?
                    .into(),
            )
        })
        .collect::<Option<_>>()?;
    (!lists.is_empty()).then_some(lists)
}
