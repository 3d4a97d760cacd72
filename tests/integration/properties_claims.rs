//! Tokens that the right key signed, with whatever inside.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;
use tokio::runtime::Builder;

use crate::example_stand::Stand;
use crate::properties::check;
use crate::support::get;

/// Members of an object as they are written, so that a name may come twice and a value be no JSON.
type Members = Vec<(String, String)>;

fn written(members: &Members) -> String {
    let members: Vec<_> = members
        .iter()
        .map(|(name, value)| format!("{}:{value}", Value::from(name.as_str())))
        .collect();
    format!("{{{}}}", members.join(","))
}

fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z]{0,4}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    value.prop_map(|value| value.to_string())
}

/// Values at the edges of what JSON, dates and strings are.
const EDGES: [&str; 24] = [
    "1e400",
    "-1",
    "-0.0",
    "1e-400",
    "18446744073709551616",
    "1700000000",
    "1e12",
    "0",
    "\"1700000600\"",
    "\"\"",
    "\"alice\"",
    "\"bob\"",
    "[\"https://profile-api.example\"]",
    "[]",
    "[[[[[[]]]]]]",
    "\"at+JWT\"",
    "\"none\"",
    "\"HS256\"",
    "\"\\ud800\"",
    "\"\\u0061lice\"",
    "{",
    "",
    "nul",
    "\"read:profile\"",
];

fn edit(names: &'static [&'static str]) -> impl Strategy<Value = (String, Option<String>, Index, bool)> {
    let name = prop_oneof![9 => select(names).prop_map(str::to_owned), 1 => any::<String>()];
    let value = prop_oneof![2 => select(&EDGES[..]).prop_map(str::to_owned), 2 => json()];
    // Taken out, changed, or written once more at some place.
    (
        name,
        prop_oneof![1 => Just(None), 4 => value.prop_map(Some)],
        any::<Index>(),
        prop::bool::weighted(0.2),
    )
}

fn apply(members: &mut Members, edits: Vec<(String, Option<String>, Index, bool)>) {
    for (name, value, place, again) in edits {
        let at = members.iter().position(|(other, _)| *other == name);
        match (at, value) {
            (Some(at), None) => drop(members.remove(at)),
            (None, None) => {}
            (Some(at), Some(value)) if !again => members[at].1 = value,
            (_, Some(value)) => members.insert(place.index(members.len() + 1), (name, value)),
        }
    }
}

/// What must hold for a token that opens alice's profile: written anew, from RFC 9068 and the example's attribute.
fn may_enter(header: &Members, claims: &Members, now: f64) -> bool {
    let object = |members: &Members| {
        let names: BTreeSet<_> = members.iter().map(|(name, _)| name).collect();
        let object = serde_json::from_str::<Value>(&written(members)).ok()?;
        (names.len() == members.len()).then_some(object)
    };
    let (Some(header), Some(claims)) = (object(header), object(claims)) else {
        return false;
    };
    let text = |name: &str| claims[name].as_str().unwrap_or_default();
    let typ = header["typ"].as_str().unwrap_or_default().to_ascii_lowercase();
    let ours = |audience: &Value| audience == profile_api::AUDIENCE;
    let scopes: Vec<_> = text("scope").split(' ').collect();
    let owner = text("sub") == "alice" && text("client_id") != "alice";
    header["alg"] == "ES256"
        && matches!(typ.as_str(), "at+jwt" | "application/at+jwt")
        && ["crit", "b64", "zip", "cty"]
            .iter()
            .all(|name| header.get(name).is_none())
        && text("iss") == profile_api::ISSUER
        && (ours(&claims["aud"]) || claims["aud"].as_array().is_some_and(|all| all.iter().any(ours)))
        && claims["exp"].as_f64().is_some_and(|exp| exp > now - 30.0)
        && claims
            .get("nbf")
            .is_none_or(|nbf| nbf.as_f64().is_some_and(|nbf| nbf <= now + 30.0))
        && claims["iat"].is_number()
        && claims["jti"].is_string()
        && claims["client_id"].is_string()
        && scopes.contains(&"read:profile")
        && (owner || scopes.contains(&"admin:users"))
}

const HEADER: &[&str] = &["alg", "typ", "kid", "crit", "b64", "zip", "cty", "jwk", "jku", "x5c"];
const CLAIMS: &[&str] = &[
    "iss",
    "aud",
    "sub",
    "exp",
    "nbf",
    "iat",
    "jti",
    "client_id",
    "scope",
    "roles",
    "tenant",
    "nonce",
    "events",
    "htm",
];

#[test]
fn j7_j12_whatever_the_right_key_signs_the_claims_decide() {
    let stand = Stand::with(|security| {
        security
            .failed_authentication_rate("1000000/s")
            .lock_out(secure_runtime::LockOut::after(10_000))
    });
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let member = |name: &str, value: Value| (name.to_owned(), value.to_string());
    let (entered, refused) = (Cell::new(0), Cell::new(0));
    let strategy = (
        vec(edit(HEADER), 0..2),
        vec(edit(CLAIMS), 0..3),
        prop::bool::weighted(0.02),
    );
    check(file!(), 4000, strategy, |(header_edits, claim_edits, cut)| {
        // Time for the limit on alice's profile to gain one.
        stand.clock.advance(Duration::from_secs(1));
        let now = stand.clock.unix_seconds();
        let mut header = vec![member("typ", "at+jwt".into()), member("alg", "ES256".into())];
        let mut claims = vec![
            member("iss", profile_api::ISSUER.into()),
            member("aud", profile_api::AUDIENCE.into()),
            member("sub", "alice".into()),
            member("client_id", "profile-app".into()),
            member("iat", now.into()),
            member("exp", (now + 600.0).into()),
            member("jti", "1".into()),
            member("scope", "read:profile".into()),
        ];
        apply(&mut header, header_edits);
        apply(&mut claims, claim_edits);
        let mut payload = written(&claims);
        if cut {
            payload.pop();
        }
        let token = stand.issuer.sign_raw(&written(&header), &payload);
        let asked = get("/users/alice/profile", &[("authorization", &format!("Bearer {token}"))]);
        let (answer, queries) = runtime.block_on(stand.ask(asked));
        prop_assert!(matches!(answer.status.as_u16(), 200 | 401 | 403), "{}", answer.status);
        let inside = answer.status == 200;
        prop_assert_eq!(queries, u64::from(inside));
        if inside {
            prop_assert!(!cut && may_enter(&header, &claims, now), "let in");
        } else {
            answer.assert_problem(answer.status.as_u16());
        }
        let counter = if inside { &entered } else { &refused };
        counter.set(counter.get() + 1);
        Ok(())
    });
    assert!(entered.get() > 300 && refused.get() > 1000, "{entered:?} {refused:?}");
}
