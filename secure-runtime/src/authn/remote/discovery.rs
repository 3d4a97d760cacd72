use std::borrow::Cow;

use serde::Deserialize;

use super::error::{RemoteError, What};
use super::fetch::{FetchFault, Fetcher};
use super::place::Place;
use crate::json::{self, not_null};

/// What an authorization server says of itself (RFC 8414 §2, OpenID Connect Discovery §3), as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) jwks_uri: Option<String>,
    pub(super) introspection_endpoint: Option<String>,
}

/// An issuer, by its identifier to the letter, and where it is.
#[derive(Clone, Debug)]
pub(super) struct Issuer {
    pub(super) id: String,
    pub(super) place: Place,
}

#[derive(Deserialize)]
struct Document<'d> {
    #[serde(borrow)]
    issuer: Cow<'d, str>,
    #[serde(default, deserialize_with = "not_null")]
    jwks_uri: Option<String>,
    #[serde(default, deserialize_with = "not_null")]
    introspection_endpoint: Option<String>,
}

/// Asks for an issuer's metadata at both well-known addresses, and takes the first that has any.
///
/// An address that is not served, or serves something else, has none. Metadata of another issuer is not passed over: it is
/// what an attacker would serve, or a configuration that is wrong (RFC 8414 §3.3). A server that does not answer is not
/// asked twice.
pub(super) async fn discover(fetcher: &Fetcher, issuer: &Issuer) -> Result<Metadata, RemoteError> {
    let [inserted, appended] = well_known(&issuer.place);
    let first = match ask(fetcher, issuer, &inserted).await? {
        Ok(metadata) => return Ok(metadata),
        Err(fault) => fault,
    };
    let second = ask(fetcher, issuer, &appended).await?;
    second.map_err(|second| RemoteError::NoMetadata(first, second))
}

async fn ask(fetcher: &Fetcher, issuer: &Issuer, place: &Place) -> Result<Result<Metadata, FetchFault>, RemoteError> {
    let fetched = match fetcher.get(place).await {
        Ok(fetched) => fetched,
        Err(
            fault @ (FetchFault::Unreachable(_) | FetchFault::Broken | FetchFault::TimedOut | FetchFault::TooLarge),
        ) => return Err(RemoteError::Fetch(What::Metadata, fault)),
        Err(fault) => return Ok(Err(fault)),
    };
    let document: Document<'_> = json::from_str(&fetched.body).map_err(|_| RemoteError::Malformed(What::Metadata))?;
    if document.issuer != issuer.id {
        let bare = |id: &str| id.strip_suffix('/').unwrap_or(id).to_owned();
        let by_slash = bare(&document.issuer) == bare(&issuer.id);
        return Err(RemoteError::OtherIssuer { by_slash });
    }
    Ok(Ok(Metadata {
        jwks_uri: document.jwks_uri,
        introspection_endpoint: document.introspection_endpoint,
    }))
}

/// RFC 8414 §3.1 inserts its part before the path; OpenID Connect Discovery §4.1 appends its own.
fn well_known(issuer: &Place) -> [Place; 2] {
    let path = issuer.url().path();
    let path = path.strip_suffix('/').unwrap_or(path);
    [
        issuer.with_path(&format!("/.well-known/oauth-authorization-server{path}")),
        issuer.with_path(&format!("{path}/.well-known/openid-configuration")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k2_the_one_is_inserted_and_the_other_appended() {
        for (issuer, inserted, appended) in [
            (
                "https://id.example.com",
                "https://id.example.com/.well-known/oauth-authorization-server",
                "https://id.example.com/.well-known/openid-configuration",
            ),
            (
                "https://id.example.com/",
                "https://id.example.com/.well-known/oauth-authorization-server",
                "https://id.example.com/.well-known/openid-configuration",
            ),
            (
                "https://id.example.com:8443/realms/shop",
                "https://id.example.com:8443/.well-known/oauth-authorization-server/realms/shop",
                "https://id.example.com:8443/realms/shop/.well-known/openid-configuration",
            ),
            (
                "https://id.example.com/a%20b/v2.0/",
                "https://id.example.com/.well-known/oauth-authorization-server/a%20b/v2.0",
                "https://id.example.com/a%20b/v2.0/.well-known/openid-configuration",
            ),
        ] {
            let places = well_known(&Place::of_issuer(issuer).unwrap());
            assert_eq!(places.map(|place| place.url().to_string()), [inserted, appended]);
        }
    }
}
