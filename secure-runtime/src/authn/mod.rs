//! Who is calling: from the request's one credential to a [`Principal`].

mod address;
pub mod api_key;
mod authenticator;
mod authenticators;
mod cache;
pub mod certificate;
mod challenge;
mod claimed;
mod compact;
pub(crate) mod credential;
mod denylist;
mod digest;
pub mod dpop;
mod jwk;
pub mod jwt;
#[cfg(feature = "oauth")]
mod opaque;
mod options;
mod outage;
mod possession;
mod principal;
#[cfg(feature = "oauth")]
mod remote;
mod resource_metadata;
mod scopes;
mod text;
mod tokens;

pub use authenticator::{Authenticator, IntoAuthenticator};
pub(crate) use authenticators::{Authenticators, Sender};
pub(crate) use challenge::{Challenge, Challenges, quotable};
pub(crate) use claimed::Refused;
#[cfg(feature = "redis")]
pub use denylist::RedisDenylist;
pub use denylist::{Denylist, DenylistFull};
pub(crate) use options::Options;
pub use outage::Unavailable;
pub(crate) use possession::DPOP_NONCE;
#[cfg(feature = "testing")]
pub(crate) use principal::Verified;
pub use principal::{Claims, Principal};
pub(crate) use principal::{Identity, Means};
#[cfg(feature = "oauth")]
pub use remote::{ClientAuthentication, Introspection, IntrospectionIssuer, Outbound, RemoteKeys};
pub use resource_metadata::ResourceMetadata;
pub(crate) use resource_metadata::{Facts, Served};

use std::error::Error;

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};

use crate::Problem;
use crate::audit::Reason;

/// A credential that cannot be verified now, because what knows of it is away. Never taken for no credential.
pub(crate) fn unavailable(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Problem {
    Problem::refusal(StatusCode::SERVICE_UNAVAILABLE, Reason::Unavailable)
        .detail("credentials cannot be verified at the moment")
        .header(RETRY_AFTER, HeaderValue::from_static("5"))
        .because(cause)
}
