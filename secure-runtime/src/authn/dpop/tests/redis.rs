use std::sync::Arc;

use super::*;
use crate::dpop::RedisReplay;
use crate::redis::server::Server;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn d5_of_64_uses_on_four_instances_one_counts() {
    let server = Server::start();
    let clock = Clock::held_at(NOW);
    let instance = || Arc::new(verifier(dpop().replay(RedisReplay::new(server.redis())), &clock));
    let instances = [instance(), instance(), instance(), instance()];
    let prover = Arc::new(Prover::new(Es256));
    for _ in 0..10 {
        let proof = prover.proof(&claims());
        let tasks: Vec<_> = (0..64)
            .map(|i| {
                let (verifier, prover, proof) = (Arc::clone(&instances[i % 4]), Arc::clone(&prover), proof.clone());
                tokio::spawn(async move { code(&prove(&verifier, &prover, &proof).await) })
            })
            .collect();
        let mut codes = Vec::new();
        for task in tasks {
            codes.push(task.await.unwrap());
        }
        codes.sort_unstable();
        assert_eq!(codes[0], "accepted");
        assert!(codes[1..].iter().all(|code| *code == "invalid_dpop_proof"), "{codes:?}");
    }
    assert_eq!(server.run::<u64>(&["DBSIZE"]), 10);
    server.run::<()>(&["FLUSHALL"]);
    prove(&instances[0], &prover, &prover.proof(&claims())).await.unwrap();
    let (key, seconds) = server.only_key();
    assert!(key.starts_with("secure:dpop:"), "{key}");
    // The window, and what clocks may differ by.
    assert!((110.0..=120.0).contains(&seconds), "{seconds}");
}

#[tokio::test]
async fn d5_while_redis_is_away_nobody_is_let_in() {
    let server = Server::start();
    let clock = Clock::held_at(NOW);
    let redis = server.redis().timeout(Duration::from_millis(500));
    let verifier = verifier(dpop().replay(RedisReplay::new(redis)), &clock);
    let prover = Prover::new(Es256);
    prove(&verifier, &prover, &prover.proof(&claims())).await.unwrap();
    // A server that is full says so, and drops nothing.
    server.run::<()>(&["CONFIG", "SET", "maxmemory", "1"]);
    assert_eq!(
        code(&prove(&verifier, &prover, &prover.proof(&claims())).await),
        "unavailable"
    );
    server.run::<()>(&["CONFIG", "SET", "maxmemory", "0"]);
    prove(&verifier, &prover, &prover.proof(&claims())).await.unwrap();
    // One that hangs.
    server.run::<()>(&["CLIENT", "PAUSE", "1500", "WRITE"]);
    assert_eq!(
        code(&prove(&verifier, &prover, &prover.proof(&claims())).await),
        "unavailable"
    );
    drop(server);
    assert_eq!(
        code(&prove(&verifier, &prover, &prover.proof(&claims())).await),
        "unavailable"
    );
}
