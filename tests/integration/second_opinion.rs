//! A second opinion about access tokens: oauth4webapi, which others wrote, is asked about each generated token, good and bad.
//! Ours never accepts what it refuses, and where ours is stricter, the reason is one of a list.
//!
//! `SECOND_OPINION_SEED=… cargo test -p secure-tests second_opinion -- --nocapture` makes the tokens of a run again and prints
//! the table; `SECOND_OPINION_TOKENS` is how many.

mod claims;
mod edits;
mod form;
mod generator;
mod header;
mod random;
mod signer;

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use secure_runtime::jwt::Jwt;
use secure_runtime::{Clock, Principal, SecureRouter, Security, secure};
use serde_json::{Value, json};

use crate::peers::oidc::{AUDIENCE, script};
use crate::support::{get, router, send};
use edits::{Expected, NOW};
use generator::{Generator, ISSUER, Token};

/// As many as the run has unless told otherwise.
const TOKENS: usize = 12_000;

/// The leeway of both, in seconds.
const LEEWAY: u64 = 30;

/// The claims of the caller, as they were understood.
#[secure(get = "/claims", authenticated)]
async fn understood(caller: Principal) -> String {
    caller.claims::<Value>().unwrap().to_string()
}

/// An application that trusts the generator's keys.
fn application(generator: &Generator) -> Router {
    let mut jwt = Jwt::issuer(ISSUER)
        .audience(AUDIENCE)
        .leeway(Duration::from_secs(LEEWAY));
    for signer in generator.signers() {
        jwt = jwt.key(signer.key());
    }
    // The limits are raised, so that a refusal is always the verifier's.
    let security = Security::builder(jwt)
        .clock(Clock::held_at(NOW))
        .default_rate("1000000/min")
        .failed_authentication_rate("1000000/min")
        .lock_out(secure_runtime::LockOut::after(10_000))
        .max_head(1024 * 1024);
    router(
        SecureRouter::new(security.build().unwrap())
            .mount(understood)
            .build()
            .unwrap(),
    )
}

/// The claims, if the token is let in.
async fn ours(application: &Router, token: &str) -> Option<Value> {
    let credential = format!("Bearer {token}");
    let answer = send(application, get("/claims", &[("authorization", &credential)])).await;
    match answer.status.as_u16() {
        200 => Some(answer.json()),
        401 => None,
        _ => panic!("neither let in nor refused: {answer:?}"),
    }
}

/// What oauth4webapi says to each: the subject and the scope, or why not.
fn theirs(generator: &Generator, tokens: &[Token]) -> Vec<Value> {
    let keys = generator.signers().iter();
    let keys = keys.map(|key| json!({ "kid": key.id(), "alg": key.algorithm, "pem": key.pem }));
    let argument = json!({
        "issuer": ISSUER,
        "audience": AUDIENCE,
        "now": NOW,
        "tolerance": LEEWAY,
        "keys": keys.collect::<Vec<_>>(),
    });
    let mut process = script("second_opinion.mjs", &argument);
    for token in tokens {
        process.write(&Value::from(token.text.as_str()).to_string());
    }
    let verdicts = tokens.iter().map(|_| serde_json::from_str(&process.line()).unwrap());
    verdicts.collect()
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

#[tokio::test]
async fn j_ours_never_accepts_what_the_second_opinion_refuses() {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let seed = number("SECOND_OPINION_SEED").unwrap_or(since.as_secs());
    let count = number("SECOND_OPINION_TOKENS").map_or(TOKENS, |count| count.try_into().unwrap());
    let mut generator = Generator::new(seed);
    let application = application(&generator);
    let tokens: Vec<_> = (0..count).map(|_| generator.token()).collect();
    let verdicts = theirs(&generator, &tokens);

    let (mut both, mut neither, mut stricter) = (0, 0, BTreeMap::<&str, usize>::new());
    let mut unexplained = Vec::new();
    for (token, theirs) in tokens.iter().zip(&verdicts) {
        let ours = ours(&application, &token.text).await;
        let accepted = theirs["refused"].is_null();
        match (&ours, accepted, token.expected) {
            (Some(claims), true, Expected::Good)
                if claims["sub"] == theirs["sub"] && claims["scope"] == theirs["scope"] =>
            {
                both += 1;
            }
            (None, false, Expected::Bad) => neither += 1,
            (None, true, Expected::Stricter(why)) => *stricter.entry(why).or_default() += 1,
            (ours, ..) => {
                let ours = if ours.is_some() { "accepts" } else { "refuses" };
                let Token { text, expected, edits } = token;
                let shown = &text[..text.len().min(2_000)];
                unexplained.push(format!(
                    "ours {ours}, theirs {theirs}, expected {expected:?}: {edits:?}\n  {shown}"
                ));
            }
        }
    }
    let why_refused = verdicts.iter().filter_map(|verdict| verdict["refused"].as_str());
    let why_refused = why_refused.collect::<std::collections::BTreeSet<_>>().len();
    println!("seed {seed}: {count} tokens");
    println!("{both:6}  both accept, and see the same subject and scope");
    println!("{neither:6}  both refuse ({why_refused} different messages of oauth4webapi)");
    for (why, count) in &stricter {
        println!("{count:6}  only ours refuses: {why}");
    }
    println!("{:6}  unexplained", unexplained.len());
    unexplained.truncate(20);
    assert!(unexplained.is_empty(), "seed {seed}:\n{}", unexplained.join("\n"));
    // A run that says little proves little.
    assert!(
        both > count / 8 && neither > count / 4,
        "seed {seed}: {both}, {neither} of {count}"
    );
    assert!(stricter.len() >= 14, "seed {seed}: {stricter:#?}");
}
