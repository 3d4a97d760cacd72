//! What a token gives, to whom, and which tokens are no access tokens: J14 to J16.

use secure_runtime::testing::{ISSUER, TestIssuer};
use serde_json::{Value, json};

use crate::jwt_door::{Door, HEADER, with_claim};

#[tokio::test]
async fn j14_a_scope_is_a_whole_word_of_the_claim() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    for scope in [
        "read:profile",
        "a read:profile b",
        "read:profile b",
        "a  read:profile",
        " read:profile ",
    ] {
        let (answer, entered) = door.ask("/scoped", &issuer.token("alice").scope(scope).sign()).await;
        assert!(answer.status == 200 && entered, "{scope:?}: {answer:?}");
    }
    let others = [
        "",
        " ",
        "read",
        "profile",
        "read:profilex",
        "xread:profile",
        "READ:PROFILE",
        "Read:profile",
        "read:profile,b",
        "a,read:profile",
        "a;read:profile",
        "a\tread:profile",
        "a\nread:profile",
        "read:profile\u{a0}b",
        "read:profile\0",
        "\"read:profile\"",
        "read:*",
        "*",
        "read : profile",
        "read%3Aprofile",
    ];
    for scope in others {
        let (answer, entered) = door.ask("/scoped", &issuer.token("alice").scope(scope).sign()).await;
        assert!(answer.status == 403 && !entered, "{scope:?}: {answer:?}");
    }
    for name in ["scp", "scopes", "permissions", "roles", "Scope"] {
        let token = issuer.token("alice").claim(name, json!(["read:profile"])).sign();
        let (answer, entered) = door.ask("/scoped", &token).await;
        assert!(answer.status == 403 && !entered, "the claim {name}: {answer:?}");
    }
}

#[tokio::test]
async fn j14_a_scope_of_another_type_fails_the_token() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    for scope in [r#"["read:profile"]"#, r#"{"read:profile":true}"#, "null", "true", "1"] {
        door.refuses(scope, &with_claim(&issuer, "scope", scope)).await;
    }
}

#[tokio::test]
async fn j15_a_client_cannot_pass_for_the_user_of_its_name() {
    let issuer = TestIssuer::default();
    for (what, jwt) in [("strict", issuer.jwt()), ("legacy", issuer.jwt().legacy_tokens())] {
        let door = Door::new(jwt);
        let user = issuer.token("alice").claim("client_id", "shop");
        let (answer, entered) = door.ask("/users/alice", &user.sign()).await;
        assert!(
            answer.status == 200 && entered,
            "{what}: alice is not let in: {answer:?}"
        );
        let table = [
            (
                "a client named alice",
                issuer.token("alice").claim("client_id", "alice"),
                "/users/alice",
            ),
            ("bob", issuer.token("bob"), "/users/alice"),
            (
                "bob through the client alice",
                issuer.token("bob").claim("client_id", "alice"),
                "/users/alice",
            ),
            ("Alice", issuer.token("Alice"), "/users/alice"),
            ("alice with a space", issuer.token("alice "), "/users/alice"),
            ("alice where bob is asked for", user, "/users/bob"),
            (
                "username",
                issuer.token("bob").claim("username", "alice").claim("email", "alice"),
                "/users/alice",
            ),
        ];
        for (who, token, path) in table {
            let (answer, entered) = door.ask(path, &token.sign()).await;
            assert!(answer.status == 403 && !entered, "{what}, {who}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn j15_the_same_subject_of_another_issuer_is_somebody_else() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    let token = issuer.token("alice").claim("iss", "https://other.test").sign();
    let (answer, entered) = door.ask("/users/alice", &token).await;
    assert!(answer.status == 401 && !entered, "{answer:?}");
    let (answer, _) = door.ask("/door", &issuer.token("alice").sign()).await;
    assert_eq!(answer.body, format!("{ISSUER} alice").as_bytes());
}

/// Tokens of other kinds, signed by the same issuer for the same audience: with the type of their specification.
fn other_kinds() -> [(&'static str, &'static str, Value); 5] {
    let hash = "77QmUPtjPfzWtF2AnpK9RQ";
    let logout = json!({ "http://schemas.openid.net/event/backchannel-logout": {} });
    let revoked = json!({ "https://schemas.openid.net/secevent/caep/event-type/session-revoked": {} });
    [
        (
            "an ID token",
            "JWT",
            json!({ "nonce": "n-0S6_WzA2Mj", "auth_time": 1_311_280_969 }),
        ),
        ("an ID token with a hash", "JWT", json!({ "at_hash": hash })),
        (
            "a logout token",
            "logout+jwt",
            json!({ "events": logout, "sid": "08a5019c" }),
        ),
        ("a security event", "secevent+jwt", json!({ "events": revoked })),
        (
            "a DPoP proof",
            "dpop+jwt",
            json!({ "htm": "GET", "htu": "https://api.test/door", "ath": hash }),
        ),
    ]
}

#[tokio::test]
async fn j16_no_other_kind_of_token_passes_for_an_access_token() {
    let issuer = TestIssuer::default();
    let (strict, legacy) = (Door::new(issuer.jwt()), Door::new(issuer.jwt().legacy_tokens()));
    for (what, typ, members) in other_kinds() {
        let members = members.as_object().unwrap();
        let token = members.iter().fold(issuer.token("alice"), |token, (name, value)| {
            token.claim(name, value.clone())
        });
        // With its own type, with that of an access token, and with the ones that legacy issuers may use.
        for typ in [json!(typ), json!("at+jwt"), json!("JWT"), Value::Null] {
            let token = token.clone().header("typ", typ.clone()).sign();
            strict.refuses(format!("{what} as {typ}"), &token).await;
            legacy.refuses(format!("legacy, {what} as {typ}"), &token).await;
        }
    }
}

#[tokio::test]
async fn j16_each_telling_claim_tells_by_itself() {
    let issuer = TestIssuer::default();
    let (strict, legacy) = (Door::new(issuer.jwt()), Door::new(issuer.jwt().legacy_tokens()));
    for name in ["nonce", "at_hash", "c_hash", "s_hash", "events", "htm", "htu"] {
        for value in [json!("x"), json!(""), json!({}), json!([]), json!(false)] {
            let token = issuer.token("alice").claim(name, value.clone());
            strict.refuses(format!("{name} {value}"), &token.sign()).await;
            let token = token.header("typ", Value::Null).sign();
            legacy.refuses(format!("legacy, {name} {value}"), &token).await;
        }
    }
    // What access tokens do carry is no sign of another kind (RFC 9068 §2.2.1).
    let token = issuer
        .token("alice")
        .claim("auth_time", 5)
        .claim("acr", "0")
        .claim("amr", json!(["pwd"]));
    strict.admits("with facts of the login", &token.sign()).await;
    legacy.admits("legacy, with facts of the login", &token.sign()).await;
    strict
        .admits(
            "with the header that tests use",
            &issuer.sign_raw(HEADER, &token.claims_json()),
        )
        .await;
}
