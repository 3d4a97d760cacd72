//! The signed texts and keys of C2SP/wycheproof, which `cargo xtask wycheproof` fetches and runs.
//!
//! They are no access tokens: none has a `typ`, and their payloads are no claims. So they are compared at the level of header,
//! key and signature. A verifier of legacy tokens, which needs no `typ`, says something else about a token before its signature
//! is verified than after; who gets as far as the claims has a signature that holds. The strict verifier refuses each of them.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, URL_SAFE_NO_PAD};
use secure_runtime::Security;
use secure_runtime::jwt::{Jwt, Key, MacAlgorithm};
use serde_json::Value;

use crate::jwt_door::{Door, verifier};
use crate::peers::jwk;

/// Where the payload was read, and so the signature verified.
const CLAIMS: &str = "the access token lacks a claim, or has one of the wrong type";

/// What ours says to a vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Verified,
    Refused,
    /// The keys keep the application from starting.
    NotStarted,
}

/// Vectors of a file where ours differs, and why.
struct Differences {
    /// Valid ones that ours refuses.
    stricter: &'static [(&'static str, &'static [u64])],
    /// Invalid ones that ours verifies.
    laxer: &'static [(&'static str, &'static [u64])],
    /// About members of a JWK that a configured key does not have.
    of_key_sets: &'static [u64],
    vectors: usize,
}

const SIGNATURES: Differences = Differences {
    stricter: &[
        ("no access token is empty", &[259, 264, 268, 272, 320, 325]),
        (
            "one key, one algorithm: the key says PS256, the token PS384 (J2)",
            &[346, 350],
        ),
        ("there is no ES512, nor the ES521 that the key says", &[347, 351]),
        ("a character outside base64url (J5)", &[372, 373]),
    ],
    laxer: &[("byte for byte the valid vector 357", &[367, 370])],
    of_key_sets: &[353, 354, 355, 356],
    vectors: 401,
};

const KEYS: Differences = Differences {
    stricter: &[],
    laxer: &[
        (
            "a secret beside public keys, each with its algorithm: somebody configured it",
            &[1],
        ),
        ("the key of a generator that was broken (ROCA) is not recognised", &[7]),
    ],
    of_key_sets: &[6, 21],
    vectors: 26,
};

/// Keys, and what they are asked about.
struct Group {
    keys: Vec<Value>,
    tests: Vec<Value>,
}

fn groups(file: &str) -> Vec<Group> {
    let help = "run `cargo xtask wycheproof`, which fetches the vectors, or `cargo xtask wycheproof DIR`";
    let folder = std::env::var("WYCHEPROOF").unwrap_or_else(|_| panic!("WYCHEPROOF names no folder: {help}"));
    let path = std::path::Path::new(&folder).join(file);
    let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}: {help}", path.display()));
    let file: Value = serde_json::from_slice(&text).unwrap();
    let group = |group: &Value| {
        let key = if group["public"].is_null() {
            &group["private"]
        } else {
            &group["public"]
        };
        let keys = key["keys"].as_array().cloned().unwrap_or_else(|| vec![key.clone()]);
        let tests = group["tests"].as_array().unwrap().clone();
        Group { keys, tests }
    };
    file["testGroups"].as_array().unwrap().iter().map(group).collect()
}

/// The key as somebody would configure it who copies it from the vector, if it can be.
fn key(jwk: &Value) -> Option<Key> {
    let mac = match jwk["alg"].as_str()? {
        "HS256" => MacAlgorithm::Hs256,
        "HS384" => MacAlgorithm::Hs384,
        "HS512" => MacAlgorithm::Hs512,
        _ => return jwk::key(jwk),
    };
    // One of the secrets has bits at its end that mean nothing.
    let lenient = GeneralPurpose::new(&URL_SAFE, NO_PAD.with_decode_allow_trailing_bits(true));
    let secret = lenient.decode(jwk["k"].as_str()?).unwrap();
    Some(Key::secret(mac, secret).with_id(jwk["kid"].as_str()?))
}

fn configured(keys: &[Value]) -> Jwt {
    keys.iter().filter_map(key).fold(verifier(), Jwt::key)
}

/// A member of a JWK says that the key is not for this: whether it is heeded is decided where key sets are read, and a
/// configured key has no such member.
fn is_about_key_sets(keys: &[Value]) -> bool {
    let signs = |jwk: &Value| {
        let usage = jwk["use"].as_str().is_none_or(|usage| usage == "sig");
        let operations = jwk["key_ops"].as_array();
        usage && operations.is_none_or(|operations| operations.contains(&"verify".into()))
    };
    !keys.iter().all(signs)
}

async fn said(keys: &[Value], token: &str) -> Said {
    if Security::builder(configured(keys)).build().is_err() {
        return Said::NotStarted;
    }
    let strict = Door::new(configured(keys)).ask("/door", token).await;
    assert!(!strict.1 && strict.0.status == 401, "{strict:?}");
    let told = String::from_utf8_lossy(&strict.0.body).into_owned();
    assert!(
        !told.contains(CLAIMS),
        "the strict verifier looked at the claims of {token}"
    );
    let (answer, entered) = Door::new(configured(keys).legacy_tokens()).ask("/door", token).await;
    assert!(!entered && answer.status == 401, "{answer:?}");
    match answer.json()["detail"].as_str() {
        Some(CLAIMS) => Said::Verified,
        _ => Said::Refused,
    }
}

/// What the vectors' headers have, of what decides about access tokens.
fn members(groups: &[Group]) -> BTreeMap<&'static str, usize> {
    let mut found = BTreeMap::new();
    let tests = groups.iter().flat_map(|group| &group.tests);
    for header in tests.filter_map(|test| test["jws"].as_str()?.split('.').next()) {
        let header = URL_SAFE_NO_PAD.decode(header).unwrap_or_default();
        let header = String::from_utf8_lossy(&header).into_owned();
        for name in ["typ", "crit", "kid", "jwk", "iss", "aud"] {
            let times = header.matches(&format!("\"{name}\"")).count();
            *found.entry(name).or_insert(0) += usize::from(times > 0);
        }
    }
    found
}

/// Asks about each vector, prints the table, and compares it with what was said about it.
#[allow(clippy::print_stdout, reason = "the table is what it is run for")]
async fn compare(file: &str, differences: &Differences) {
    let groups = groups(file);
    let (mut valid, mut invalid) = (0, 0);
    let (mut stricter, mut laxer, mut of_key_sets) = (Vec::new(), Vec::new(), Vec::new());
    for Group { keys, tests } in &groups {
        for test in tests {
            let id = test["tcId"].as_u64().unwrap();
            if is_about_key_sets(keys) {
                of_key_sets.push(id);
                continue;
            }
            let said = said(keys, test["jws"].as_str().unwrap()).await;
            match (test["result"].as_str().unwrap(), said) {
                ("valid", Said::Verified) => valid += 1,
                ("invalid", Said::Refused | Said::NotStarted) => invalid += 1,
                ("valid", _) => stricter.push(id),
                ("invalid", Said::Verified) => laxer.push(id),
                (result, _) => panic!("{id} is {result}"),
            }
        }
    }
    println!("{file}; headers that have {:?}", members(&groups));
    println!("{valid:4}  valid, and verified");
    println!("{invalid:4}  invalid, and refused");
    for (why, ids) in differences.stricter {
        println!("{:4}  valid, and refused: {why}: {ids:?}", ids.len());
    }
    for (why, ids) in differences.laxer {
        println!("{:4}  invalid, and verified: {why}: {ids:?}", ids.len());
    }
    let sets = of_key_sets.len();
    println!("{sets:4}  about `use` and `key_ops`, which a configured key has not, and not asked: {of_key_sets:?}");
    let explained = |list: &[(&str, &[u64])]| {
        let mut ids: Vec<u64> = list.iter().flat_map(|(_, ids)| ids.to_vec()).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(stricter, explained(differences.stricter), "{file}: valid, and refused");
    assert_eq!(laxer, explained(differences.laxer), "{file}: invalid, and verified");
    assert_eq!(of_key_sets, differences.of_key_sets, "{file}");
    let all = valid + invalid + stricter.len() + laxer.len() + sets;
    assert_eq!(all, differences.vectors, "{file}");
}

#[tokio::test]
#[ignore = "the vectors are not part of this repository: `cargo xtask wycheproof` fetches and runs them"]
async fn j_the_vectors_are_decided_as_they_say() {
    compare("json_web_signature_test.json", &SIGNATURES).await;
    compare("json_web_key_test.json", &KEYS).await;
}
