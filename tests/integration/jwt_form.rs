//! Texts that one reader takes for a token and another does not: J4 to J7, J20.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secure_runtime::jwt::{Key, MacAlgorithm};
use secure_runtime::testing::TestIssuer;
use serde_json::{Value, json};

use crate::jwt_door::{Door, HEADER, segments, verifier};
use crate::jwt_vectors::{self as vectors, Segment};

#[tokio::test]
async fn j4_only_the_compact_serialization_of_three_segments() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    let good = issuer.token("alice").sign();
    let [h, p, s] = segments(&good);
    let claims = issuer.token("alice").claims_json();
    let table = [
        ("one segment", h.to_owned()),
        ("two segments", format!("{h}.{p}")),
        ("an empty signature", format!("{h}.{p}.")),
        ("four segments", format!("{good}.{s}")),
        ("a dot before", format!(".{good}")),
        ("a dot after", format!("{good}.")),
        ("no payload, signed", issuer.sign_raw(HEADER, "")),
        ("no header, signed", issuer.sign_raw("", &claims)),
        ("a detached payload", format!("{h}..{s}")),
        ("dots", "..".to_owned()),
        ("more dots", "....".to_owned()),
        (
            "flattened JSON",
            json!({ "payload": p, "protected": h, "signature": s }).to_string(),
        ),
        (
            "general JSON",
            json!({ "payload": p, "signatures": [{ "protected": h, "signature": s }] }).to_string(),
        ),
        ("two tokens", format!("{good},{good}")),
        ("a token in quotes", format!("\"{good}\"")),
        ("a fragment after", format!("{good}#x")),
        ("an escape", good.replacen('.', "%2E", 1)),
    ];
    for (what, token) in table {
        door.refuses(what, &token).await;
    }
    door.admits("the token itself", &good).await;
}

#[tokio::test]
async fn j4_header_and_claims_are_json_objects() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    let claims = issuer.token("alice").claims_json();
    let values: Vec<Value> = ["iss", "exp", "aud", "sub", "nbf", "iat", "jti", "client_id", "scope"]
        .map(|name| serde_json::from_str::<Value>(&claims).unwrap()[name].clone())
        .into();
    let deep = claims.replacen('{', &format!("{{\"x\":{}{},", "[".repeat(4000), "]".repeat(4000)), 1);
    let table = [
        ("a header in a list", format!("[{HEADER}]"), claims.clone()),
        ("a header as a string", json!(HEADER).to_string(), claims.clone()),
        ("claims as a list", HEADER.to_owned(), json!(values).to_string()),
        ("claims in a list", HEADER.to_owned(), format!("[{claims}]")),
        ("bytes after the header", format!("{HEADER}x"), claims.clone()),
        ("a second header", format!("{HEADER}{HEADER}"), claims.clone()),
        ("bytes after the claims", HEADER.to_owned(), format!("{claims}x")),
        ("a NUL after the claims", HEADER.to_owned(), format!("{claims}\0")),
        ("a byte order mark", HEADER.to_owned(), format!("\u{feff}{claims}")),
        ("a comment", HEADER.to_owned(), format!("/**/{claims}")),
        ("a trailing comma", HEADER.to_owned(), claims.replace('}', ",}")),
        ("single quotes", HEADER.replace('"', "'"), claims.clone()),
        ("a string", HEADER.to_owned(), json!(claims).to_string()),
        ("null", HEADER.to_owned(), "null".to_owned()),
        (
            "a lone surrogate",
            HEADER.to_owned(),
            claims.replace("alice", r"\ud800"),
        ),
        ("4000 levels", HEADER.to_owned(), deep),
    ];
    for (what, header, claims) in table {
        door.refuses(what, &issuer.sign_raw(&header, &claims)).await;
    }
    door.admits("white space around", &issuer.sign_raw(HEADER, &format!(" {claims}\n")))
        .await;
}

#[tokio::test]
async fn j4_a_list_of_the_header_s_values_is_no_header() {
    // A derived reader takes a list for a struct, value by value, where the standard knows objects only (RFC 7515 §4).
    let issuer = TestIssuer::default();
    let claims = issuer.token("alice").claims_json();
    for door in [Door::new(issuer.jwt()), Door::new(issuer.jwt().legacy_tokens())] {
        for header in [
            r#"["ES256","at+jwt"]"#,
            r#"["ES256","at+jwt",null]"#,
            r#"["ES256","at+jwt","a"]"#,
            r#"["ES256"]"#,
            "[]",
        ] {
            door.refuses(header, &issuer.sign_raw(header, &claims)).await;
        }
        door.admits("the header as an object", &issuer.sign_raw(HEADER, &claims))
            .await;
    }
}

#[tokio::test]
async fn j5_a_signature_has_one_spelling() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    // 64 bytes leave four bits of the last character unused. The other alphabet differs only if `-` or `_` occur.
    let good = std::iter::repeat_with(|| issuer.token("alice").sign())
        .find(|token| segments(token)[2].contains(['-', '_']))
        .unwrap();
    door.admits("the token itself", &good).await;
    let [h, p, s] = segments(&good);
    let (rest, last) = s.split_at(s.len() - 1);
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let index = ALPHABET.find(last).unwrap();
    assert_eq!(index % 16, 0, "the signer leaves the unused bits at zero");
    for stray in 1..16 {
        let last = &ALPHABET[index + stray..=index + stray];
        door.refuses(format!("stray bits {stray:04b}"), &format!("{h}.{p}.{rest}{last}"))
            .await;
    }
    let (front, back) = s.split_at(s.len() / 2);
    let table = [
        ("right padding", format!("{s}==")),
        ("half the padding", format!("{s}=")),
        ("too much padding", format!("{s}====")),
        ("padding in the middle", format!("{front}=={back}")),
        ("a space in the middle", format!("{front} {back}")),
        ("a tab in the middle", format!("{front}\t{back}")),
        ("a tab at the end", format!("{s}\t")),
        ("an escaped line end", format!("{s}%0A")),
        ("plain base64", s.replace('-', "+").replace('_', "/")),
        ("a tilde", format!("{front}~{back}")),
        ("a character more", format!("{s}A")),
        ("a character less", rest.to_owned()),
    ];
    for (what, signature) in table {
        door.refuses(what, &format!("{h}.{p}.{signature}")).await;
    }
}

#[tokio::test]
async fn j5_header_and_payload_have_one_spelling_even_if_it_is_signed() {
    let door = Door::new(verifier().key(Key::secret(MacAlgorithm::Hs256, vectors::SECRET)));
    let good = format!("{}.{}.{}", vectors::HEADER, vectors::PAYLOAD, vectors::CANONICAL);
    door.admits("the canonical spelling", &good).await;
    for (what, segment, from, to, mac) in vectors::ENCODINGS {
        let changed = |which: Segment, text: &str| match which == segment {
            true => format!("{}{to}", text.strip_suffix(from).unwrap()),
            false => text.to_owned(),
        };
        let header = changed(Segment::Header, vectors::HEADER);
        let payload = changed(Segment::Payload, vectors::PAYLOAD);
        door.refuses(what, &format!("{header}.{payload}.{mac}")).await;
        door.refuses(
            format!("{what}, with the canonical MAC"),
            &format!("{header}.{payload}.{}", vectors::CANONICAL),
        )
        .await;
    }
}

#[tokio::test]
async fn j6_critical_extensions_are_refused() {
    let issuer = TestIssuer::default();
    let (door, legacy) = (Door::new(issuer.jwt()), Door::new(issuer.jwt().legacy_tokens()));
    let claims = issuer.token("alice").claims_json();
    let table = [
        r#""crit":["exp"]"#,
        r#""crit":["b64"]"#,
        r#""crit":["alg"]"#,
        r#""crit":["x"],"x":1"#,
        r#""crit":["b64"],"b64":true"#,
        r#""crit":["b64"],"b64":false"#,
        r#""crit":[]"#,
        r#""crit":null"#,
        r#""crit":"exp""#,
        r#""crit":{}"#,
        r#""crit":false"#,
        r#""cr\u0069t":["exp"]"#,
        r#""b64":false"#,
        r#""b64":0"#,
        r#""b64":null"#,
        r#""b64":"false""#,
    ];
    for members in table {
        let header = format!(r#"{{"typ":"at+jwt","alg":"ES256",{members}}}"#);
        let token = issuer.sign_raw(&header, &claims);
        door.refuses(members, &token).await;
        legacy.refuses(format!("legacy, {members}"), &token).await;
    }
    // An extension that nobody calls critical is ignored (RFC 7515 §4).
    let header = r#"{"typ":"at+jwt","alg":"ES256","exp":1,"x":{"crit":["x"]}}"#;
    door.admits("an unknown member", &issuer.sign_raw(header, &claims))
        .await;
}

#[tokio::test]
async fn j7_no_member_stands_twice() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    let claims = issuer.token("alice").claims_json();
    let headers = [
        r#""alg":"ES256""#,
        r#""alg":"none""#,
        r#""\u0061lg":"ES256""#,
        r#""typ":"at+jwt""#,
        r#""t\u0079p":"JWT""#,
        r#""kid":"a","kid":"a""#,
        r#""x":1,"x":1"#,
        r#""x":1,"\u0078":2"#,
        r#""jwk":{"kty":"EC","kty":"RSA"}"#,
        r#""x":[{"a":1,"a":1}]"#,
    ];
    for members in headers {
        let (name, value) = HEADER.split_at(1);
        let before = format!("{name}{members},{value}");
        let after = format!("{},{members}}}", HEADER.strip_suffix('}').unwrap());
        for header in [before, after] {
            door.refuses(&header, &issuer.sign_raw(&header, &claims)).await;
        }
    }
    let twice = [
        r#""sub":"alice""#,
        r#""sub":"mallory""#,
        r#""s\u0075b":"mallory""#,
        r#""iss":"https://issuer.test""#,
        r#""aud":"https://api.test""#,
        r#""exp":4102444800"#,
        r#""e\u0078p":4102444800"#,
        r#""jti":"x""#,
        r#""scope":"a","scope":"admin""#,
        r#""scope":"a","sc\u006fpe":"admin""#,
        r#""roles":["a"],"roles":["admin"]"#,
        r#""tenant":"a","tenant":"b""#,
        r#""realm_access":{"roles":["a"],"roles":["admin"]}"#,
        r#""x":[[{"a":{"b":1,"\u0062":1}}]]"#,
        r#""":1,"":1"#,
    ];
    for members in twice {
        let before = claims.replacen('{', &format!("{{{members},"), 1);
        let after = format!("{},{members}}}", claims.strip_suffix('}').unwrap());
        for claims in [before, after] {
            door.refuses(&claims, &issuer.sign_raw(HEADER, &claims)).await;
        }
    }
    // The same name at another place is another member, and so is the same name in another case.
    let apart = claims.replacen('{', r#"{"Sub":"mallory","x":[{"sub":"a"},{"sub":"b"}],"#, 1);
    door.admits("once in each object", &issuer.sign_raw(HEADER, &apart))
        .await;
}

#[tokio::test]
async fn j20_encrypted_and_nested_tokens_are_refused() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    let good = issuer.token("alice").sign();
    let [_, payload, signature] = segments(&good);
    for header in [
        r#"{"alg":"dir","enc":"A256GCM"}"#,
        r#"{"alg":"RSA-OAEP-256","enc":"A128CBC-HS256","typ":"at+jwt"}"#,
        HEADER,
    ] {
        let five = format!(
            "{}.{payload}.{signature}.{payload}.{signature}",
            URL_SAFE_NO_PAD.encode(header)
        );
        door.refuses(format!("five segments, {header}"), &five).await;
        let direct = format!("{}..{payload}.{signature}.{signature}", URL_SAFE_NO_PAD.encode(header));
        door.refuses(format!("five segments, no key, {header}"), &direct).await;
    }
    for (name, value) in [("cty", "JWT"), ("cty", "at+jwt"), ("zip", "DEF")] {
        door.refuses(
            format!("{name} {value}"),
            &issuer.token("alice").header(name, value).sign(),
        )
        .await;
    }
    door.refuses("a token in a token", &issuer.sign_raw(HEADER, &good))
        .await;
    door.refuses(
        "a token as a string in a token",
        &issuer.sign_raw(HEADER, &format!("{good:?}")),
    )
    .await;
    door.admits("the inner token", &good).await;
}
