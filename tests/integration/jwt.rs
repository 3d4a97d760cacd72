//! What an access token must say: J8 to J10, J13.

use secure_runtime::testing::TestIssuer;
use serde_json::{Value, json};

use crate::jwt_door::{Door, with_claim};

#[tokio::test]
async fn j8_takes_the_type_of_access_tokens_in_any_case() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    for typ in ["at+jwt", "AT+JWT", "At+Jwt", "application/at+jwt", "Application/AT+jwt"] {
        door.admits(typ, &issuer.token("alice").header("typ", typ).sign()).await;
    }
}

#[tokio::test]
async fn j8_refuses_every_other_type() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    door.refuses("no typ", &issuer.token("alice").header("typ", Value::Null).sign())
        .await;
    let texts = [
        "",
        "at",
        "jwt",
        "JWT",
        "at+jwt ",
        " at+jwt",
        "at+jwt\0",
        "at+jwt;v=1",
        "xat+jwt",
        "at+jwtx",
        "at%2Bjwt",
        "at jwt",
        "text/at+jwt",
        "application/application/at+jwt",
        "application/jwt",
        "ａt+jwt",
    ];
    for typ in texts {
        door.refuses(format!("{typ:?}"), &issuer.token("alice").header("typ", typ).sign())
            .await;
    }
    for typ in ["null", "5", "true", r#"["at+jwt"]"#, r#"{"at+jwt":1}"#] {
        let header = format!(r#"{{"alg":"ES256","typ":{typ}}}"#);
        let token = issuer.sign_raw(&header, &issuer.token("alice").claims_json());
        door.refuses(typ, &token).await;
    }
}

#[tokio::test]
async fn j8_legacy_issuers_may_say_jwt_or_nothing_but_nothing_else() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt().legacy_tokens());
    for typ in [json!("JWT"), json!("jwt"), json!("at+jwt"), Value::Null] {
        let token = issuer.token("alice").header("typ", typ.clone()).sign();
        door.admits(format!("legacy, {typ}"), &token).await;
    }
    for typ in [
        "",
        "JWS",
        "JOSE",
        "logout+jwt",
        "dpop+jwt",
        "secevent+jwt",
        "token-introspection+jwt",
        "kb+jwt",
    ] {
        let token = issuer.token("alice").header("typ", typ).sign();
        door.refuses(format!("legacy, {typ:?}"), &token).await;
    }
}

#[tokio::test]
async fn j9_the_issuer_is_equal_to_the_letter() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    for same in [r#""https://issuer.test""#, r#""https:\/\/issuer\u002etest""#] {
        door.admits(same, &with_claim(&issuer, "iss", same)).await;
    }
    let others = [
        "https://issuer.test/",
        "https://issuer.tes",
        "https://issuer.test.evil",
        "https://ISSUER.test",
        "HTTPS://issuer.test",
        "http://issuer.test",
        "https://issuer.test:443",
        "https://a@issuer.test",
        " https://issuer.test",
        "https://issuer.test ",
        "https://issuer.test\0",
        "https://issuer.test#",
        "issuer.test",
        "",
    ];
    for other in others {
        door.refuses(format!("{other:?}"), &issuer.token("alice").claim("iss", other).sign())
            .await;
    }
    for typed in [
        r#"["https://issuer.test"]"#,
        r#"{"https://issuer.test":1}"#,
        "null",
        "1",
    ] {
        door.refuses(typed, &with_claim(&issuer, "iss", typed)).await;
    }
}

#[tokio::test]
async fn j9_the_verifying_key_belongs_to_the_issuer_that_is_named() {
    let (ours, theirs) = (TestIssuer::default(), TestIssuer::default());
    let door = Door::new(ours.jwt());
    door.admits("ours", &ours.token("alice").sign()).await;
    door.refuses("their key, our name", &theirs.token("alice").sign()).await;
    let elsewhere = ours.token("alice").claim("iss", "https://other.test").sign();
    door.refuses("our key, another name", &elsewhere).await;
}

#[tokio::test]
async fn j10_the_audience_contains_our_own_id() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    for aud in [
        r#""https://api.test""#,
        r#"["https://api.test"]"#,
        r#"["https://other.test","https://api.test"]"#,
        r#"["https:\/\/api.test"]"#,
    ] {
        door.admits(aud, &with_claim(&issuer, "aud", aud)).await;
    }
    for aud in [
        r#""https://other.test""#,
        r#""https://api.test/""#,
        r#""https://api.test/v1""#,
        r#""https://api.tes""#,
        r#""https://api.test.evil""#,
        r#""https://API.test""#,
        r#""https://other.test https://api.test""#,
        r#""https://api.test,https://other.test""#,
        r#"" https://api.test""#,
        r#""https://api.test\u0000""#,
        r#""""#,
        r#""*""#,
        "[]",
        r#"["https://other.test"]"#,
        r#"["https://api.test/","https://API.test"]"#,
        r#"[["https://api.test"]]"#,
        r#"["https://api.test",5]"#,
        r#"["https://api.test",null]"#,
        r#"{"https://api.test":1}"#,
        "null",
        "5",
        "true",
    ] {
        door.refuses(aud, &with_claim(&issuer, "aud", aud)).await;
    }
    door.refuses("no aud", &issuer.token("alice").without("aud").sign())
        .await;
}

#[tokio::test]
async fn j13_each_required_claim_is_required() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    for name in ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"] {
        door.refuses(format!("without {name}"), &issuer.token("alice").without(name).sign())
            .await;
        for json in ["null", "true", "{}", "[5]"] {
            door.refuses(format!("{name} {json}"), &with_claim(&issuer, name, json))
                .await;
        }
    }
    for name in ["sub", "client_id", "jti"] {
        door.refuses(format!("{name} 5"), &with_claim(&issuer, name, "5")).await;
    }
    door.refuses("an empty sub", &issuer.token("").sign()).await;
    door.admits("with all of them", &issuer.token("alice").sign()).await;
}

#[tokio::test]
async fn j13_legacy_tokens_lack_three_claims_at_most() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt().legacy_tokens());
    let lean = issuer.token("alice").without("client_id").without("iat").without("jti");
    door.admits("legacy, lean", &lean.sign()).await;
    for name in ["iss", "exp", "aud", "sub"] {
        let token = lean.clone().without(name).sign();
        door.refuses(format!("legacy, without {name}"), &token).await;
    }
    for name in ["client_id", "iat", "jti"] {
        door.refuses(format!("legacy, {name} null"), &with_claim(&issuer, name, "null"))
            .await;
    }
    door.refuses("legacy, an empty sub", &lean.claim("sub", "").sign())
        .await;
}
