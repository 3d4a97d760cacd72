//! The one place where a refusal becomes a response.

mod refusals;

pub(crate) use refusals::Refusals;

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::audit::Reason;
use crate::authn::credential::Scheme;
use crate::authn::{Challenge, Challenges};
use crate::input::Violation;

/// A refusal: a public face (RFC 9457, `application/problem+json`) and a private cause.
///
/// Only what is given to [`detail`](Self::detail), [`kind`](Self::kind) and [`violations`](Self::violations) leaves the
/// process. The [`cause`](Self::because) goes to the audit log.
///
/// A handler's error type answers by `impl From<MyError> for Problem`:
///
/// ```
/// use axum::http::StatusCode;
/// use secure_runtime::Problem;
///
/// enum ShopError { SoldOut, Database(std::io::Error) }
///
/// impl From<ShopError> for Problem {
///     fn from(error: ShopError) -> Self {
///         match error {
///             ShopError::SoldOut => Problem::new(StatusCode::CONFLICT).detail("this product is sold out"),
///             ShopError::Database(error) => Problem::internal(error), // a bare 500 outside, the error in the log
///         }
///     }
/// }
/// ```
pub struct Problem(Box<Inner>);

struct Inner {
    status: StatusCode,
    kind: Cow<'static, str>,
    title: Option<Cow<'static, str>>,
    detail: Option<Cow<'static, str>>,
    violations: Vec<Violation>,
    violated_policies: Vec<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
    challenge: Option<Challenge>,
    reason: Option<Reason>,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

/// RFC 9457 §3.1, with the `errors` extension of its §3.
#[derive(Serialize)]
struct Document<'p> {
    r#type: &'p str,
    title: &'p str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'p str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'p [Violation],
    /// draft-ietf-httpapi-ratelimit-headers-10 §5.
    #[serde(rename = "violated-policies", skip_serializing_if = "<[_]>::is_empty")]
    violated_policies: &'p [String],
}

impl Problem {
    /// A problem that is no more than its status: `type` is `about:blank`, `title` the status phrase (RFC 9457 §4.2.1).
    #[must_use]
    pub fn new(status: StatusCode) -> Self {
        Self(Box::new(Inner {
            status,
            kind: Cow::Borrowed("about:blank"),
            title: None,
            detail: None,
            violations: Vec::new(),
            violated_policies: Vec::new(),
            headers: Vec::new(),
            challenge: None,
            reason: None,
            cause: None,
        }))
    }

    /// 404, to the byte what a caller gets who may not know that the object exists (`owner("…", hidden)`).
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND)
    }

    /// A bare 500 whose cause goes to the audit log and nowhere else.
    #[must_use]
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR).because(cause)
    }

    /// What the client should know about this occurrence. It leaves the process as it is.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// A problem type of your own: an absolute URI that identifies it, and its title (RFC 9457 §3.1.1, §3.1.3).
    #[must_use]
    pub fn kind(mut self, uri: &'static str, title: &'static str) -> Self {
        self.0.kind = Cow::Borrowed(uri);
        self.0.title = Some(Cow::Borrowed(title));
        self
    }

    /// What breaks a rule of the input, each with a JSON pointer (RFC 6901) to its place.
    #[must_use]
    pub fn violations(mut self, violations: Vec<Violation>) -> Self {
        self.0.violations = violations;
        self
    }

    /// A header of the response.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// The private cause: for the audit log, never for the client.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Marks a refusal of the gate, as opposed to a handler's answer.
    pub(crate) fn refusal(status: StatusCode, reason: Reason) -> Self {
        let mut problem = Self::new(status);
        problem.0.reason = Some(reason);
        problem
    }

    /// A check that could not be carried out. It denies, and says nothing.
    pub(crate) fn broken(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::refusal(StatusCode::INTERNAL_SERVER_ERROR, Reason::Broken).because(cause)
    }

    pub(crate) fn violated_policies(mut self, names: Vec<String>) -> Self {
        self.0.violated_policies = names;
        self
    }

    pub(crate) fn challenge(mut self, challenge: Challenge) -> Self {
        self.0.challenge = Some(challenge);
        self
    }

    pub(crate) fn reason(&self) -> Option<Reason> {
        self.0.reason
    }

    pub(crate) fn private_cause(&self) -> Option<&(dyn Error + Send + Sync)> {
        self.0.cause.as_deref()
    }

    /// RFC 9457.
    pub(crate) fn document(&self) -> Vec<u8> {
        let inner = &*self.0;
        let document = Document {
            r#type: &inner.kind,
            title: inner
                .title
                .as_deref()
                .or_else(|| inner.status.canonical_reason())
                .unwrap_or("Error"),
            status: inner.status.as_u16(),
            detail: inner.detail.as_deref(),
            errors: &inner.violations,
            violated_policies: &inner.violated_policies,
        };
        // Strings, a number and a list of strings: there is nothing here that could fail to serialise.
        serde_json::to_vec(&document).unwrap_or_default()
    }

    /// Is it answered in the same words? Its own headers and its cause are not looked at.
    fn reads_as(&self, other: &Self) -> bool {
        let (one, other) = (&*self.0, &*other.0);
        (one.reason, one.status) == (other.reason, other.status)
            && one.detail == other.detail
            && one.challenge == other.challenge
            && (&one.kind, &one.title) == (&other.kind, &other.title)
            && [&one.violations, &other.violations]
                .iter()
                .all(|violations| violations.is_empty())
            && one.violated_policies == other.violated_policies
    }

    /// The headers that belong to its words, with a challenge for each way in.
    fn headers(&self, challenges: &Challenges, used: Option<Scheme>) -> HeaderMap {
        // With room for what the gate adds, so that the map does not have to grow.
        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if let Some(challenge) = &self.0.challenge {
            // For who may not, another way in is no help: that is for who is not known.
            let offered = if self.0.status == StatusCode::FORBIDDEN {
                1
            } else {
                usize::MAX
            };
            for field in challenges.render(challenge, used).into_iter().take(offered) {
                headers.append(WWW_AUTHENTICATE, field);
            }
        }
        headers
    }

    /// The response of these headers and its own.
    fn respond(self, mut headers: HeaderMap, body: Body) -> Response {
        for (name, value) in self.0.headers {
            if name != X_CONTENT_TYPE_OPTIONS {
                headers.append(name, value);
            }
        }
        let mut response = Response::new(body);
        *response.status_mut() = self.0.status;
        *response.headers_mut() = headers;
        response
    }
}

/// What cannot happen is no problem, so `Result<T, Infallible>` is an answer.
impl From<std::convert::Infallible> for Problem {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

/// For handlers outside the gate; inside it, the gate adds the challenge and its own headers.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (headers, body) = (self.headers(&Challenges::unnamed(), None), self.document());
        self.respond(headers, Body::from(body))
    }
}

/// Shows the status and the private cause: for logs and tests.
impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem")
            .field("status", &self.0.status)
            .field("detail", &self.0.detail)
            .field("reason", &self.0.reason)
            .field("cause", &self.0.cause)
            .finish_non_exhaustive()
    }
}
