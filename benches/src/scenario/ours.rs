use axum::Router;
use axum::http::StatusCode;
use secure_runtime::{AuditLines, LockOut, SecureRouter, Security};

use super::{App, Callers, Issuer, Requests, endpoints};

/// Our gate: a token, a scope, an owner, a limit with its headers, the size of the body, a metric, an audit event.
#[derive(Debug)]
pub struct Ours<'i> {
    /// Who signs the tokens.
    pub issuer: &'i Issuer,
    /// Are tokens that were verified remembered?
    pub cached: bool,
    /// Who asks, and for what.
    pub callers: Callers,
    /// Are audit events written as lines of JSON, to nowhere?
    pub lines: bool,
    /// Do answers have `X-RateLimit-*` beside the headers of the draft?
    pub older_headers: bool,
}

impl<'i> Ours<'i> {
    /// With the cache, one caller and one endpoint.
    #[must_use]
    pub fn cached(issuer: &'i Issuer) -> Self {
        Self {
            issuer,
            cached: true,
            callers: Callers::default(),
            lines: false,
            older_headers: true,
        }
    }

    /// The same, where every token is verified.
    #[must_use]
    pub fn verified(issuer: &'i Issuer) -> Self {
        Self {
            cached: false,
            ..Self::cached(issuer)
        }
    }

    /// The application, asked with good tokens.
    #[must_use]
    pub fn app(&self) -> App {
        App::new(
            self.router(),
            Requests::of(self.callers, |user| self.issuer.token(user)),
        )
    }

    /// The application, asked with tokens that somebody has changed like this, and which it refuses: those of a thousand users.
    #[must_use]
    pub fn flooded(&self, change: impl Fn(String) -> String) -> App {
        let many = Callers {
            callers: 1000,
            ..self.callers
        };
        let requests = Requests::of(many, |user| change(self.issuer.token(user)));
        App::new(self.router(), requests).expecting(StatusCode::UNAUTHORIZED)
    }

    /// The application.
    pub fn router(&self) -> Router {
        self.secured(|router| endpoints::secured(self.callers.endpoints, router))
    }

    /// An application with these endpoints.
    #[allow(clippy::expect_used, reason = "a bench without its subject measures nothing")]
    pub(super) fn secured(&self, mount: impl FnOnce(SecureRouter) -> SecureRouter) -> Router {
        let security = Security::builder(self.issuer.jwt())
            // Of those that state none.
            .default_rate("1000000/s")
            // So that a flood is answered with 401 to its end, and not with 429 soon.
            .failed_authentication_rate("1000000/s")
            .lock_out(LockOut::after(10_000));
        let security = match self.cached {
            false => security.without_token_cache(),
            // What is remembered as it comes is enough for these.
            true if self.callers.callers <= 1000 => security,
            true => security.token_cache("256MiB"),
        };
        let security = match self.lines {
            false => security,
            true => security.audit_lines(AuditLines::to(std::io::sink()).expect("a thread")),
        };
        let security = match self.older_headers {
            true => security,
            false => security.without_legacy_rate_limit_headers(),
        };
        let router = mount(SecureRouter::new(security));
        router.build().expect("a sound application").into_router()
    }
}
