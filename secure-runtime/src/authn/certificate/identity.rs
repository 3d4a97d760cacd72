use x509_cert::Certificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::der::Decode as _;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::ext::pkix::name::{DirectoryString, GeneralName};
use x509_cert::ext::pkix::{ExtendedKeyUsage, SubjectAltName};

/// `id-at-commonName` (RFC 5280 §A.1).
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");

/// `id-kp-clientAuth` (RFC 5280 §4.2.1.12).
const CLIENT_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.2");

/// The longest name that is taken, in bytes.
const MAX_NAME: usize = 256;

/// Which name of a certificate says who the client is. A certificate must have exactly one of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Identity {
    /// A URI among the alternative names, as SPIFFE writes it: compared to the letter.
    SanUri,
    /// A DNS name among the alternative names: compared without case; one with a wildcard names nobody.
    SanDns,
    /// An e-mail address among the alternative names: compared to the letter.
    SanEmail,
    /// The common name of the subject: compared to the letter.
    ///
    /// # Security
    ///
    /// Constraints that a root puts on names do not hold for it. Trust roots that sign for your clients alone.
    SubjectCommonName,
}

/// A certificate whose chain is verified.
pub(super) struct Verified(Certificate);

impl Verified {
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        Certificate::from_der(der).ok().map(Self)
    }

    /// Is it for clients of TLS, by its own word? A verifier of chains takes one that says nothing for one that is for
    /// everything (RFC 5280 §4.2.1.12); so would be a certificate that was made for something else altogether.
    pub(super) fn is_for_clients(&self) -> bool {
        let usage = self.0.tbs_certificate().get_extension::<ExtendedKeyUsage>();
        matches!(usage, Ok(Some((_, usage))) if usage.0.contains(&CLIENT_AUTH))
    }

    /// In seconds since 1970.
    pub(super) fn expires_at(&self) -> f64 {
        let validity = self.0.tbs_certificate().validity();
        validity.not_after.to_unix_duration().as_secs_f64()
    }

    /// Who it names, if it names one of this kind and no more.
    pub(super) fn name(&self, identity: Identity) -> Option<String> {
        let certificate = self.0.tbs_certificate();
        let names: Vec<String> = match identity {
            Identity::SubjectCommonName => {
                let attributes = certificate.subject().iter();
                let common = attributes.filter(|attribute| attribute.oid == COMMON_NAME);
                common.map(text).collect::<Option<_>>()?
            }
            Identity::SanUri | Identity::SanDns | Identity::SanEmail => {
                let (_, names) = certificate.get_extension::<SubjectAltName>().ok()??;
                let names = names.0.iter().filter_map(|name| identity.alternative(name));
                names.map(str::to_owned).collect()
            }
        };
        let [name] = &names[..] else { return None };
        identity.normal(name)
    }
}

impl Identity {
    /// The name as it is compared, if it can name somebody.
    pub(super) fn normal(self, name: &str) -> Option<String> {
        let is_sound = !name.is_empty() && name.len() <= MAX_NAME && !name.contains(char::is_control);
        match self {
            _ if !is_sound => None,
            Self::SanDns => (!name.contains(['*', ' '])).then(|| name.to_ascii_lowercase()),
            Self::SanUri | Self::SanEmail => (!name.contains(' ')).then(|| name.to_owned()),
            Self::SubjectCommonName => Some(name.to_owned()),
        }
    }

    fn alternative(self, name: &GeneralName) -> Option<&str> {
        match (self, name) {
            (Self::SanUri, GeneralName::UniformResourceIdentifier(text))
            | (Self::SanDns, GeneralName::DnsName(text))
            | (Self::SanEmail, GeneralName::Rfc822Name(text)) => Some(text.as_str()),
            _ => None,
        }
    }
}

fn text(attribute: &AttributeTypeAndValue) -> Option<String> {
    let text = attribute.value.decode_as::<DirectoryString>().ok()?;
    Some(text.value().into_owned())
}
