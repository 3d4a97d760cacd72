use std::error::Error as _;
use std::fmt;
use std::io::{self, ErrorKind};
use std::time::Duration;

use axum::http::header::{ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use mime::Mime;
use reqwest::{Certificate, Client, Proxy, RequestBuilder, Response, redirect, retry};
use sfv::{BareItem, Dictionary, ListEntry, Parser};

use super::outbound::Outbound;
use super::place::Place;
use crate::header_field::sole;
use crate::startup::Fault;

/// The one HTTP client for authorization servers. It follows no redirect, keeps no cookie, repeats nothing, and takes an
/// answer only if it is 200, JSON, in time and not too large.
pub(super) struct Fetcher {
    client: Client,
    timeout: Duration,
    max_answer: usize,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Fetched {
    pub(super) body: String,
    /// How long it may be kept, if the server says so (RFC 9111 §5.2.2).
    pub(super) max_age: Option<Duration>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FetchFault {
    /// No connection, with what the system says of it.
    Unreachable(Option<ErrorKind>),
    /// The connection broke off.
    Broken,
    TimedOut,
    Redirect,
    Status(u16),
    MediaType,
    TooLarge,
    NotText,
}

impl Fetcher {
    /// Reads the certificates that the system trusts, and calls nobody. `None` if, and only if, there is a fault.
    pub(super) fn new(options: &Outbound, place: &str, faults: &mut Vec<Fault>) -> Option<Self> {
        let before = faults.len();
        options.check(place, faults);
        let mut builder = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .referer(false)
            .retry(retry::never())
            .pool_max_idle_per_host(8)
            .pool_idle_timeout(Duration::from_secs(30))
            .user_agent("secure-runtime");
        for (i, pem) in options.roots.iter().enumerate() {
            match Certificate::from_pem_bundle(pem) {
                Ok(certificates) if !certificates.is_empty() => builder = builder.tls_certs_merge(certificates),
                _ => faults.push(Fault::new(
                    place,
                    format!("certificate {} of the authorities to trust is none in PEM", i + 1),
                    "give what stands between `-----BEGIN CERTIFICATE-----` and `-----END CERTIFICATE-----`, with these lines",
                )),
            }
        }
        if let Some(proxy) = &options.proxy {
            match Proxy::https(proxy) {
                Ok(proxy) => builder = builder.proxy(proxy),
                Err(_) => faults.push(Fault::new(
                    place,
                    "the proxy is no URL",
                    "write it as `http://proxy.internal:3128`",
                )),
            }
        }
        let client = builder.build().map_err(|_| {
            faults.push(Fault::new(
                place,
                "there is no HTTP client: the certificates that the system trusts cannot be read, or one of those given",
                "install the system's certificates (`ca-certificates` in many distributions), and check those given",
            ));
        });
        (faults.len() == before).then_some(Self {
            client: client.ok()?,
            timeout: options.timeout,
            max_answer: options.max_answer,
        })
    }

    pub(super) async fn get(&self, place: &Place) -> Result<Fetched, FetchFault> {
        self.exchange(self.client.get(place.url().clone())).await
    }

    /// Sends a form (`application/x-www-form-urlencoded`).
    pub(super) async fn post(
        &self,
        place: &Place,
        authorization: Option<HeaderValue>,
        form: String,
    ) -> Result<Fetched, FetchFault> {
        let mut request = self.client.post(place.url().clone()).body(form).header(
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        if let Some(authorization) = authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        self.exchange(request).await
    }

    async fn exchange(&self, request: RequestBuilder) -> Result<Fetched, FetchFault> {
        let request = request.header(ACCEPT, HeaderValue::from_static("application/json"));
        let exchange = async {
            let response = request.send().await.map_err(|error| unreachable(&error))?;
            self.read(response).await
        };
        let in_time = tokio::time::timeout(self.timeout, exchange).await;
        in_time.unwrap_or(Err(FetchFault::TimedOut))
    }

    async fn read(&self, mut response: Response) -> Result<Fetched, FetchFault> {
        let status = response.status();
        if status.is_redirection() {
            return Err(FetchFault::Redirect);
        }
        if status != StatusCode::OK {
            return Err(FetchFault::Status(status.as_u16()));
        }
        if !is_json(response.headers()) {
            return Err(FetchFault::MediaType);
        }
        let max_age = max_age(response.headers());
        // What a server announces is not what it sends, so it is counted as it comes.
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| FetchFault::Broken)? {
            if body.len() + chunk.len() > self.max_answer {
                return Err(FetchFault::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let body = String::from_utf8(body).map_err(|_| FetchFault::NotText)?;
        Ok(Fetched { body, max_age })
    }
}

/// `application/json`, or a format that is built on it, as `application/jwk-set+json` (RFC 7517 §8.5.2).
fn is_json(headers: &HeaderMap) -> bool {
    let Ok(Some(field)) = sole(headers, &CONTENT_TYPE) else {
        return false;
    };
    let mime: Option<Mime> = field.to_str().ok().and_then(|text| text.parse().ok());
    mime.is_some_and(|mime| {
        mime.type_() == mime::APPLICATION && (mime.subtype() == mime::JSON || mime.suffix() == Some(mime::JSON))
    })
}

/// Cache directives have the form of a dictionary of RFC 9651; those that do not say nothing.
fn max_age(headers: &HeaderMap) -> Option<Duration> {
    let fields: Option<Vec<&str>> = headers.get_all(CACHE_CONTROL).iter().map(|f| f.to_str().ok()).collect();
    let directives: Dictionary = Parser::new(&fields?.join(",")).parse().ok()?;
    if ["no-store", "no-cache"]
        .iter()
        .any(|name| directives.get(*name).is_some())
    {
        return Some(Duration::ZERO);
    }
    let Some(ListEntry::Item(item)) = directives.get("max-age") else {
        return None;
    };
    let BareItem::Integer(seconds) = item.bare_item else {
        return None;
    };
    u64::try_from(i64::from(seconds)).ok().map(Duration::from_secs)
}

fn unreachable(error: &reqwest::Error) -> FetchFault {
    if !error.is_connect() {
        return FetchFault::Broken;
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return FetchFault::Unreachable(Some(innermost(error).kind()));
        }
        cause = error.source();
    }
    FetchFault::Unreachable(None)
}

/// The connector wraps errors of the system, and of TLS, in others of the same type.
fn innermost(mut error: &io::Error) -> &io::Error {
    while let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        error = inner;
    }
    error
}

impl fmt::Display for FetchFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // This is what rustls makes of a certificate that it does not take.
            Self::Unreachable(Some(ErrorKind::InvalidData)) => {
                f.write_str("no connection: TLS failed; is the certificate trusted, in time, and of this host?")
            }
            Self::Unreachable(Some(kind)) => write!(f, "no connection: {kind}"),
            Self::Unreachable(None) => f.write_str("no connection"),
            Self::Broken => f.write_str("the connection broke off, or the answer is no HTTP"),
            Self::TimedOut => f.write_str("no whole answer in time"),
            Self::Redirect => f.write_str("the answer is a redirect, and none is followed"),
            Self::Status(status) => write!(f, "the answer is {status}, and not 200"),
            Self::MediaType => f.write_str("the answer is not JSON by its media type"),
            Self::TooLarge => f.write_str("the answer is too large"),
            Self::NotText => f.write_str("the answer is not UTF-8"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, values: &[&'static str]) -> HeaderMap {
        let name = axum::http::HeaderName::from_static(name);
        let values = values
            .iter()
            .map(|value| (name.clone(), HeaderValue::from_static(value)));
        values.collect()
    }

    #[test]
    fn k3_only_json_is_json() {
        for fine in [
            "application/json",
            "application/json; charset=utf-8",
            "Application/JSON",
            "application/jwk-set+json",
        ] {
            assert!(is_json(&headers("content-type", &[fine])), "{fine}");
        }
        for other in [
            "text/html",
            "text/plain",
            "text/json",
            "application/jwt",
            "application/json5",
            "application/token-introspection+jwt",
            "json",
            "",
        ] {
            assert!(!is_json(&headers("content-type", &[other])), "{other}");
        }
        assert!(!is_json(&headers("content-type", &["application/json", "text/html"])));
        assert!(!is_json(&HeaderMap::new()));
    }

    #[test]
    fn k3_a_server_says_how_long_its_answer_is_good_for() {
        let of = |values: &[&'static str]| max_age(&headers("cache-control", values)).map(|age| age.as_secs());
        assert_eq!(of(&["max-age=3600"]), Some(3600));
        assert_eq!(
            of(&["public, max-age=21600, must-revalidate, no-transform"]),
            Some(21600)
        );
        assert_eq!(of(&["public", "max-age=60"]), Some(60));
        assert_eq!(of(&["no-store, max-age=60"]), Some(0));
        assert_eq!(of(&["no-cache"]), Some(0));
        for nothing in [
            "",
            "public",
            "max-age=\"60\"",
            "max-age=-1",
            "max-age=1e9",
            "max-age",
            "Max-Age=60",
            "s-maxage=60",
            "=,",
        ] {
            assert_eq!(of(&[nothing]), None, "{nothing}");
        }
    }
}
