//! Where a credential may stand, and what it looks like: A5, A7, A8.

use std::sync::atomic::Ordering;

use axum::http::HeaderValue;
use secure_runtime::testing::TestIssuer;

use crate::challenged_api::{api, parameter};
use crate::support::{get, request, send};

#[tokio::test]
async fn a5_a_token_sent_in_two_ways_is_an_invalid_request() {
    let api = api();
    let good = api.bearer("");
    let token = good.strip_prefix("Bearer ").unwrap();
    let headers = [
        ("the same twice", [good.as_str(), &good]),
        ("a bad one first", ["Bearer x", &good]),
        ("a bad one last", [&good, "Bearer x"]),
        ("another scheme first", ["Basic YTpi", &good]),
        ("another scheme last", [&good, "DPoP x"]),
        ("an empty one first", ["", &good]),
        ("two of other schemes", ["Basic YTpi", "Digest x"]),
    ];
    for path in ["/me", "/maybe"] {
        for (what, [first, second]) in headers {
            let request = get(path, &[("authorization", first), ("Authorization", second)]);
            let answer = api.refused(&format!("{path}, {what}"), request, 400).await;
            assert_eq!(parameter(&answer, "error"), Some("invalid_request"), "{what}");
        }
        let queries = [
            format!("access_token={token}"),
            "access_token=".to_owned(),
            "access_token".to_owned(),
            "access_token=x".to_owned(),
            format!("a=b&access_token={token}&c=d"),
            format!("access%5Ftoken={token}"),
            format!("access%5ftoken={token}"),
            "access_token=a&access_token=b".to_owned(),
        ];
        for query in queries {
            let alone = get(&format!("{path}?{query}"), &[]);
            let both = get(&format!("{path}?{query}"), &[("authorization", &good)]);
            for (what, request) in [("alone", alone), ("beside the header", both)] {
                let answer = api.refused(&format!("{path}?{query} {what}"), request, 400).await;
                assert_eq!(parameter(&answer, "error"), Some("invalid_request"), "{query} {what}");
            }
        }
        // Other names are nobody's business here.
        for query in [
            "access=1",
            "my_access_token=1",
            "access_tokens=1",
            "q=access_token",
            "token=1",
            "a=%26access_token%3D1",
        ] {
            let answer = api.get(&format!("{path}?{query}"), &[("authorization", &good)]).await;
            assert_eq!(answer.status, 200, "{path}?{query}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn a5_an_escaped_name_is_the_same_name() {
    // Whoever reads the query after us decodes it, and so does every log on the way that hides tokens by their name.
    let api = api();
    let good = api.bearer("");
    let escaped = [
        "access%5Ftoken",
        "access_toke%6E",
        "a%63cess_token",
        "%61ccess_token",
        "%61%63%63%65%73%73%5F%74%6F%6B%65%6E",
    ];
    for name in escaped {
        for path in ["/me", "/maybe"] {
            let request = get(&format!("{path}?{name}=x"), &[("authorization", &good)]);
            let answer = api.refused(&format!("{path}, {name}"), request, 400).await;
            assert_eq!(parameter(&answer, "error"), Some("invalid_request"), "{path}, {name}");
        }
    }
}

#[tokio::test]
async fn a7_the_scheme_is_taken_in_any_case_with_any_number_of_spaces() {
    let api = api();
    let good = api.bearer("");
    let token = good.strip_prefix("Bearer ").unwrap();
    for credential in ["Bearer ", "bearer ", "BEARER ", "bEaReR ", "Bearer  ", "bearer     "] {
        let answer = api
            .get("/me", &[("authorization", &format!("{credential}{token}"))])
            .await;
        assert_eq!(
            (answer.status.as_u16(), &*answer.body),
            (200, &b"alice"[..]),
            "{credential:?}"
        );
    }
    let others = [
        format!("Basic {token}"),
        format!("DPoP {token}"),
        format!("Token {token}"),
        format!("Bearer{token}"),
        token.to_owned(),
        format!("Bearer\t{token}"),
        format!("Bearer:{token}"),
        format!("Bearer,{token}"),
        format!("Bearers {token}"),
        format!("\"Bearer\" {token}"),
        format!("Negotiate, Bearer {token}"),
        String::new(),
        "Basic".to_owned(),
    ];
    for path in ["/me", "/maybe"] {
        for credential in &others {
            let answer = api
                .refused(credential, get(path, &[("authorization", credential)]), 401)
                .await;
            assert_eq!(
                answer.header("www-authenticate"),
                Some("Bearer realm=\"api\""),
                "{path}, {credential}"
            );
        }
    }
}

#[tokio::test]
async fn a7_the_rest_is_token68() {
    let api = api();
    let good = api.bearer("");
    let table = [
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        "Bearer    ".to_owned(),
        "Bearer a b".to_owned(),
        format!("{good} x"),
        format!("{good},Bearer x"),
        format!("{good};a=b"),
        "Bearer realm=\"x\"".to_owned(),
        "Bearer a=b".to_owned(),
        "Bearer ===".to_owned(),
        "Bearer \"a\"".to_owned(),
        "Bearer {}".to_owned(),
        "Bearer a\tb".to_owned(),
        format!("{good}\t"),
        "Bearer a%b".to_owned(),
        "Bearer a:b".to_owned(),
        "Bearer <a>".to_owned(),
    ];
    for path in ["/me", "/maybe"] {
        for credential in &table {
            let answer = api
                .refused(credential, get(path, &[("authorization", credential)]), 401)
                .await;
            assert_eq!(
                parameter(&answer, "error"),
                Some("invalid_token"),
                "{path}, {credential}"
            );
            // Not a token that is no good, but no token: it was not even looked at.
            let told = parameter(&answer, "error_description");
            assert_eq!(told, Some("the access token is malformed"), "{path}, {credential}");
        }
        for bytes in [&b"Bearer \xff"[..], b"Bearer \xc3\xa9", b"\xffearer a"] {
            let mut request = get(path, &[]);
            request
                .headers_mut()
                .insert("authorization", HeaderValue::from_bytes(bytes).unwrap());
            api.refused(&format!("{path}, {bytes:?}"), request, 401).await;
        }
    }
}

#[tokio::test]
async fn a7_who_need_not_send_a_credential_must_send_a_good_one() {
    let api = api();
    assert_eq!(api.get("/maybe", &[]).await.body, b"anybody");
    assert_eq!(
        api.get("/maybe", &[("authorization", &api.bearer(""))]).await.body,
        b"alice"
    );
    let expired = api.issuer.token("alice").expires_in(-60).sign();
    let foreign = TestIssuer::default().token("alice").sign();
    for (what, token) in [
        ("expired", expired),
        ("another's key", foreign),
        ("garbage", "a.b.c".to_owned()),
    ] {
        let request = get("/maybe", &[("authorization", &format!("Bearer {token}"))]);
        let answer = api.refused(what, request, 401).await;
        assert_eq!(parameter(&answer, "error"), Some("invalid_token"), "{what}");
    }
}

#[tokio::test]
async fn a8_a_token_counts_in_the_authorization_header_only() {
    let api = api();
    let good = api.bearer("");
    let token = good.strip_prefix("Bearer ").unwrap();
    let cookie = format!("access_token={token}; Authorization={token}");
    let headers = [
        ("cookie", cookie.as_str()),
        ("proxy-authorization", &good),
        ("x-authorization", &good),
        ("x-access-token", token),
        ("x-forwarded-authorization", &good),
        ("x-api-key", token),
        ("authentication", &good),
        ("sec-websocket-protocol", token),
    ];
    for (name, value) in headers {
        let answer = api.refused(name, get("/me", &[(name, value)]), 401).await;
        assert_eq!(
            answer.header("www-authenticate"),
            Some("Bearer realm=\"api\""),
            "{name}"
        );
    }
    let bodies = [
        ("application/x-www-form-urlencoded", format!("access_token={token}")),
        ("application/json", format!("{{\"access_token\":\"{token}\"}}")),
    ];
    for (kind, body) in bodies {
        let answer = api
            .refused(kind, request("POST", "/me", &[("content-type", kind)], body), 401)
            .await;
        assert_eq!(
            answer.header("www-authenticate"),
            Some("Bearer realm=\"api\""),
            "{kind}"
        );
    }
    api.refused("in the query", get(&format!("/me?access_token={token}"), &[]), 400)
        .await;
    let posted = send(&api.router, request("POST", "/me", &[("authorization", &good)], "")).await;
    assert_eq!(
        (posted.status.as_u16(), api.entered.load(Ordering::SeqCst)),
        (200, 1),
        "the header"
    );
}
