//! What the tests of tokens share: an application behind one verifier, which counts who comes in.

use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::{Path, State};
use secure_runtime::jwt::Jwt;
use secure_runtime::testing::{AUDIENCE, ISSUER, TestIssuer};
use secure_runtime::{Principal, SecureRouter, Security, SecurityBuilder, secure};

use crate::support::{Answer, get, router, send};

/// The header of an access token of [`TestIssuer::default`].
pub(crate) const HEADER: &str = r#"{"typ":"at+jwt","alg":"ES256"}"#;

type Entered = Arc<AtomicUsize>;

#[secure(get = "/door", authenticated)]
async fn door(caller: Principal, State(entered): State<Entered>) -> String {
    entered.fetch_add(1, Ordering::SeqCst);
    format!("{} {}", caller.issuer(), caller.subject())
}

#[secure(get = "/scoped", scope = "read:profile")]
async fn scoped(State(entered): State<Entered>) {
    entered.fetch_add(1, Ordering::SeqCst);
}

#[secure(get = "/users/{user}", owner = "user", authenticated)]
async fn owned(Path(user): Path<String>, State(entered): State<Entered>) -> String {
    entered.fetch_add(1, Ordering::SeqCst);
    user
}

/// An application behind one verifier.
pub(crate) struct Door {
    router: Router,
    entered: Entered,
}

impl Door {
    pub(crate) fn new(jwt: Jwt) -> Self {
        Self::of(Security::builder(jwt))
    }

    /// The limits are raised, so that a refusal is always the verifier's.
    pub(crate) fn of(security: SecurityBuilder) -> Self {
        let security = security
            .default_rate("1000000/min")
            .failed_authentication_rate("1000000/min")
            .lock_out(secure_runtime::LockOut::after(10_000));
        Self::ready(security.build().unwrap())
    }

    pub(crate) fn ready(security: Security) -> Self {
        let entered = Entered::default();
        let app = SecureRouter::new(security)
            .mount((door, scoped, owned))
            .with_state(Arc::clone(&entered));
        Self {
            router: router(app.build().unwrap()),
            entered,
        }
    }

    /// Sends the token to `path`; the answer, and whether a handler was entered for it.
    pub(crate) async fn ask(&self, path: &str, token: &str) -> (Answer, bool) {
        let before = self.entered.load(Ordering::SeqCst);
        let credential = format!("Bearer {token}");
        let answer = send(&self.router, get(path, &[("authorization", &credential)])).await;
        (answer, self.entered.load(Ordering::SeqCst) != before)
    }

    /// Sends these headers to `/door`.
    pub(crate) async fn ask_with(&self, headers: &[(&str, &str)]) -> Answer {
        send(&self.router, get("/door", headers)).await
    }

    /// The token is let in, as alice.
    pub(crate) async fn admits(&self, what: impl Display, token: &str) {
        let (answer, entered) = self.ask("/door", token).await;
        assert_eq!(answer.status, 200, "{what}: {answer:?}");
        assert!(entered, "{what}: answered without the handler");
        assert_eq!(
            answer.body, b"https://issuer.test alice",
            "{what}: let in as somebody else"
        );
    }

    /// The token is refused with `invalid_token`, by an answer that repeats nothing of it, and the handler is not entered.
    pub(crate) async fn refuses(&self, what: impl Display, token: &str) {
        let (answer, entered) = self.ask("/door", token).await;
        assert!(!entered, "{what}: the handler was entered");
        assert_eq!(answer.status, 401, "{what}: {answer:?}");
        answer.assert_problem(401);
        let challenge = answer.header("www-authenticate").unwrap();
        assert!(challenge.contains("error=\"invalid_token\""), "{what}: {challenge}");
        let told = format!("{challenge}{}", String::from_utf8_lossy(&answer.body));
        for segment in token.split('.').filter(|segment| segment.len() > 8) {
            assert!(!told.contains(segment), "{what}: repeats the token: {told}");
        }
    }
}

/// A token for alice, good but for one claim, which is this JSON text.
pub(crate) fn with_claim(issuer: &TestIssuer, name: &str, json: &str) -> String {
    let claims = issuer.token("alice").without(name).claims_json();
    let claims = format!("{},\"{name}\":{json}}}", claims.strip_suffix('}').unwrap());
    issuer.sign_raw(HEADER, &claims)
}

/// A verifier of [`TestIssuer`]'s tokens that still lacks its keys.
pub(crate) fn verifier() -> Jwt {
    Jwt::issuer(ISSUER).audience(AUDIENCE)
}

/// The three segments of a token.
pub(crate) fn segments(token: &str) -> [&str; 3] {
    token.split('.').collect::<Vec<_>>().try_into().unwrap()
}
