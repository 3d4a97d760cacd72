//! Nonces of proofs over time, and what asking for one costs: D9, L9.

use std::time::Duration;

use secure_runtime::dpop::{Dpop, Nonces};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Clock, Security};
use serde_json::json;

use crate::jwt_door::Door;
use crate::sender_constrained::Prover;
use crate::support::Answer;

const ORIGIN: &str = "https://api.test";

struct Stand {
    door: Door,
    prover: Prover,
    clock: Clock,
    token: String,
}

fn stand() -> Stand {
    // The beginning of a period of 60 s.
    let clock = Clock::held_at(1_700_000_040);
    let issuer = TestIssuer::default().clock(clock.clone());
    let dpop = Dpop::new(ORIGIN).nonces(Nonces::with_key([7; 32]));
    let security = Security::builder(issuer.jwt()).dpop(dpop).clock(clock.clone());
    let security = security.default_rate("1000000/s").failed_authentication_rate("2/min");
    let prover = Prover::new();
    let token = issuer.token("alice").claim("cnf", json!({"jkt": prover.jkt})).sign();
    Stand {
        door: Door::ready(security.build().unwrap()),
        prover,
        clock,
        token,
    }
}

impl Stand {
    async fn prove(&self, nonce: Option<&str>) -> Answer {
        let (url, now) = (format!("{ORIGIN}/door"), self.clock.unix_seconds());
        let proof = self.prover.proof("GET", &url, &self.token, now, nonce);
        let authorization = format!("DPoP {}", self.token);
        self.door
            .ask_with(&[("authorization", &authorization), ("dpop", &proof)])
            .await
    }

    /// The nonce that a refusal hands out to who sent none.
    async fn nonce(&self) -> String {
        let answer = self.prove(None).await;
        answer.assert_problem(401);
        let told = answer.headers["www-authenticate"].to_str().unwrap();
        assert!(told.contains("error=\"use_dpop_nonce\""), "{told}");
        answer.header("dpop-nonce").unwrap().to_owned()
    }
}

#[tokio::test]
async fn d9_the_next_nonce_comes_with_an_answer_and_nobody_keeps_it() {
    let stand = stand();
    let first = stand.nonce().await;
    let answer = stand.prove(Some(&first)).await;
    assert_eq!((answer.status.as_u16(), answer.header("dpop-nonce")), (200, None));
    stand.clock.advance(Duration::from_secs(60));
    let answer = stand.prove(Some(&first)).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let second = answer.header("dpop-nonce").unwrap();
    assert_ne!(second, first);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    stand.clock.advance(Duration::from_secs(60));
    assert_eq!(stand.prove(Some(second)).await.status, 200);
    assert_eq!(stand.prove(Some(&first)).await.status, 401, "its time is over");
}

#[tokio::test]
async fn d9_l9_asking_for_a_nonce_is_no_failure() {
    let stand = stand();
    for _ in 0..5 {
        stand.nonce().await;
    }
    // What is wrong otherwise is one, and the limit is two.
    let thief = format!("DPoP {}", stand.token);
    for expected in [401, 401, 429] {
        let headers = [("authorization", thief.as_str()), ("dpop", "x")];
        stand.door.ask_with(&headers).await.assert_problem(expected);
    }
    let nonce = stand.nonce().await;
    assert_eq!(stand.prove(Some(&nonce)).await.status, 200);
}
