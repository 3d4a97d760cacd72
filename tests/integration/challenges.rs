//! What a refusal asks for: A1 to A4, A6.

use std::sync::atomic::Ordering;

use secure_runtime::testing::TestIssuer;
use secure_runtime::{Problem, SecureRouter, Security, secure};

use crate::challenged_api::{api, parameter, parameters};
use crate::support::{get, router, send};

#[secure(get = "/fails", authenticated)]
async fn fails() -> Result<(), Problem> {
    Err(Problem::internal("always"))
}

#[tokio::test]
async fn a1_every_401_carries_a_challenge() {
    let api = api();
    let mut seen = 0;
    for (what, request, status) in api.refusals() {
        let answer = api.refused(what, request, status).await;
        if status == 401 {
            assert!(answer.headers.contains_key("www-authenticate"), "{what}: no challenge");
            assert_eq!(parameter(&answer, "realm"), Some("api"), "{what}");
            seen += 1;
        }
    }
    assert_eq!(seen, 10, "the table has every kind of 401");
    let (token, before) = (api.bearer(""), api.entered.load(Ordering::SeqCst));
    assert_eq!(api.get("/me", &[("authorization", &token)]).await.body, b"alice");
    assert_eq!(api.entered.load(Ordering::SeqCst), before + 1);
}

#[tokio::test]
async fn a2_without_a_credential_there_is_no_error_code() {
    let api = api();
    for path in ["/me", "/scoped", "/users/alice", "/condition/7", "/admin/below"] {
        let answer = api.refused(path, get(path, &[]), 401).await;
        assert_eq!(
            answer.header("www-authenticate"),
            Some("Bearer realm=\"api\""),
            "{path}"
        );
    }
    let security = Security::builder(TestIssuer::default().jwt()).realm("the shop's API");
    let app = SecureRouter::new(security).mount(fails).build().unwrap();
    let answer = send(&router(app), get("/fails", &[])).await;
    assert_eq!(
        answer.header("www-authenticate"),
        Some("Bearer realm=\"the shop's API\"")
    );
}

#[tokio::test]
async fn a3_expired_revoked_and_malformed_tokens_are_invalid_tokens() {
    let issuer = TestIssuer::default();
    let security = Security::builder(issuer.jwt()).build().unwrap();
    let app = SecureRouter::new(security.clone()).mount(fails).build().unwrap();
    let router = router(app);
    let revoked = issuer.token("alice").claim("jti", "revoked").sign();
    let now = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs_f64();
    security.denylist().deny("revoked", now + 600.0).unwrap();
    let cut = issuer.token("alice").sign();
    let table = [
        ("expired", issuer.token("alice").expires_in(-31).sign()),
        ("revoked", revoked),
        ("cut short", cut[..cut.len() - 9].to_owned()),
        ("not yet valid", issuer.token("alice").claim("nbf", now + 300.0).sign()),
        ("no token at all", "x".to_owned()),
        ("no token68", "x{}".to_owned()),
        ("nothing", String::new()),
    ];
    for (what, token) in table {
        let answer = send(&router, get("/fails", &[("authorization", &format!("Bearer {token}"))])).await;
        answer.assert_problem(401);
        assert_eq!(parameter(&answer, "error"), Some("invalid_token"), "{what}: {answer:?}");
        assert!(parameter(&answer, "error_description").is_some(), "{what}");
        assert_eq!(parameter(&answer, "scope"), None, "{what}");
    }
    let good = format!("Bearer {}", issuer.token("alice").sign());
    let answer = send(&router, get("/fails", &[("authorization", &good)])).await;
    assert_eq!(answer.status, 500, "a good token reaches the handler, which fails");
}

#[tokio::test]
async fn a4_a_missing_scope_is_named() {
    let api = api();
    let table = [
        ("/scoped", "", Some("a b")),
        ("/scoped", "a", Some("a b")),
        ("/scoped", "b c", Some("a b")),
        ("/scoped", "ab a|b", Some("a b")),
        ("/scoped", "a b", None),
        ("/scoped", "c a", None),
        ("/scoped", "a b c", None),
        ("/odd", "x", Some("x:!#$%'*+,-./;<=>?@[]^_`{}~")),
        ("/odd", "x:!#$%'*+,-./;<=>?@[]^_`{}~", None),
        ("/admin/below", "admin", Some("admin root")),
        ("/admin/below", "root admin", None),
    ];
    for (path, scope, lacks) in table {
        let token = api.bearer(scope);
        let (what, request) = (
            format!("{path} with {scope:?}"),
            get(path, &[("authorization", &token)]),
        );
        let Some(lacks) = lacks else {
            let before = api.entered.load(Ordering::SeqCst);
            let answer = send(&api.router, request).await;
            assert_eq!(answer.status, 200, "{what}: {answer:?}");
            assert_eq!(api.entered.load(Ordering::SeqCst), before + 1, "{what}");
            continue;
        };
        let answer = api.refused(&what, request, 403).await;
        assert_eq!(parameter(&answer, "error"), Some("insufficient_scope"), "{what}");
        assert_eq!(parameter(&answer, "scope"), Some(lacks), "{what}");
    }
}

#[tokio::test]
async fn a6_each_parameter_stands_once_and_has_legal_characters() {
    let api = api();
    let mut seen = 0;
    for (what, request, status) in api.refusals() {
        let answer = api.refused(what, request, status).await;
        if let Some(challenge) = answer.header("www-authenticate") {
            parameters(challenge).unwrap_or_else(|fault| panic!("{what}: {fault}: {challenge}"));
            seen += 1;
        }
    }
    assert!(seen >= 15, "only {seen} challenges");
    for realm in ["a\"b", "a\\b", "a\r\nX: y", "a\tb", "é", "a\0"] {
        let built = Security::builder(TestIssuer::default().jwt()).realm(realm).build();
        assert!(
            built.unwrap_err().to_string().contains("realm"),
            "the realm {realm:?} is taken"
        );
    }
    // The check itself finds what it is for.
    for wrong in [
        "Bearer a=\"b\", a=\"c\"",
        "Bearer a=\"b\\\"",
        "Bearer a=b",
        "Basic a=\"b\"",
        "Bearer a=\"b\" c",
        "Bearer ",
    ] {
        assert!(parameters(wrong).is_err(), "{wrong}");
    }
}
