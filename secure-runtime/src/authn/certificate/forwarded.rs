use std::net::IpAddr;

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use sfv::{BareItem, Item, List, ListEntry, Parser};

use super::ClientCertificate;
use crate::address::Networks;
use crate::header_field::sole;
use crate::startup::Fault;

const CLIENT_CERT: HeaderName = HeaderName::from_static("client-cert");
const CLIENT_CERT_CHAIN: HeaderName = HeaderName::from_static("client-cert-chain");

/// The most certificates of a chain that are looked at, beside the client's own.
const MAX_CHAIN: usize = 10;

/// The header by which a proxy that ends TLS forwards the client's certificate (`Client-Cert`, RFC 9440).
///
/// It counts only where the connection comes from one of these networks; from anybody else it is ignored.
///
/// ```
/// use secure_runtime::certificate::ClientCertHeader;
///
/// let header = ClientCertHeader::from_proxies(["10.0.3.0/28", "fd00:3::/64"]);
/// ```
///
/// # Security
///
/// The proxy must remove the header from what its clients send (RFC 9440 §4). The network must hold the proxies alone: whoever
/// else can connect from there can claim any certificate.
#[derive(Clone, Debug)]
pub struct ClientCertHeader {
    networks: Vec<String>,
}

impl ClientCertHeader {
    /// The proxies: addresses, or networks in CIDR notation.
    #[must_use]
    pub fn from_proxies(networks: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            networks: networks.into_iter().map(Into::into).collect(),
        }
    }

    /// The networks, parsed; every fault goes to `faults`.
    pub(crate) fn prepare(self, faults: &mut Vec<Fault>) -> Option<TrustedPeers> {
        Networks::prepare("ClientCertHeader::from_proxies", &self.networks, faults).map(TrustedPeers)
    }
}

/// From whom the header counts. See [`ClientCertHeader`].
#[derive(Debug)]
pub(crate) struct TrustedPeers(Networks);

impl TrustedPeers {
    /// The client's certificate: of the connection, or as a trusted peer forwards it. `peer` is the address of the connection
    /// itself, and not one that a header names.
    ///
    /// # Errors
    ///
    /// The detail of a 400: what a trusted peer forwards cannot be read, or there is a certificate of the connection as well,
    /// and nothing says whose is whose.
    pub(crate) fn certificate(
        &self,
        parts: &Parts,
        peer: Option<IpAddr>,
    ) -> Result<Option<ClientCertificate>, &'static str> {
        let of_connection = parts.extensions.get::<ClientCertificate>();
        let is_sent = [CLIENT_CERT, CLIENT_CERT_CHAIN]
            .iter()
            .any(|name| parts.headers.contains_key(name));
        if !is_sent || !peer.is_some_and(|peer| self.0.contain(peer)) {
            return Ok(of_connection.cloned());
        }
        if of_connection.is_some() {
            return Err("the connection has a client certificate, and the header Client-Cert brings another");
        }
        let forwarded = read(&parts.headers).ok_or("the header Client-Cert is malformed")?;
        Ok(Some(forwarded))
    }
}

/// RFC 9440 §2.2 and §2.3: one byte sequence, and a list of them that does not come alone.
fn read(headers: &HeaderMap) -> Option<ClientCertificate> {
    let leaf = sole(headers, &CLIENT_CERT).ok()??;
    let leaf = Parser::new(leaf.as_bytes()).parse::<Item>().ok()?;
    let fields: Vec<_> = headers
        .get_all(CLIENT_CERT_CHAIN)
        .iter()
        .map(|field| field.as_bytes())
        .collect();
    let chain = Parser::new(&fields.join(&b", "[..])).parse::<List>().ok()?;
    if chain.len() > MAX_CHAIN {
        return None;
    }
    let chain: Option<Vec<_>> = chain.into_iter().map(bytes).collect();
    Some(ClientCertificate::new(bytes(ListEntry::Item(leaf))?).with_intermediates(chain?))
}

fn bytes(entry: ListEntry) -> Option<Vec<u8>> {
    match entry {
        ListEntry::Item(Item {
            bare_item: BareItem::ByteSequence(bytes),
            ..
        }) if !bytes.is_empty() => Some(bytes),
        _ => None,
    }
}
