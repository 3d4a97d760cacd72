#![cfg(feature = "testing")]

mod attacks;
mod nonces;
mod prover;
#[cfg(feature = "redis")]
mod redis;
mod replays;

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, Method};
use prover::Prover;
use serde_json::{Value, json};

use super::verify::{Accepted, ProofRequest, ProofVerifier};
use super::{Dpop, Refused, check_bearer};
use crate::clock::Clock;
use crate::jwt::SignatureAlgorithm::{EdDsa, Es256, Es384, Ps256, Rs256, Rs512};

const NOW: u64 = 1_000_000;
/// The token of RFC 9449 §7.1.
const TOKEN: &str = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";

fn dpop() -> Dpop {
    Dpop::new("https://api.example.com")
}

fn verifier(dpop: Dpop, clock: &Clock) -> ProofVerifier {
    let mut faults = Vec::new();
    let verifier = dpop.prepare(clock, &mut faults);
    verifier.unwrap_or_else(|| panic!("{faults:?}"))
}

fn headers(proofs: &[&str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for proof in proofs {
        headers.append("dpop", HeaderValue::try_from(*proof).unwrap());
    }
    headers
}

/// A request to `GET /orders/7` with these headers.
async fn ask(verifier: &ProofVerifier, headers: &HeaderMap, jkt: Option<&str>) -> Result<Accepted, Refused> {
    let request = ProofRequest {
        headers,
        method: &Method::GET,
        path: "/orders/7",
    };
    verifier.check(&request, TOKEN, jkt).await
}

/// The same, with one proof, by its bound key.
async fn prove(verifier: &ProofVerifier, prover: &Prover, proof: &str) -> Result<Accepted, Refused> {
    ask(verifier, &headers(&[proof]), Some(&prover.thumbprint())).await
}

fn code(answer: &Result<Accepted, Refused>) -> &'static str {
    match answer {
        Ok(_) => "accepted",
        Err(refused) => refused.error().map_or("unavailable", |(code, _)| code),
    }
}

/// The claims of a good proof for [`ask`].
fn claims() -> Value {
    json!({
        "jti": uuid(),
        "htm": "GET",
        "htu": "https://api.example.com/orders/7",
        "iat": NOW,
        "ath": "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo",
    })
}

fn with(name: &str, value: impl Into<Value>) -> Value {
    let mut claims = claims();
    claims[name] = value.into();
    claims
}

fn uuid() -> String {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).unwrap();
    format!("{:032x}", u128::from_be_bytes(bytes))
}

#[tokio::test]
async fn d2_every_algorithm_that_is_allowed_and_no_other() {
    let clock = Clock::held_at(NOW);
    let ours = verifier(dpop(), &clock);
    assert_eq!(ours.algorithms(), "ES256 ES384 EdDSA PS256 RS256");
    for algorithm in [Es256, Es384, EdDsa, Ps256, Rs256] {
        let prover = Prover::new(algorithm);
        let answer = prove(&ours, &prover, &prover.proof(&claims())).await;
        assert!(answer.unwrap().nonce.is_none(), "{algorithm:?}");
        let others: Vec<_> = [Es256, Es384, EdDsa, Ps256, Rs256, Rs512]
            .into_iter()
            .filter(|other| *other != algorithm)
            .collect();
        let theirs = verifier(dpop().algorithms(&others), &clock);
        let answer = prove(&theirs, &prover, &prover.proof(&claims())).await;
        assert_eq!(code(&answer), "invalid_dpop_proof", "{algorithm:?}");
    }
}

/// The proof of RFC 9449 §7.1, figure 12, with its token.
#[tokio::test]
async fn d1_to_d6_the_example_of_the_rfc() {
    const PROOF: &str = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";
    let verifier = verifier(
        Dpop::new("https://resource.example.org"),
        &Clock::held_at(1_562_262_620),
    );
    let headers = headers(&[PROOF]);
    let request = ProofRequest {
        headers: &headers,
        method: &Method::GET,
        path: "/protectedresource",
    };
    let jkt = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    verifier.check(&request, TOKEN, Some(jkt)).await.unwrap();
}

#[tokio::test]
async fn d3_method_and_url_are_those_of_the_request() {
    let verifier = verifier(dpop(), &Clock::held_at(NOW));
    let prover = Prover::new(Es256);
    for fine in [
        with("htu", "HTTPS://API.example.com:443/orders/%37"),
        with("htu", "https://api.example.com/orders/7?page=2#there"),
    ] {
        prove(&verifier, &prover, &prover.proof(&fine)).await.unwrap();
    }
    for wrong in [
        with("htm", "POST"),
        with("htm", "get"),
        with("htm", "GET "),
        with("htu", "https://api.example.com/orders/8"),
        with("htu", "https://api.example.com/orders/7/"),
        with("htu", "https://api.example.com/orders%2F7"),
        with("htu", "https://other.example.com/orders/7"),
        with("htu", "http://api.example.com/orders/7"),
        with("htu", "https://api.example.com:8443/orders/7"),
        with("htu", "https://me@api.example.com/orders/7"),
        with("htu", "/orders/7"),
        with("htu", ""),
    ] {
        let answer = prove(&verifier, &prover, &prover.proof(&wrong)).await;
        assert_eq!(code(&answer), "invalid_dpop_proof", "{wrong}");
    }
}

#[tokio::test]
async fn d4_a_proof_is_of_now() {
    let clock = Clock::held_at(NOW);
    let verifier = verifier(dpop(), &clock);
    let prover = Prover::new(Es256);
    let now = NOW as f64;
    for (iat, accepted) in [
        (json!(now - 60.0), true),
        (json!(now - 60.5), false),
        (json!(now + 60.0), true),
        (json!(now + 60.5), false),
        (json!(now - 0.25), true),
        (json!(0), false),
        (json!(-1), false),
        (json!(1e300), false),
        (json!("1000000"), false),
        (json!(null), false),
        (json!([NOW]), false),
        (json!(true), false),
    ] {
        let answer = prove(&verifier, &prover, &prover.proof(&with("iat", iat.clone()))).await;
        assert_eq!(
            code(&answer),
            if accepted { "accepted" } else { "invalid_dpop_proof" },
            "{iat}"
        );
    }
    let huge = claims().to_string().replace("1000000", "1e400");
    let answer = prove(&verifier, &prover, &prover.sign(&prover.header(), &huge)).await;
    assert_eq!(code(&answer), "invalid_dpop_proof");
}

#[tokio::test]
async fn d6_a_proof_is_for_one_token_and_by_the_key_that_it_is_bound_to() {
    let verifier = verifier(dpop(), &Clock::held_at(NOW));
    let (prover, other) = (Prover::new(Es256), Prover::new(Es256));
    for ath in [
        "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEp",
        "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo=",
        "",
    ] {
        let answer = prove(&verifier, &prover, &prover.proof(&with("ath", ath))).await;
        assert_eq!(code(&answer), "invalid_dpop_proof", "{ath}");
    }
    let theirs = headers(&[&other.proof(&claims())]);
    let answer = ask(&verifier, &theirs, Some(&prover.thumbprint())).await;
    assert_eq!(code(&answer), "invalid_token");
    // The other key's signature under the right key.
    let answer = prove(&verifier, &prover, &other.sign(&prover.header(), &claims().to_string())).await;
    assert_eq!(code(&answer), "invalid_dpop_proof");
    prove(&verifier, &prover, &prover.proof(&claims())).await.unwrap();
}

#[tokio::test]
async fn d7_bound_tokens_need_a_proof_and_unbound_ones_cannot_have_one() {
    let verifier = verifier(dpop(), &Clock::held_at(NOW));
    let prover = Prover::new(Es256);
    let answer = ask(&verifier, &headers(&[&prover.proof(&claims())]), None).await;
    assert_eq!(code(&answer), "invalid_token");
    assert!(check_bearer(None).is_ok());
    let refused = check_bearer(Some(&prover.thumbprint())).unwrap_err();
    assert_eq!(refused.error().unwrap().0, "invalid_token");
}

#[test]
fn d8_what_a_challenge_says_can_be_quoted() {
    let refusals = [
        Refused::Proof("x"),
        Refused::Token("x"),
        Refused::Nonce(HeaderValue::from_static("x")),
    ];
    let codes: Vec<_> = refusals.iter().map(|refused| refused.error().unwrap()).collect();
    assert_eq!(
        codes.iter().map(|(code, _)| *code).collect::<Vec<_>>(),
        ["invalid_dpop_proof", "invalid_token", "use_dpop_nonce"]
    );
    assert!(codes.iter().all(|(_, description)| crate::authn::quotable(description)));
    assert!(Refused::Unavailable(crate::Unavailable::new("away")).error().is_none());
}

#[test]
fn faults_come_all_at_once() {
    let mut faults = Vec::new();
    let wrong = Dpop::new("api.example.com")
        .window(Duration::from_secs(3600))
        .algorithms(&[])
        .replay_capacity(0)
        .nonces(super::Nonces::with_key(*b"short"));
    assert!(wrong.prepare(&Clock::default(), &mut faults).is_none());
    assert_eq!(faults.len(), 5, "{faults:?}");
}
