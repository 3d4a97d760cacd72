use axum::Router;
use axum::body::Bytes;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::routing::get;
use serde::Serialize;

use super::address;
use crate::startup::Fault;

/// What this API tells clients of itself: where its tokens come from, and which ways of sending them it takes (RFC 9728).
///
/// It is served under `/.well-known/oauth-protected-resource`, for anybody, and every challenge names it
/// (`resource_metadata`, RFC 9728 §5.1). The authorization servers and the scopes are those of the application.
///
/// ```
/// use secure_runtime::ResourceMetadata;
///
/// let metadata = ResourceMetadata::of("https://api.example.com/v1").name("Orders");
/// // served at https://api.example.com/.well-known/oauth-protected-resource/v1
/// ```
#[derive(Clone, Debug)]
pub struct ResourceMetadata {
    resource: String,
    name: Option<String>,
    documentation: Option<String>,
}

/// What the application knows of itself.
#[derive(Default)]
pub(crate) struct Facts {
    pub(crate) issuers: Vec<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) tokens: bool,
    pub(crate) dpop_algorithms: Vec<String>,
    pub(crate) certificates: bool,
}

/// RFC 9728 §2. What is empty is left out (§3.2).
#[derive(Serialize)]
struct Document<'m> {
    resource: &'m str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    authorization_servers: &'m [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    scopes_supported: &'m [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    bearer_methods_supported: &'m [&'m str],
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_name: Option<&'m str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_documentation: Option<&'m str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    dpop_signing_alg_values_supported: &'m [String],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    tls_client_certificate_bound_access_tokens: bool,
}

impl ResourceMetadata {
    /// Of the API that clients reach at this URL: `https` (or `http` on this machine), without a query and a fragment. It is the
    /// `resource` of the document, to the letter.
    #[must_use]
    pub fn of(resource: impl Into<String>) -> Self {
        Self {
            resource: resource.into(),
            name: None,
            documentation: None,
        }
    }

    /// What people call it (`resource_name`).
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The URL of its documentation (`resource_documentation`).
    #[must_use]
    pub fn documentation(mut self, url: impl Into<String>) -> Self {
        self.documentation = Some(url.into());
        self
    }

    /// The document and where it stands; every fault goes to `faults`.
    pub(crate) fn prepare(self, facts: &Facts, faults: &mut Vec<Fault>) -> Option<Served> {
        let place = format!("ResourceMetadata::of({:?})", self.resource);
        let uri = address::check(&self.resource)
            .map_err(|(fault, help)| faults.push(Fault::new(&place, format!("the resource {fault}"), help)))
            .ok()?;
        if let Some(url) = &self.documentation
            && let Err((fault, help)) = address::check(url)
        {
            faults.push(Fault::new(&place, format!("the documentation {fault}"), help));
            return None;
        }
        // RFC 9728 §3.1: the well-known part goes before the path, and a path that is only a slash is none.
        let (authority, path) = (uri.authority()?.as_str(), uri.path().as_str());
        let path = format!("{WELL_KNOWN}{}", if path == "/" { "" } else { path });
        let document = Document {
            resource: &self.resource,
            authorization_servers: &facts.issuers,
            scopes_supported: &facts.scopes,
            bearer_methods_supported: if facts.tokens { &["header"] } else { &[] },
            resource_name: self.name.as_deref(),
            resource_documentation: self.documentation.as_deref(),
            dpop_signing_alg_values_supported: &facts.dpop_algorithms,
            tls_client_certificate_bound_access_tokens: facts.certificates,
        };
        Some(Served {
            address: format!("{}://{authority}{path}", uri.scheme()),
            // Texts and lists of texts: nothing here could fail to serialise.
            document: serde_json::to_vec(&document).unwrap_or_default().into(),
            path,
        })
    }
}

const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

/// The document, ready to be served.
#[derive(Clone, Debug)]
pub(crate) struct Served {
    /// Where clients find it.
    pub(crate) address: String,
    pub(crate) path: String,
    document: Bytes,
}

impl Served {
    /// A route that anybody may read. It says nothing of callers, and may be kept for an hour.
    pub(crate) fn router<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        let document = self.document.clone();
        let headers = [
            (CONTENT_TYPE, "application/json"),
            (CACHE_CONTROL, "public, max-age=3600"),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ];
        Router::new().route(&self.path, get(async move || (headers, document)))
    }
}
