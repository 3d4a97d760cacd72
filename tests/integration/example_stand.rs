//! A stand on which one request is asked of a fresh example, and compared with what its route's row promises.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use profile_api::db::Db;
use secure_runtime::testing::{TestIssuer, TestToken};
use secure_runtime::{Clock, SecureApp, SecurityBuilder};

use crate::example_routes::{Credential, Input, Limit, Other, Row};
use crate::support::{Answer, request, router, send};

/// What is expected of one request.
#[derive(Clone, Debug)]
pub(crate) enum Expect {
    /// The row's success, and the handler's one query.
    Success,
    /// 401 before the caller is known, with this challenge; limits per caller count nothing yet.
    Unknown(String),
    /// This refusal after the limits, with this challenge or none.
    Refused(u16, Option<String>),
}

/// A fresh example: its own key, its own clock, its own database.
pub(crate) struct Stand {
    pub(crate) issuer: TestIssuer,
    pub(crate) clock: Clock,
    pub(crate) db: Db,
    pub(crate) app: SecureApp,
    pub(crate) router: Router,
}

impl Stand {
    pub(crate) fn new() -> Self {
        Self::with(|security| security)
    }

    pub(crate) fn with(options: impl FnOnce(SecurityBuilder) -> SecurityBuilder) -> Self {
        let clock = Clock::held_at(1_700_000_000);
        let issuer = TestIssuer::default().clock(clock.clone());
        let db = Db::in_memory().unwrap();
        let security = profile_api::security(issuer.key()).clock(clock.clone());
        let app = profile_api::app(options(security), db.clone()).unwrap();
        let router = router(app.clone());
        Self {
            issuer,
            clock,
            db,
            app,
            router,
        }
    }

    /// A token that the example takes, without scopes, roles and tenant.
    pub(crate) fn token(&self, subject: &str) -> TestToken<'_> {
        let token = self.issuer.token(subject);
        token
            .claim("iss", profile_api::ISSUER)
            .claim("aud", profile_api::AUDIENCE)
    }

    /// Sends a request; the answer, and how many queries it ran.
    pub(crate) async fn ask(&self, request: Request<Body>) -> (Answer, u64) {
        let before = self.db.queries();
        let answer = send(&self.router, request).await;
        (answer, self.db.queries() - before)
    }

    /// Sends the first request of its caller, and compares everything that the table promises.
    pub(crate) async fn check(&self, row: &Row, what: &str, request: Request<Body>, expect: &Expect) -> Answer {
        let (answer, queries) = self.ask(request).await;
        row.assert(what, &answer, queries, expect);
        answer
    }
}

impl Row {
    /// What the right caller's token carries, for this subject.
    pub(crate) fn token<'s>(&self, stand: &'s Stand, subject: &str) -> TestToken<'s> {
        let token = stand.token(subject).tenant("acme").roles(self.roles);
        match self.credential {
            Credential::Needed(scope) => token.scope(scope),
            Credential::Optional | Credential::NotLookedAt => token,
        }
    }

    /// The request with everything right, but with this credential, if any.
    pub(crate) fn request(&self, authorization: Option<&str>) -> Request<Body> {
        let mut headers: Vec<_> = authorization
            .map(|value| ("authorization", value))
            .into_iter()
            .collect();
        match self.body {
            Input::Json { right, .. } => {
                headers.push(("content-type", "application/json"));
                request(self.method, self.uri, &headers, right)
            }
            Input::NotRead => request(self.method, self.uri, &headers, Body::empty()),
        }
    }

    pub(crate) fn assert(&self, what: &str, answer: &Answer, queries: u64, expect: &Expect) {
        let what = format!("{} {}, {what}: {answer:?}", self.method, self.uri);
        let (status, challenge) = match expect {
            Expect::Success => (self.success, None),
            Expect::Unknown(challenge) => (401, Some(challenge.as_str())),
            Expect::Refused(status, challenge) => (*status, challenge.as_deref()),
        };
        assert_eq!(answer.status.as_u16(), status, "{what}");
        assert_eq!(answer.header("www-authenticate"), challenge, "{what}");
        let success = matches!(expect, Expect::Success);
        if !success {
            answer.assert_problem(status);
        }
        // To know whose a hidden object is, it is loaded.
        let looked_up = status == 404 && matches!(self.other_owner, Other::Hidden);
        assert_eq!(queries, u64::from(success || looked_up), "queries, {what}");
        let counted = self.limit.name == "ip" || !matches!(expect, Expect::Unknown(_));
        self.limit
            .assert(answer, counted.then_some(self.limit.count - 1), &what);
    }
}

impl Limit {
    /// L3, L4, L7: both families of headers say that so much remains, or none says anything.
    pub(crate) fn assert(&self, answer: &Answer, remaining: Option<u32>, what: &str) {
        let Self { name, count, refill } = self;
        let fields = [
            ("ratelimit-policy", format!("\"{name}\";q={count};w=60")),
            (
                "ratelimit",
                format!("\"{name}\";r={};t={refill}", remaining.unwrap_or_default()),
            ),
            ("x-ratelimit-limit", count.to_string()),
            ("x-ratelimit-remaining", remaining.unwrap_or_default().to_string()),
            ("x-ratelimit-reset", refill.to_string()),
        ];
        for (header, value) in fields {
            let expected = remaining.map(|_| value.as_str());
            assert_eq!(answer.header(header), expected, "{header}, {what}");
        }
    }
}
