#![cfg(feature = "mtls")]

mod authority;
mod chains;
mod forwarded;
mod names;

use authority::{Authority, client, uri};
use rcgen::SanType;

use super::trust::CertifiedClient;
use super::{CertificateVerifier, ClientCertificate, ClientCertificates, Identity};

/// 2026-01-15, for certificates of that January.
const NOW: f64 = 1_768_435_200.0;
const BILLING: &str = "spiffe://partner.test/billing";

fn trust(roots: &str) -> ClientCertificates {
    ClientCertificates::trust("partners", roots)
        .identity(Identity::SanUri)
        .client(BILLING, ["read:invoices", "write:invoices"])
}

fn verifier(certificates: ClientCertificates) -> CertificateVerifier {
    let mut faults = Vec::new();
    let verifier = certificates.prepare(&mut faults);
    verifier.unwrap_or_else(|| panic!("{faults:?}"))
}

fn names(client: Result<CertifiedClient<'_>, &'static str>) -> Option<String> {
    client.ok().map(|client| client.name)
}
