use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{ec, ed, set, with};
use crate::authn::jwt::KeySet;
use crate::authn::remote::key_set::{DEFAULT_ALGORITHMS, KeySetFault};
use crate::jwt::SignatureAlgorithm;

/// RFC 7638 §3.1, without its algorithm.
const RSA: &str = r#"{"kty":"RSA","kid":"r","e":"AQAB","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}"#;

fn read(text: &str) -> Result<KeySet, KeySetFault> {
    KeySet::read(text, &DEFAULT_ALGORITHMS, None)
}

fn ids(set: &KeySet) -> Vec<Option<&str>> {
    set.keys.iter().map(|key| key.id.as_deref()).collect()
}

#[test]
fn k6_what_is_no_usable_key_is_passed_over_and_the_rest_kept() {
    let rsa: Value = serde_json::from_str(RSA).unwrap();
    let others = [
        json!({ "kty": "oct", "kid": "o", "k": "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3JldA", "alg": "HS256" }),
        json!({ "kty": "FUTURE", "kid": "f" }),
        json!({ "kid": "without a type" }),
        json!({}),
        json!(null),
        json!("text"),
        json!([]),
        with(ec("private"), "d", "AAAA"),
        with(ec("for encryption"), "use", "enc"),
        with(ec("for signing"), "key_ops", json!(["sign"])),
        with(ec("another algorithm"), "alg", "ECDH-ES"),
        with(ec("no algorithm"), "alg", "none"),
        with(ec("a mac"), "alg", "HS256"),
        with(ec("wrong curve"), "crv", "P-521"),
        with(ec("off the curve"), "x", URL_SAFE_NO_PAD.encode([7; 32])),
        with(ec("wrong type"), "x", 5),
        with(ec("number"), "kid", 5),
        with(rsa.clone(), "n", "AQAB"),
        with(rsa.clone(), "alg", "RSA-OAEP"),
        ec(&"k".repeat(257)),
    ];
    for (i, other) in others.iter().enumerate() {
        let set = read(&set(&[ec("before"), other.clone(), ed("after")])).unwrap();
        assert_eq!(ids(&set), [Some("before"), Some("after")], "{i}: {other}");
        assert_eq!(
            read(&super::set(std::slice::from_ref(other))).unwrap_err(),
            KeySetFault::NoneUsable(1),
            "{i}"
        );
    }
    assert_eq!(
        read(&super::set(&others)).unwrap_err(),
        KeySetFault::NoneUsable(others.len())
    );
}

#[test]
fn k6_of_two_keys_with_one_id_neither_counts() {
    let twins = read(&set(&[ec("a"), ec("twin"), ed("twin"), ec("b")])).unwrap();
    assert_eq!(ids(&twins), [Some("a"), Some("b")]);
    let same = ec("same");
    assert_eq!(
        read(&set(&[same.clone(), same])).unwrap_err(),
        KeySetFault::NoneUsable(2)
    );
    // What is not usable takes no id away.
    let shared = [ec("a"), with(ec("a"), "use", "enc")];
    assert_eq!(ids(&read(&set(&shared)).unwrap()), [Some("a")]);
    // Keys without an id have none in common.
    let mut nameless = [ec("a"), ec("b")];
    for key in &mut nameless {
        key.as_object_mut().unwrap().remove("kid");
    }
    assert_eq!(ids(&read(&set(&nameless)).unwrap()), [None, None]);
}

#[test]
fn j2_each_key_has_one_algorithm_and_an_rsa_key_without_is_rs256() {
    let one = |text: &str, allowed: &[SignatureAlgorithm]| {
        let set = KeySet::read(&format!(r#"{{"keys":[{text}]}}"#), allowed, None);
        set.map(|set| set.keys[0].algorithm).ok()
    };
    assert_eq!(one(RSA, &DEFAULT_ALGORITHMS), Some("RS256"));
    assert_eq!(
        one(
            &RSA.replace("\"kty\"", "\"alg\":\"PS256\",\"kty\""),
            &DEFAULT_ALGORITHMS
        ),
        Some("PS256")
    );
    assert_eq!(
        one(
            &RSA.replace("\"kty\"", "\"alg\":\"RS512\",\"kty\""),
            &DEFAULT_ALGORITHMS
        ),
        None
    );
    assert_eq!(one(RSA, &[SignatureAlgorithm::Es256]), None);
    assert_eq!(one(RSA, &[SignatureAlgorithm::Ps512]), Some("PS512"));
}

#[test]
fn k6_a_key_of_a_set_verifies_what_its_owner_signed() {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let point = pair.public_key().as_ref();
    let (x, y) = (
        URL_SAFE_NO_PAD.encode(&point[1..33]),
        URL_SAFE_NO_PAD.encode(&point[33..]),
    );
    let own = with(with(ec("own"), "x", x), "y", y);
    let set = read(&set(&[own, ec("other")])).unwrap();
    let signature = pair.sign(&aws_lc_rs::rand::SystemRandom::new(), b"message").unwrap();
    let verifies: Vec<bool> = set
        .keys
        .iter()
        .map(|key| key.verifies(b"message", signature.as_ref()))
        .collect();
    assert_eq!(verifies, [true, false]);
}

#[test]
fn k6_a_set_has_one_reading_and_100_keys_at_most() {
    let key = ec("a").to_string();
    for text in [
        String::new(),
        "{}".to_owned(),
        "[]".to_owned(),
        format!("[{key}]"),
        r#"{"keys":{}}"#.to_owned(),
        r#"{"keys":null}"#.to_owned(),
        format!(r#"{{"keys":[],"keys":[{key}]}}"#),
        format!(r#"{{"keys":[{}]}}"#, key.replace("{", r#"{"kid":"b","#)),
        format!(r#"{{"keys":[{key}]}} "#) + "x",
    ] {
        assert_eq!(read(&text).unwrap_err(), KeySetFault::Malformed, "{text}");
    }
    assert_eq!(read(r#"{"keys":[]}"#).unwrap_err(), KeySetFault::NoneUsable(0));
    let many = |count: usize| vec![json!({ "kty": "FUTURE" }); count];
    let with_one = |count: usize| set(&[many(count - 1), vec![ec("a")]].concat());
    assert!(read(&with_one(100)).is_ok());
    assert_eq!(read(&with_one(101)).unwrap_err(), KeySetFault::TooMany);
}

#[test]
fn k6_the_generation_follows_the_usable_keys_alone() {
    let (a, b) = (ec("a"), ec("b"));
    let next = |keys: &[Value], before: &KeySet| {
        let set = KeySet::read(&set(keys), &DEFAULT_ALGORITHMS, Some(before));
        set.unwrap().generation
    };
    let first = read(&set(&[a.clone(), b.clone()])).unwrap();
    assert_eq!(first.generation, 0);
    assert_eq!(next(&[b.clone(), a.clone()], &first), 0);
    assert_eq!(next(&[a.clone(), b.clone(), json!({ "kty": "FUTURE" })], &first), 0);
    assert_eq!(next(&[a.clone(), with(b.clone(), "x5t", "AAAA")], &first), 0);
    assert_eq!(next(std::slice::from_ref(&a), &first), 1);
    assert_eq!(next(&[a.clone(), with(b.clone(), "kid", "c")], &first), 1);
    assert_eq!(next(&[a.clone(), ec("b")], &first), 1);
    assert_eq!(next(&[a, b, ec("c")], &first), 1);
}
