use super::cluster::Cluster;
use super::server::wait_until;
use super::*;
use crate::dpop::{RedisReplay, ReplayStore as _};
use std::net::TcpListener;
use std::time::Instant;

#[test]
fn urls_of_a_cluster_are_checked_and_never_repeated() {
    let fine = Redis::cluster(["redis://:hunter2@a.test", "redis://:hunter2@b.test:6380"]).unwrap();
    assert!(!format!("{fine:?}").contains("hunter2"));
    for wrong in [
        &[][..],
        &["redis://a.test", "b.test:hunter2"],
        &["redis://a.test", "redis://:hunter2@b.test"],
        &["redis://:hunter2@a.test", "redis://b.test"],
        &["redis://a:hunter2@a.test", "redis://b:hunter2@a.test"],
        &["redis://:hunter2@a.test/1", "redis://:hunter2@a.test"],
        &["redis://a.test", "rediss://b.test"],
        &["rediss://:hunter2@a.test/#insecure"],
    ] {
        let error = Redis::cluster(wrong).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{wrong:?}");
    }
    let roots = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    assert!(
        Redis::cluster(["redis://a.test"])
            .unwrap()
            .roots(roots.cert.pem())
            .is_err()
    );
    assert!(
        Redis::cluster(["rediss://a.test"])
            .unwrap()
            .roots(roots.cert.pem())
            .is_ok()
    );
}

/// D5: wherever the entry lies.
#[tokio::test]
async fn d5_a_proof_is_used_once_in_a_cluster() {
    let cluster = Cluster::start();
    let (here, there) = (RedisReplay::new(cluster.redis()), RedisReplay::new(cluster.redis()));
    for n in 0..20 {
        let minute = Duration::from_secs(60);
        assert!(here.first_use(&[n; 32], minute).await.unwrap());
        assert!(!there.first_use(&[n; 32], minute).await.unwrap());
    }
    let homes = cluster.keys().into_iter().map(|(server, _)| server);
    assert_eq!(homes.collect::<std::collections::BTreeSet<_>>().len(), 3);
}

#[tokio::test]
async fn l10_a_cluster_that_hangs_is_given_up_in_time_and_left_alone() {
    // Takes connections, and never says a word.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let redis = Redis::cluster([format!("redis://{}", silent.local_addr().unwrap())]).unwrap();
    let redis = redis.timeout(Duration::from_millis(200));
    let key = ["a".to_owned()];
    for _ in 0..3 {
        let start = Instant::now();
        assert!(redis.read(&key).await.is_err());
        assert!(start.elapsed() < Duration::from_secs(2));
    }
    let start = Instant::now();
    assert!(redis.read(&key).await.is_err());
    assert!(start.elapsed() < Duration::from_millis(100), "nobody waits any more");
}

/// A server whose connections stay open and silent is not waited for once another has its slots.
#[tokio::test]
#[allow(clippy::print_stdout, reason = "how long it took is worth knowing")]
async fn l10_a_replica_that_took_over_from_a_silent_server_is_found() {
    let mut cluster = Cluster::start_with_replica();
    let redis = cluster.redis().timeout(Duration::from_millis(500));
    let key = (0..).map(|n| n.to_string()).find(|key| cluster.home(key) == 0).unwrap();
    let keys = [key];
    let mut set = ::redis::cmd("SET");
    redis.ask::<()>(set.arg(&keys).arg("kept")).await.unwrap();
    wait_until("a copy", || cluster.servers()[3].run::<u32>(&["DBSIZE"]) == 1);
    let reads = "cmdstat_get:";
    assert_eq!(redis.read(&keys).await.unwrap(), [Some("kept".to_owned())]);
    let asked: String = cluster.servers()[3].run(&["INFO", "commandstats"]);
    assert!(!asked.contains(reads), "a replica was asked: {asked}");
    cluster.servers()[0].stop();
    let began = Instant::now();
    loop {
        match redis.read(&keys).await {
            Ok(read) => break assert_eq!(read, [Some("kept".to_owned())]),
            Err(_) => assert!(began.elapsed() < Duration::from_secs(60), "the replica was not found"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    println!("found after {} ms", began.elapsed().as_millis());
    assert!(redis.ask::<()>(&set).await.is_ok());
}

/// Whoever reads from several slots at once finds the successor, too, with nobody else's help.
#[tokio::test]
async fn j21_keys_in_several_slots_are_read_again_after_a_server_was_replaced() {
    let mut cluster = Cluster::start_with_replica();
    let redis = cluster.redis().timeout(Duration::from_secs(1));
    let at = |server| (0..).map(|n| n.to_string()).find(|key| cluster.home(key) == server);
    let keys = [0, 1].map(|server| at(server).unwrap());
    for key in &keys {
        redis.ask::<()>(::redis::cmd("SET").arg(key).arg("kept")).await.unwrap();
    }
    wait_until("a copy", || cluster.servers()[3].run::<u32>(&["DBSIZE"]) == 1);
    let kept = [(); 2].map(|()| Some("kept".to_owned()));
    assert_eq!(redis.read(&keys).await.unwrap(), kept);
    cluster.servers()[0].kill();
    let began = Instant::now();
    loop {
        match redis.read(&keys).await {
            Ok(read) => break assert_eq!(read, kept),
            Err(_) => assert!(began.elapsed() < Duration::from_secs(30), "the replica was not found"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
