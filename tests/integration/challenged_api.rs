//! What the tests of refusals share: an application that can refuse in every way, and a reader of challenges.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Request;
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Principal, Problem, Routes, SecureRouter, Security, secure};

use crate::support::{Answer, get, request, router, send};

pub(crate) type Entered = std::sync::Arc<AtomicUsize>;

#[secure(get = "/me", authenticated)]
async fn me(caller: Principal, State(entered): State<Entered>) -> String {
    entered.fetch_add(1, Ordering::SeqCst);
    caller.subject().to_owned()
}

#[secure(post = "/me", authenticated)]
async fn post_me(State(entered): State<Entered>) {
    entered.fetch_add(1, Ordering::SeqCst);
}

#[secure(get = "/maybe", optional)]
async fn maybe(caller: Option<Principal>, State(entered): State<Entered>) -> String {
    entered.fetch_add(1, Ordering::SeqCst);
    caller.map_or_else(|| "anybody".to_owned(), |caller| caller.subject().to_owned())
}

#[secure(get = "/scoped", scope = "a & (b | c)")]
async fn scoped(State(entered): State<Entered>) {
    entered.fetch_add(1, Ordering::SeqCst);
}

#[secure(get = "/odd", scope = "x:!#$%'*+,-./;<=>?@[]^_`{}~")]
async fn odd(State(entered): State<Entered>) {
    entered.fetch_add(1, Ordering::SeqCst);
}

#[secure(get = "/below", authenticated)]
async fn below(State(entered): State<Entered>) {
    entered.fetch_add(1, Ordering::SeqCst);
}

#[secure(get = "/users/{user}", owner = "user", authenticated)]
async fn owned(Path(user): Path<String>, State(entered): State<Entered>) -> String {
    entered.fetch_add(1, Ordering::SeqCst);
    user
}

#[secure(get = "/panics", authenticated)]
async fn panics(caller: Principal) -> String {
    panic!("a handler panicked for {} over s3cret", caller.subject());
}

#[secure(get = "/condition/{number}", authenticated, when = 7 / *number == 1)]
async fn condition(Path(number): Path<u32>, State(entered): State<Entered>) -> String {
    entered.fetch_add(1, Ordering::SeqCst);
    number.to_string()
}

#[secure(get = "/fails", authenticated)]
async fn fails() -> Result<(), Problem> {
    Err(Problem::internal("SELECT s3cret FROM users at src/db.rs:7 v0.1.0"))
}

pub(crate) struct Api {
    pub(crate) router: Router,
    pub(crate) issuer: TestIssuer,
    pub(crate) entered: Entered,
}

pub(crate) fn api() -> Api {
    let issuer = TestIssuer::default();
    let entered = Entered::default();
    let security = Security::builder(issuer.jwt())
        .failed_authentication_rate("1000000/min")
        .lock_out(secure_runtime::LockOut::after(10_000));
    let app = SecureRouter::new(security)
        .mount((me, post_me, maybe, scoped, odd, owned, panics, condition, fails))
        .nest(
            "/admin",
            Routes::for_callers().demand_scope("admin & root").mount(below),
        )
        .with_state(Entered::clone(&entered));
    Api {
        router: router(app.build().unwrap()),
        issuer,
        entered,
    }
}

impl Api {
    pub(crate) fn bearer(&self, scope: &str) -> String {
        format!("Bearer {}", self.issuer.token("alice").scope(scope).sign())
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        send(&self.router, get(path, headers)).await
    }

    /// Refused, without the handler.
    pub(crate) async fn refused(&self, what: &str, request: Request<Body>, status: u16) -> Answer {
        let before = self.entered.load(Ordering::SeqCst);
        let answer = send(&self.router, request).await;
        assert_eq!(answer.status.as_u16(), status, "{what}: {answer:?}");
        answer.assert_problem(status);
        assert_eq!(
            self.entered.load(Ordering::SeqCst),
            before,
            "{what}: the handler was entered"
        );
        answer
    }

    /// Every way to be refused: the request, and the status.
    pub(crate) fn refusals(&self) -> Vec<(&'static str, Request<Body>, u16)> {
        let good = self.bearer("");
        let expired = format!("Bearer {}", self.issuer.token("alice").expires_in(-60).sign());
        let foreign = format!("Bearer {}", TestIssuer::default().token("alice").sign());
        let typed = format!("Bearer {}", self.issuer.token("alice").header("typ", "JWT").sign());
        let with = |path, credential: &str| get(path, &[("authorization", credential)]);
        let twice = get("/me", &[("authorization", &good), ("authorization", &good)]);
        vec![
            ("no credential", get("/me", &[]), 401),
            ("no credential, scope", get("/scoped", &[]), 401),
            ("no credential, owner", get("/users/alice", &[]), 401),
            ("no credential, a router's scope", get("/admin/below", &[]), 401),
            ("another scheme", with("/me", "Basic YTpi"), 401),
            ("malformed", with("/me", "Bearer a b"), 401),
            ("expired", with("/me", &expired), 401),
            ("another's key", with("/me", &foreign), 401),
            ("another type", with("/me", &typed), 401),
            ("expired, optional", with("/maybe", &expired), 401),
            ("two headers", twice, 400),
            ("in the query", get("/me?access_token=a.b.c", &[]), 400),
            ("no scope", with("/scoped", &good), 403),
            ("no scope for the router", with("/admin/below", &good), 403),
            ("an odd scope", with("/odd", &good), 403),
            ("another owner", with("/users/bob", &good), 403),
            ("no such path", with("/nothing", &good), 404),
            (
                "no such method",
                request("DELETE", "/me", &[("authorization", &good)], ""),
                405,
            ),
            ("a panic", with("/panics", &good), 500),
            ("a panic in the condition", with("/condition/0", &good), 500),
            ("an internal error", with("/fails", &good), 500),
        ]
    }
}

/// The parameters of a challenge, or what is wrong with it (RFC 9110 §11.2, RFC 6750 §3).
pub(crate) fn parameters(challenge: &str) -> Result<Vec<(&str, &str)>, String> {
    let mut rest = challenge.strip_prefix("Bearer ").ok_or("not of the scheme Bearer")?;
    let mut found = Vec::new();
    loop {
        let (name, after) = rest.split_once("=\"").ok_or("a parameter without a quoted value")?;
        let (value, after) = after.split_once('"').ok_or("an open quote")?;
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
            return Err(format!("{name:?} is no parameter"));
        }
        if found.iter().any(|(other, _)| *other == name) {
            return Err(format!("{name} stands twice"));
        }
        if !value
            .bytes()
            .all(|byte| matches!(byte, 0x20 | 0x21 | 0x23..=0x5b | 0x5d..=0x7e))
        {
            return Err(format!("{name} has a character that cannot stand there"));
        }
        found.push((name, value));
        match after.strip_prefix(", ") {
            Some(next) => rest = next,
            None if after.is_empty() => return Ok(found),
            None => return Err(format!("{after:?} after a value")),
        }
    }
}

/// One parameter of the answer's only challenge.
pub(crate) fn parameter<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    let all = parameters(answer.header("www-authenticate").unwrap()).unwrap();
    all.into_iter()
        .find(|(other, _)| *other == name)
        .map(|(_, value)| value)
}
