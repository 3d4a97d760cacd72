//! What may be done to the claims.

use super::edits::Expected::{self, Bad, Good, Stricter};
use super::edits::{Case, Edit, NOW, TWICE, set, twice};

const OTHER_KIND: Expected = Stricter("a claim of another kind of token (J16)");
const TYPE: Expected = Stricter("scope, roles or tenant of the wrong type");
const FUTURE: Expected = Stricter("issued in the future");
const BEFORE_1970: Expected = Stricter("a date before 1970 (J12)");
const ENDLESS: Expected = Stricter("a number beyond a double (J12)");
const SURROGATE: Expected = Stricter("half a surrogate pair");

/// Edits of the claims of a token for `audience` of `issuer`.
pub(super) fn edits(issuer: &str, audience: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    let quoted = |text: &str| format!("\"{text}\"");
    for changed in [
        format!("{issuer}/"),
        format!("{issuer}.evil"),
        issuer.to_uppercase(),
        issuer.replace("https", "http"),
        format!(" {issuer}"),
        format!("{issuer}\\u0000"),
        String::new(),
        format!("{issuer}:443"),
        audience.to_owned(),
    ] {
        cases.push(("iss", Edit::Set(quoted(&changed)), Bad));
    }
    cases.push(("iss", Edit::Set(quoted(&issuer.replace('/', "\\/"))), Good));
    cases.push(("iss", Edit::Set(format!("[\"{issuer}\"]")), Bad));
    cases.push(("iss", Edit::Set(format!("{{\"{issuer}\":1}}")), Bad));
    cases.extend(set("iss", Bad, &["null", "1", "true", "[]"]));
    cases.push(("iss", Edit::Remove, Bad));
    cases.extend(twice("iss", &quoted(issuer), "\"https://evil.test\""));

    for good in [
        format!("[\"{audience}\"]"),
        format!("[\"https://other.test\",\"{audience}\"]"),
        format!("[\"{audience}\",\"{audience}\"]"),
        quoted(&audience.replace('/', "\\/")),
        format!("[{}\"{audience}\"]", "\"https://other.test\",".repeat(100)),
    ] {
        cases.push(("aud", Edit::Set(good), Good));
    }
    for bad in [
        format!("{audience}/"),
        format!("{audience}.evil"),
        audience.to_uppercase(),
        format!("{audience} x"),
        format!("{audience},x"),
        String::new(),
        "*".to_owned(),
        issuer.to_owned(),
    ] {
        cases.push(("aud", Edit::Set(quoted(&bad)), Bad));
        cases.push(("aud", Edit::Set(format!("[\"{bad}\"]")), Bad));
    }
    for bad in [format!("[[\"{audience}\"]]"), format!("{{\"{audience}\":1}}")] {
        cases.push(("aud", Edit::Set(bad), Bad));
    }
    cases.extend(set("aud", Bad, &["null", "1", "true", "[]", "{}", "[null]"]));
    for odd in ["5", "null", "{}", "[]"] {
        let mixed = format!("[\"{audience}\",{odd}]");
        cases.push(("aud", Edit::Set(mixed), Stricter("an audience that is no string (J10)")));
    }
    cases.push(("aud", Edit::Remove, Bad));
    cases.extend(twice("aud", &quoted(audience), "\"https://other.test\""));
    dates(&mut cases);
    texts(&mut cases);
    cases
}

/// A time so many thousandths of a second from now.
fn at(milliseconds: i64) -> Edit {
    let now = i64::try_from(NOW).unwrap() * 1000 + milliseconds;
    Edit::Set(format!("{}.{:03}", now / 1000, now % 1000))
}

fn dates(cases: &mut Vec<Case>) {
    let whole = |seconds: i64| Edit::Set((i64::try_from(NOW).unwrap() + seconds).to_string());
    for seconds in [-29, -1, 0, 1, 30, 3_600, 1_000_000_000] {
        cases.push(("exp", whole(seconds), Good));
    }
    cases.extend([
        ("exp", at(-29_500), Good),
        ("exp", at(-29_999), Good),
        ("exp", at(60_250), Good),
    ]);
    cases.extend([
        ("exp", at(-30_001), Bad),
        ("exp", at(-30_000), Bad),
        ("exp", at(-86_400_500), Bad),
    ]);
    for seconds in [-30, -31, -3_600] {
        cases.push(("exp", whole(seconds), Bad));
    }
    cases.extend(set(
        "exp",
        Good,
        &["1.9e9", "19E8", "1e300", "9007199254740993", "99999999999999999999"],
    ));
    let no_date = [
        "null",
        "true",
        "[]",
        "{}",
        "\"1900000000\"",
        "\"\"",
        "[1900000000]",
        r#"{"":1900000000}"#,
    ];
    cases.extend(set(
        "exp",
        Bad,
        &["0", "-0.0", "-1", "1", "1e-300", "-1e400", "-1900000000", "1e9"],
    ));
    for name in ["exp", "nbf", "iat"] {
        cases.extend(set(name, Bad, &no_date));
    }
    cases.extend(set("exp", ENDLESS, &["1e400", "1e309", "2E+999"]));
    cases.push(("exp", Edit::Remove, Bad));
    cases.extend(twice("exp", &(NOW + 600).to_string(), "1"));

    for seconds in [-1_000, 0, 29, 30] {
        cases.push(("nbf", whole(seconds), Good));
        cases.push(("iat", whole(seconds), Good));
    }
    cases.extend([
        ("nbf", at(-500), Good),
        ("nbf", at(29_999), Good),
        ("iat", at(-500), Good),
        ("iat", at(30_000), Good),
    ]);
    for edit in [at(30_001), whole(31), whole(3_600), whole(999_999_999)] {
        cases.push(("nbf", edit.clone(), Bad));
        cases.push(("iat", edit, FUTURE));
    }
    for name in ["nbf", "iat"] {
        cases.extend(set(name, Good, &["0", "-0.0", "0.5", "1e-300", "1e9"]));
        cases.extend(set(name, BEFORE_1970, &["-1", "-0.001", "-1e300"]));
        cases.extend(set(name, ENDLESS, &["-1e400"]));
    }
    cases.extend(set("nbf", Bad, &["1e400", "1e300"]));
    cases.extend(set("iat", ENDLESS, &["1e400"]));
    cases.extend(set("iat", FUTURE, &["1e300"]));
    cases.push(("iat", Edit::Remove, Bad));
    cases.extend(twice("iat", &NOW.to_string(), "null"));
    cases.push(("nbf", Edit::Set("0,\"nbf\":0".into()), TWICE));
}

fn texts(cases: &mut Vec<Case>) {
    let good = [
        r#""a""#,
        r#""alice@example.com""#,
        r#""é 😀""#,
        r#""\u00e9""#,
        r#""\ud83d\ude00""#,
        r#"" x ""#,
        r#""null""#,
    ];
    for name in ["sub", "client_id", "jti"] {
        cases.extend(set(name, Good, &good));
        cases.push((name, Edit::Set(format!("\"{}\"", "x".repeat(2_000))), Good));
        cases.extend(set(
            name,
            Bad,
            &["null", "0", "5", "true", "[]", r#"["alice"]"#, r#"{"":"alice"}"#],
        ));
        cases.extend(set(name, SURROGATE, &[r#""\ud800""#, r#""a\udfffb""#]));
        cases.push((name, Edit::Remove, Bad));
        cases.extend(twice(name, "\"alice\"", "null"));
        cases.push((name, Edit::Before("\"bob\"".into()), TWICE));
    }
    cases.extend(set("sub", Stricter("an empty subject"), &[r#""""#]));
    cases.extend(set("client_id", Stricter("an empty client id"), &[r#""""#]));
    cases.extend(set("jti", Good, &[r#""""#]));
    cases.extend(set(
        "scope",
        Good,
        &[
            r#""""#,
            r#""read:profile""#,
            r#""a b c""#,
            r#""a  b""#,
            r#""read:profilex""#,
        ],
    ));
    cases.extend(set("roles", Good, &["[]", r#"["admin"]"#, r#"["a","a"]"#]));
    cases.extend(set("tenant", Good, &[r#""acme""#]));
    cases.extend(set("scope", TYPE, &["null", "[]", r#"["read:profile"]"#, "5", "{}"]));
    cases.extend(set(
        "roles",
        TYPE,
        &["null", r#""admin""#, "[1]", "{}", r#"[["admin"]]"#],
    ));
    cases.extend(set("tenant", TYPE, &["null", r#""""#, "5", r#"["acme"]"#]));
    for name in ["nonce", "at_hash", "c_hash", "s_hash", "events", "htm", "htu"] {
        cases.extend(set(name, OTHER_KIND, &[r#""x""#, "null", "{}"]));
    }
    for name in [
        "act",
        "sid",
        "groups",
        "entitlements",
        "email",
        "x",
        "amr",
        "kid",
        "alg",
        "typ",
    ] {
        cases.extend(set(name, Good, &[r#""x""#, "1", "[]", r#"{"sub":"bob","exp":0}"#]));
    }
    // Whoever sends a bound token must prove to have its key, which a bearer does not (D7, M1).
    cases.extend(set(
        "cnf",
        Bad,
        &[
            r#"{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}"#,
            r#"{"x5t#S256":"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}"#,
            r#"{"jkt":"x","x5t#S256":"y"}"#,
            r#"{"jkt":1}"#,
            r#"{"jkt":null}"#,
            r#"{"kid":"x"}"#,
            r#"{"jwk":{}}"#,
            "null",
            "[]",
            "\"x\"",
            "true",
        ],
    ));
    cases.extend(set("cnf", Stricter("an empty cnf"), &["{}"]));
    cases.extend(set("__proto__", Good, &[r#"{"sub":"bob","exp":0}"#, "null"]));
    cases.extend(set("toString", Good, &["1"]));
    cases.extend(set("x", ENDLESS, &["1e400", "[-1e400]"]));
    cases.extend(set("x", SURROGATE, &[r#""\ud800""#, r#"{"\udc00":1}"#]));
    cases.extend(set(
        "x",
        TWICE,
        &["1,\"x\":1", r#"{"y":1,"y":1}"#, r#"[{"y":1,"\u0079":2}]"#],
    ));
    cases.extend(set(
        "x",
        Bad,
        &[
            "01",
            "+1",
            ".5",
            "1.",
            "NaN",
            "Infinity",
            "'x'",
            "undefined",
            "\"\t\"",
            "\"\\x\"",
            "[1,]",
            "",
            "0x1",
        ],
    ));
    cases.push(("su\\u0062", Edit::Set("\"alice\"".into()), TWICE));
}
