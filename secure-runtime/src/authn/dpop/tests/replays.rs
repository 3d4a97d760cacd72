use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::Unavailable;
use crate::dpop::{FirstUse, ReplayStore};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn d5_of_64_uses_at_once_one_counts() {
    let clock = Clock::held_at(NOW);
    let verifier = Arc::new(verifier(dpop(), &clock));
    let prover = Arc::new(Prover::new(Es256));
    for _ in 0..20 {
        let proof = prover.proof(&claims());
        let tasks: Vec<_> = (0..64)
            .map(|_| {
                let (verifier, prover, proof) = (Arc::clone(&verifier), Arc::clone(&prover), proof.clone());
                tokio::spawn(async move { prove(&verifier, &prover, &proof).await.is_ok() })
            })
            .collect();
        let mut accepted = 0;
        for task in tasks {
            accepted += usize::from(task.await.unwrap());
        }
        assert_eq!(accepted, 1);
    }
}

#[tokio::test]
async fn d5_a_proof_is_used_once_for_as_long_as_it_counts() {
    let clock = Clock::held_at(NOW);
    let verifier = verifier(dpop(), &clock);
    let prover = Prover::new(Es256);
    // From the future, so that it counts for two windows.
    let claims = with("iat", NOW + 60);
    let proof = prover.proof(&claims);
    prove(&verifier, &prover, &proof).await.unwrap();
    for _ in 0..13 {
        let answer = prove(&verifier, &prover, &proof).await;
        assert_eq!(code(&answer), "invalid_dpop_proof");
        // Signed anew, and the URL written in another way: the id is what was used.
        let mut again = claims.clone();
        again["htu"] = json!("https://API.example.com/orders/%37");
        assert_eq!(
            code(&prove(&verifier, &prover, &prover.proof(&again)).await),
            "invalid_dpop_proof"
        );
        clock.advance(Duration::from_secs(10));
    }
}

#[tokio::test]
async fn d5_the_same_id_of_another_key_or_for_another_url_is_another() {
    let verifier = verifier(dpop(), &Clock::held_at(NOW));
    let (one, two) = (Prover::new(Es256), Prover::new(Es256));
    let claims = claims();
    prove(&verifier, &one, &one.proof(&claims)).await.unwrap();
    prove(&verifier, &two, &two.proof(&claims)).await.unwrap();
    let mut elsewhere = claims.clone();
    elsewhere["htu"] = json!("https://api.example.com/orders/8");
    let headers = headers(&[&one.proof(&elsewhere)]);
    let request = ProofRequest {
        headers: &headers,
        method: &Method::GET,
        path: "/orders/8",
    };
    verifier.check(&request, TOKEN, Some(&one.thumbprint())).await.unwrap();
}

#[tokio::test]
async fn d5_a_full_store_is_503_and_not_a_way_in() {
    let clock = Clock::held_at(NOW);
    let verifier = verifier(dpop().replay_capacity(2), &clock);
    let prover = Prover::new(Es256);
    let first = prover.proof(&claims());
    prove(&verifier, &prover, &first).await.unwrap();
    prove(&verifier, &prover, &prover.proof(&claims())).await.unwrap();
    assert_eq!(
        code(&prove(&verifier, &prover, &prover.proof(&claims())).await),
        "unavailable"
    );
    assert_eq!(code(&prove(&verifier, &prover, &first).await), "invalid_dpop_proof");
    clock.advance(Duration::from_secs(61));
    prove(&verifier, &prover, &prover.proof(&with("iat", NOW + 61)))
        .await
        .unwrap();
}

/// Counts how often it is asked, and always says the same.
struct Fixed(Arc<AtomicUsize>, Option<bool>);

impl ReplayStore for Fixed {
    fn first_use<'s>(&'s self, _: &'s [u8; 32], lifetime: Duration) -> FirstUse<'s> {
        // From an `iat` of now: the window, and what clocks may differ by.
        assert_eq!(lifetime, Duration::from_secs(120));
        self.0.fetch_add(1, Ordering::SeqCst);
        let answer = self.1.ok_or_else(|| Unavailable::new("away"));
        Box::pin(std::future::ready(answer))
    }
}

#[tokio::test]
async fn d5_only_who_holds_the_token_and_its_key_writes_to_the_store() {
    let asked = Arc::new(AtomicUsize::new(0));
    let verifier = verifier(
        dpop().replay(Fixed(Arc::clone(&asked), Some(true))),
        &Clock::held_at(NOW),
    );
    let (prover, other) = (Prover::new(Es256), Prover::new(Es256));
    for wrong in [
        other.proof(&claims()),
        other.sign(&prover.header(), &claims().to_string()),
        prover.proof(&with("htm", "POST")),
        prover.proof(&with("htu", "https://api.example.com/")),
        prover.proof(&with("ath", "AAAA")),
        prover.proof(&with("iat", NOW - 61)),
        prover.proof(&with("jti", "")),
    ] {
        assert!(prove(&verifier, &prover, &wrong).await.is_err());
    }
    assert!(
        ask(&verifier, &headers(&[&prover.proof(&claims())]), None)
            .await
            .is_err()
    );
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    prove(&verifier, &prover, &prover.proof(&claims())).await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn d5_a_store_that_is_away_lets_nobody_in() {
    for (answer, expected) in [(Some(false), "invalid_dpop_proof"), (None, "unavailable")] {
        let verifier = verifier(dpop().replay(Fixed(Arc::default(), answer)), &Clock::held_at(NOW));
        let prover = Prover::new(Es256);
        assert_eq!(
            code(&prove(&verifier, &prover, &prover.proof(&claims())).await),
            expected
        );
    }
}
