//! What may be done to the members of a header.

use super::edits::Expected::{Bad, Good, Stricter};
use super::edits::{Case, Edit, TWICE, set, twice};

/// Edits of the header of a token that is signed by this algorithm, where `other` is another that has a key.
pub(super) fn edits(algorithm: &str, other: &str) -> Vec<Case> {
    let id = format!("\"key-{algorithm}\"");
    let mut cases = Vec::new();
    cases.extend(set(
        "typ",
        Good,
        &[
            r#""AT+JWT""#,
            r#""aT+jWt""#,
            r#""application/at+jwt""#,
            r#""APPLICATION/AT+JWT""#,
            r#""\u0061t+jwt""#,
            r#""application\/at+jwt""#,
        ],
    ));
    cases.extend(set(
        "typ",
        Bad,
        &[
            r#""JWT""#,
            r#""jwt""#,
            r#""at+jwt ""#,
            r#"" at+jwt""#,
            r#""at+jwt\u0000""#,
            r#""at+jwt;v=1""#,
            r#""application/application/at+jwt""#,
            r#""/at+jwt""#,
            r#""at-jwt""#,
            r#""at jwt""#,
            r#""ａt+jwt""#,
            r#""dpop+jwt""#,
            r#""logout+jwt""#,
            r#""secevent+jwt""#,
            r#""id_token""#,
            r#""""#,
            r#"["at+jwt"]"#,
            "null",
            "1",
            "{}",
            "true",
        ],
    ));
    cases.push(("typ", Edit::Remove, Bad));
    cases.extend(set(
        "alg",
        Bad,
        &[
            r#""none""#,
            r#""None""#,
            r#""nOnE""#,
            r#""HS256""#,
            r#""HS384""#,
            r#""HS512""#,
            r#""RS384""#,
            r#""PS512""#,
            r#""ES512""#,
            r#""ES256K""#,
            r#""Ed25519""#,
            r#""Ed448""#,
            r#""ML-DSA-44""#,
            r#""RSA1_5""#,
            r#""dir""#,
            r#""""#,
            "null",
            "256",
            r#"["ES256"]"#,
            "{}",
        ],
    ));
    for changed in [algorithm.to_lowercase(), format!("{algorithm} "), other.to_owned()] {
        cases.push(("alg", Edit::Set(format!("\"{changed}\"")), Bad));
    }
    cases.push(("alg", Edit::Remove, Bad));
    cases.push(("kid", Edit::Remove, Good));
    cases.push(("kid", Edit::Set(id.replace('k', "\\u006b")), Good));
    for changed in [
        format!("key-{other}"),
        format!("KEY-{algorithm}"),
        format!("key-{algorithm}\\u0000"),
        "k".repeat(300),
    ] {
        cases.push(("kid", Edit::Set(format!("\"{changed}\"")), Bad));
    }
    cases.push(("kid", Edit::Set(format!("[{id}]")), Bad));
    cases.extend(set(
        "kid",
        Bad,
        &[r#""""#, r#""x""#, r#""../../dev/null""#, "null", "0", "{}", "false"],
    ));
    cases.extend(set(
        "crit",
        Bad,
        &[
            r#"["exp"]"#,
            r#"["b64"]"#,
            r#"["alg"]"#,
            r#"["urn:x"]"#,
            "[]",
            "null",
            r#""exp""#,
            "{}",
            "false",
            "0",
        ],
    ));
    cases.extend(set(
        "b64",
        Stricter("b64 in the header (J6)"),
        &["false", "true", "null", "\"false\""],
    ));
    let packed = Stricter("zip or cty in the header (J20)");
    cases.extend(set("zip", packed, &[r#""DEF""#, r#""""#, "null"]));
    cases.extend(set("cty", packed, &[r#""JWT""#, r#""json""#, "null"]));
    // What points to a key is not looked at, by neither (J3).
    cases.extend(set(
        "jwk",
        Good,
        &[
            r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
            r#"{"kty":"oct","k":"AAAA"}"#,
            "null",
            "\"x\"",
        ],
    ));
    for name in ["jku", "x5u"] {
        cases.extend(set(
            name,
            Good,
            &[r#""https://evil.test/jwks""#, r#""file:///etc/passwd""#, "null"],
        ));
    }
    cases.extend(set("x5c", Good, &[r#"["MIIB"]"#, "[]", "null"]));
    cases.extend(set("x5t#S256", Good, &[r#""AAAA""#]));
    for name in ["enc", "epk", "p2c", "iss", "aud", "exp", "nonce", "x"] {
        cases.extend(set(name, Good, &[r#""x""#, "0", "[]", r#"{"a":{"b":[1,2]}}"#]));
    }
    cases.extend(set("__proto__", Good, &[r#"{"crit":["x"],"alg":"none"}"#, "null"]));
    cases.extend(set("constructor", Good, &["1"]));
    cases.extend(twice("typ", "\"at+jwt\"", "\"JWT\""));
    cases.extend(twice("alg", &format!("\"{algorithm}\""), "\"none\""));
    cases.extend(twice("kid", &id, "\"other\""));
    cases.push(("\\u0074yp", Edit::Set("\"at+jwt\"".into()), TWICE));
    cases.push(("\\u0061lg", Edit::Set(format!("\"{algorithm}\"")), TWICE));
    cases.push(("\\u0061lg", Edit::Set("\"none\"".into()), Bad));
    cases.push(("x\":1,\"x", Edit::Set("1".into()), TWICE));
    cases
}
