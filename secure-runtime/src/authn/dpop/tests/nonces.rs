use super::*;
use crate::dpop::Nonces;

fn nonce_of(answer: Result<Accepted, Refused>) -> String {
    match answer {
        Err(Refused::Nonce(nonce)) => nonce.to_str().unwrap().to_owned(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn d9_a_proof_without_the_nonce_is_told_it_and_then_passes() {
    let clock = Clock::held_at(NOW);
    let verifier = verifier(dpop().nonces(Nonces::new()), &clock);
    let prover = Prover::new(Es256);
    let nonce = nonce_of(prove(&verifier, &prover, &prover.proof(&claims())).await);
    assert_eq!(
        Some(nonce.as_str()),
        verifier.nonce().as_ref().map(|nonce| nonce.to_str().unwrap())
    );
    // RFC 9449 §8.1: visible characters but quotes and backslashes.
    assert!(
        nonce
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            && nonce.len() > 20
    );
    let proof = prover.proof(&with("nonce", nonce.clone()));
    assert!(prove(&verifier, &prover, &proof).await.unwrap().nonce.is_none());
    // The same proof again, and again without.
    assert_eq!(code(&prove(&verifier, &prover, &proof).await), "invalid_dpop_proof");
    nonce_of(prove(&verifier, &prover, &prover.proof(&claims())).await);
    for forged in ["", "x", "nonce", &nonce[1..], &nonce.to_ascii_lowercase()] {
        nonce_of(prove(&verifier, &prover, &prover.proof(&with("nonce", forged))).await);
    }
    assert_eq!(
        code(&prove(&verifier, &prover, &prover.proof(&with("nonce", json!(5)))).await),
        "invalid_dpop_proof"
    );
}

#[tokio::test]
async fn d9_the_nonce_ages_and_the_next_is_handed_out_in_time() {
    // A whole number of periods.
    let clock = Clock::held_at(NOW - NOW % 60);
    let verifier = verifier(dpop().nonces(Nonces::new()), &clock);
    let prover = Prover::new(Es256);
    let first = verifier.nonce().unwrap().to_str().unwrap().to_owned();
    clock.advance(Duration::from_secs(60));
    let next = prove(&verifier, &prover, &prover.proof(&with("nonce", first.clone())))
        .await
        .unwrap()
        .nonce
        .unwrap();
    assert_ne!(next.to_str().unwrap(), first);
    let kept = prover.proof(&with("nonce", first.clone()));
    prove(&verifier, &prover, &kept).await.unwrap();
    clock.advance(Duration::from_secs(59));
    // To the end of its time a proof counts once.
    assert_eq!(code(&prove(&verifier, &prover, &kept).await), "invalid_dpop_proof");
    clock.advance(Duration::from_secs(1));
    nonce_of(prove(&verifier, &prover, &prover.proof(&with("nonce", first))).await);
    let fine = prover.proof(&with("nonce", next.to_str().unwrap()));
    prove(&verifier, &prover, &fine).await.unwrap();
}

#[tokio::test]
async fn d9_the_nonces_time_counts_in_place_of_the_clients() {
    let clock = Clock::held_at(NOW);
    let verifier = verifier(dpop().nonces(Nonces::new()), &clock);
    let prover = Prover::new(Es256);
    let mut late = with("nonce", verifier.nonce().unwrap().to_str().unwrap());
    late["iat"] = json!(NOW - 86_400);
    prove(&verifier, &prover, &prover.proof(&late)).await.unwrap();
}

#[tokio::test]
async fn d9_instances_agree_by_their_key_and_only_by_it() {
    let clock = Clock::held_at(NOW);
    let keyed = |byte: u8| verifier(dpop().nonces(Nonces::with_key([byte; 32])), &clock);
    let (one, same, another) = (keyed(1), keyed(1), keyed(2));
    let prover = Prover::new(Es256);
    let of_one = with("nonce", one.nonce().unwrap().to_str().unwrap());
    prove(&same, &prover, &prover.proof(&of_one)).await.unwrap();
    nonce_of(prove(&another, &prover, &prover.proof(&of_one)).await);
    nonce_of(
        prove(
            &verifier(dpop().nonces(Nonces::new()), &clock),
            &prover,
            &prover.proof(&of_one),
        )
        .await,
    );
}

#[tokio::test]
async fn d9_a_nonce_does_not_help_what_is_wrong_otherwise() {
    let clock = Clock::held_at(NOW);
    let verifier = verifier(dpop().nonces(Nonces::new()), &clock);
    let (prover, other) = (Prover::new(Es256), Prover::new(Es256));
    let mut claims = with("nonce", verifier.nonce().unwrap().to_str().unwrap());
    assert_eq!(
        code(
            &ask(
                &verifier,
                &headers(&[&other.proof(&claims)]),
                Some(&prover.thumbprint())
            )
            .await
        ),
        "invalid_token"
    );
    claims["htm"] = json!("POST");
    assert_eq!(
        code(&prove(&verifier, &prover, &prover.proof(&claims)).await),
        "invalid_dpop_proof"
    );
}
