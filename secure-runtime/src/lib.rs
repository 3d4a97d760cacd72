//! Secure endpoints for axum: an attribute on a handler states its whole security.
//!
//! ```
//! use axum::{Json, extract::Path};
//! use secure_runtime::{Problem, SecureRouter, Secured, Security, secure};
//! use secure_runtime::jwt::{Jwt, Key, MacAlgorithm};
//!
//! /// The caller's own score.
//! #[secure(get = "/users/{user_id}/score", scope = "read:score", owner = "user_id", rate = "100/min")]
//! async fn get_score(Path(user_id): Path<String>) -> Result<Json<u32>, Problem> {
//!     Ok(Json(u32::try_from(user_id.len()).unwrap_or(u32::MAX)))
//! }
//!
//! # fn main() -> Result<(), secure_runtime::StartupFaults> {
//! let jwt = Jwt::issuer("https://id.example.com")
//!     .audience("https://api.example.com")
//!     .key(Key::secret(MacAlgorithm::Hs256, *b"a secret of at least 32 bytes, please"));
//! let app = SecureRouter::new(Security::builder(jwt)).mount(get_score).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! The pieces, in the order in which a request meets them: [`SecureRouter`] holds endpoints; [`gate`] has the stages;
//! [`jwt`] says which tokens count; [`Principal`] is the caller; [`Identifier`] compares what the request names with
//! the caller, and [`Owned`] what that loads; [`Argument`] and [`Input`] say what goes in; [`Answer`] and [`Output`] say what
//! comes out; [`Problem`] is every refusal. The attributes [`secure`](macro@secure), [`input`](macro@input) and
//! [`output`](macro@output) implement most of it.
//!
//! # Features
//!
//! None is on by default, and none changes a default.
//!
//! | feature | brings |
//! |---|---|
//! | `config` | `Security::from_config`: from a file in TOML or JSON |
//! | `gzip` | the key `gzip` of the attribute: `Json` and `Form` from bodies with `Content-Encoding: gzip` |
//! | `postgres` | `api_key::PostgresStore`: API keys in PostgreSQL |
//! | `sqlite` | `api_key::SqliteStore`: API keys in SQLite, which is compiled in |
//! | `oauth` | keys that issuers publish, and tokens that only they can judge: `RemoteKeys`, `Introspection` |
//! | `upload` | `Upload` and `Multipart`: files, streamed |
//! | `uuid` | `uuid::Uuid` as input, output and identifier |
//! | `mtls` | [`certificate`]: clients known by their certificates, and the header `Client-Cert` of a proxy |
//! | `redis` | `Redis`: limits, used proofs and revoked tokens, shared by several instances; by one server, Sentinel or a cluster |
//! | `testing` | `testing`: an issuer of real tokens, a clock that stands still, viewers of outputs, a limiter. For `[dev-dependencies]` |

// The attributes name this crate from outside, and types in here have them as well.
extern crate self as secure_runtime;

mod address;
mod audit;
mod authn;
mod authz;
mod clock;
#[cfg(feature = "config")]
mod config;
pub mod data;
mod describe;
mod endpoint;
#[doc(hidden)]
pub mod expansion;
pub mod gate;
mod header_field;
mod header_value;
mod input;
mod json;
mod limit;
mod load;
mod metrics;
mod mounted;
mod output;
mod problem;
#[cfg(feature = "redis")]
mod redis;
mod router;
pub mod rules;
mod secret;
mod security;
mod serve;
mod startup;
#[cfg(feature = "testing")]
pub mod testing;
mod untrusted;
mod vocabulary;
mod waiting;

pub use address::TrustedProxies;
pub use audit::{AuditLines, Reason};
#[cfg(feature = "redis")]
pub use authn::RedisDenylist;
pub use authn::{
    Authenticator, Claims, Denylist, DenylistFull, IntoAuthenticator, Principal, ResourceMetadata, Unavailable,
};
#[cfg(feature = "oauth")]
pub use authn::{ClientAuthentication, Introspection, IntrospectionIssuer, Outbound, RemoteKeys};
pub use authn::{api_key, certificate, dpop, jwt};
pub use authz::{Identifier, Owned, Resource, RoleHierarchy};
pub use clock::Clock;
pub use describe::Description;
pub use endpoint::{Endpoint, EndpointOf, NeedsCaller, Protected, SecureEndpoint};
pub use gate::Cost;
pub use input::{
    Argument, Extract, FromHead, Input, Intake, Members, Node, Patch, Report, TrustedParts, Unchecked, UncheckedBody,
    Violation,
};
#[cfg(feature = "upload")]
pub use input::{FileRules, FileType, Incoming, Multipart, Part, Saved, Upload};
pub use limit::{Attempt, Attempts, LockOut, MountedLimit};
#[cfg(feature = "redis")]
pub use limit::{Outage, RedisLimits};
pub use metrics::{DURATION, REQUESTS};
pub use output::{Answer, Events, IntoProblem, Lines, Opaque, Output, Page, Paging, Shown, Viewer};
pub use problem::Problem;
#[cfg(feature = "redis")]
pub use redis::{Redis, RedisUrlError};
pub use router::{
    Anyone, Callers, EndpointMethods, IntoEndpointMethods, IntoRoutes, Mount, MountedEndpoint, Routes, SecureApp,
    SecureRouter, Secured, SecuritySource, delete, get, patch, post, put,
};
pub use secret::Secret;
#[doc(hidden)]
pub use secure_macros::limits as __limits;
pub use secure_macros::{input, output, secure};
/// The vocabulary of policies.
pub use secure_policy as policy;
pub use security::{Security, SecurityBuilder};
pub use serve::{Server, serve, serve_until};
pub use startup::{Fault, StartupFaults};
pub use untrusted::Untrusted;
