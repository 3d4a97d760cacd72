use super::table::Table;
use crate::certificate::{ClientCertHeader, ClientCertificates, Identity};
use crate::security::SecurityBuilder;

const IDENTITIES: [(&str, Identity); 4] = [
    ("san-uri", Identity::SanUri),
    ("san-dns", Identity::SanDns),
    ("san-email", Identity::SanEmail),
    ("subject-common-name", Identity::SubjectCommonName),
];

/// `client_cert_header` and `[client_certificates]`.
pub(super) fn add(table: &mut Table<'_>, mut security: SecurityBuilder) -> SecurityBuilder {
    if let Some(mut header) = table.table("client_cert_header") {
        let place = header.place().to_string();
        if !header.has("proxies") {
            header.missing("proxies", "[\"10.0.3.0/28\"]");
        }
        let proxies = header.texts("proxies");
        header.finish();
        if let Some(proxies) = proxies {
            security = security.client_cert_header_at(ClientCertHeader::from_proxies(proxies), place);
        }
    }
    if let Some(certificates) = table.table("client_certificates") {
        let place = certificates.place().to_string();
        if let Some(certificates) = trust(certificates) {
            security = security.accept_at(certificates, place);
        }
    }
    security
}

fn trust(mut table: Table<'_>) -> Option<ClientCertificates> {
    let name = table.needed_text("name", "\"partners\"");
    let roots = table.needed_text("roots", "{ file = \"roots.pem\" }");
    if !table.has("identity") {
        table.missing("identity", "\"san-uri\"");
    }
    let identity = table.choice("identity", &IDENTITIES);
    let crls = table.texts("crls").unwrap_or_default();
    let clients: Vec<_> = table.tables("client").into_iter().map(client).collect();
    table.finish();
    let mut certificates = ClientCertificates::trust(name?, roots?).identity(identity?);
    for pem in crls {
        certificates = certificates.crls(pem);
    }
    for (name, scopes) in clients.into_iter().collect::<Option<Vec<_>>>()? {
        certificates = certificates.client(name, scopes);
    }
    Some(certificates)
}

/// `[[client_certificates.client]]`.
fn client(mut table: Table<'_>) -> Option<(String, Vec<String>)> {
    let name = table.needed_text("name", "\"spiffe://partner.example/billing\"");
    let scopes = table.texts("scopes").unwrap_or_default();
    table.finish();
    Some((name?, scopes))
}
