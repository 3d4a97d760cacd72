use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use super::*;
use crate::address::Origin;
use crate::authn::Identity;
use crate::limit::AttemptLimits;
use crate::limit::counter::SECOND;
use crate::limit::limit::Limit;
use crate::redis::cluster::Cluster;

const DAY: u64 = 86_400 * SECOND;

fn limits(redis: Redis) -> Shared {
    RedisLimits::new(redis, [7; 32], Outage::Deny).prepare(&mut Vec::new())
}

fn quota(count: u32) -> Counter {
    Counter::Quota { window: DAY, count }
}

fn caller(subject: &str) -> Bucket<'_> {
    let issuer = "https://id.example.com";
    Bucket::Caller {
        issuer,
        subject,
        identity: Identity::of(issuer, subject),
    }
}

fn address(last: u8) -> Bucket<'static> {
    Bucket::Address(Origin::at(IpAddr::V4(Ipv4Addr::new(192, 0, 2, last))))
}

fn demand<'d>(limit: &'d Limit, bucket: Bucket<'d>, cost: u32) -> Demand<'d> {
    Demand { limit, bucket, cost }
}

/// Whether it was admitted, and what remains of each.
async fn draw(shared: &Shared, demands: &[Demand<'_>]) -> (bool, Vec<u32>) {
    let verdicts = shared.draw(demands, Counted::Together).await.unwrap();
    let remaining = verdicts.iter().map(|verdict| verdict.remaining).collect();
    (verdicts.iter().all(|verdict| verdict.admitted), remaining)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn l10_four_instances_in_a_cluster_admit_exactly_what_the_limit_says() {
    let cluster = Cluster::start();
    let instances = Arc::new([(); 4].map(|()| limits(cluster.redis())));
    let (of_caller, of_address) = (
        Arc::new(Limit::hidden("caller", quota(100))),
        Arc::new(Limit::hidden("address", quota(1000))),
    );
    let tasks: Vec<_> = (0..400)
        .map(|i| {
            let (instances, of_caller, of_address) = (instances.clone(), of_caller.clone(), of_address.clone());
            tokio::spawn(async move {
                let demands = [
                    demand(&of_caller, caller("alice"), 1),
                    demand(&of_address, address(i as u8 % 8), 1),
                ];
                draw(&instances[i % 4], &demands).await.0
            })
        })
        .collect();
    let mut admitted = 0;
    for task in tasks {
        admitted += usize::from(task.await.unwrap());
    }
    assert_eq!(admitted, 100);
    // What the addresses have lost is what was admitted.
    let mut used = 0;
    for last in 0..8 {
        used += 1000 - draw(&instances[0], &[demand(&of_address, address(last), 0)]).await.1[0];
    }
    assert_eq!(used, 100);
}

#[tokio::test]
async fn l10_a_request_counts_in_all_slots_or_in_none() {
    let cluster = Cluster::start();
    let shared = limits(cluster.redis());
    let counters = [
        quota(10),
        Counter::Sliding { window: DAY, count: 10 },
        Counter::Gcra {
            interval: DAY,
            size: 10,
        },
    ];
    for (n, counter) in counters.into_iter().enumerate() {
        let name = ["quota", "sliding", "gcra"][n];
        let (wide, narrow) = (Limit::hidden(name, counter), Limit::hidden("narrow", quota(1)));
        let of = |cost| {
            [
                demand(&wide, caller("alice"), cost),
                demand(&narrow, address(n as u8), 1),
                demand(&wide, caller("bob"), 1),
            ]
        };
        assert_eq!(draw(&shared, &of(2)).await, (true, vec![8, 0, 9]), "{name}");
        // The order of the answer is that of the question, wherever the slots are.
        assert_eq!(
            draw(&shared, &of(2)).await,
            (false, vec![8, 0, 9]),
            "{name}: it says what it was before"
        );
        let left = [demand(&wide, caller("alice"), 0), demand(&wide, caller("bob"), 0)];
        assert_eq!(draw(&shared, &left).await, (true, vec![8, 9]), "{name}");
        assert_eq!(
            draw(&shared, &[demand(&wide, caller("alice"), 8)]).await,
            (true, vec![0]),
            "{name}"
        );
        // Nobody may take it from here on, and what others would have got is still there.
        assert!(!draw(&shared, &[demand(&wide, caller("alice"), 1)]).await.0, "{name}");
    }
    for (_, key) in cluster.keys().into_iter().filter(|(_, key)| key.contains(":back:")) {
        let left: i64 = cluster.run_for(&key, &["PTTL", &key]);
        assert!((1..=60_000).contains(&left), "a mark that stays: {left}");
    }
}

/// Wherever the slots are.
#[tokio::test]
async fn the_order_of_the_answer_is_that_of_the_question() {
    let cluster = Cluster::start();
    let shared = limits(cluster.redis());
    let limit = Limit::hidden("limit", quota(10));
    let callers = ["a", "b", "c", "d", "e", "f"].map(caller);
    for (n, bucket) in callers.into_iter().enumerate() {
        draw(&shared, &[demand(&limit, bucket, n as u32 + 1)]).await;
    }
    let all = callers.map(|bucket| demand(&limit, bucket, 0));
    assert_eq!(draw(&shared, &all).await, (true, vec![9, 8, 7, 6, 5, 4]));
}

#[tokio::test]
async fn what_counts_each_for_itself_stays_where_another_refuses() {
    let cluster = Cluster::start();
    let shared = limits(cluster.redis());
    let (wide, narrow) = (Limit::hidden("wide", quota(10)), Limit::hidden("narrow", quota(1)));
    for left in [9, 8] {
        let demands = [demand(&wide, caller("alice"), 1), demand(&narrow, address(1), 1)];
        let verdicts = shared.draw(&demands, Counted::Each).await.unwrap();
        assert_eq!(verdicts.iter().next().unwrap().remaining, left);
    }
}

#[tokio::test]
async fn l10_what_was_taken_is_given_back_where_another_slot_says_nothing() {
    let mut cluster = Cluster::start();
    let shared = limits(cluster.redis());
    let limit = Limit::hidden("limit", quota(10));
    let home = |bucket| cluster.home(&shared.asked(&[demand(&limit, bucket, 1)])[0].key);
    let alices = home(caller("alice"));
    let elsewhere = (0..).map(address).find(|bucket| home(*bucket) != alices).unwrap();
    let gone = home(elsewhere);
    let both = [demand(&limit, caller("alice"), 1), demand(&limit, elsewhere, 1)];
    assert_eq!(draw(&shared, &both).await, (true, vec![9, 9]));
    cluster.servers()[gone].kill();
    assert!(shared.draw(&both, Counted::Together).await.is_err());
    assert_eq!(
        draw(&shared, &[demand(&limit, caller("alice"), 0)]).await,
        (true, vec![9])
    );
    assert!(shared.draw(&both[1..], Counted::Together).await.is_err());
}

/// A backoff cannot be given back, and need not.
#[tokio::test]
async fn l9_an_attempt_counts_in_one_slot_and_in_one_step() {
    let cluster = Cluster::start();
    let shared = limits(cluster.redis());
    let lock_out = crate::limit::LockOut::default().prepare(&mut Vec::new()).unwrap();
    let attempts = AttemptLimits::new(&lock_out);
    for last in 0..20 {
        let Bucket::Address(origin) = address(last) else {
            panic!()
        };
        let demands = attempts.demands("alice", origin);
        let asked = shared.asked(&demands);
        assert_eq!(cluster.slot(&asked[0].key), cluster.slot(&asked[1].key));
        assert_ne!(asked[0].key, asked[1].key);
        assert!(draw(&shared, &demands).await.0);
    }
    let keys = cluster.keys();
    assert_eq!(keys.len(), 21, "one of each address, and one of all: {keys:?}");
    assert!(keys.iter().all(|(_, key)| !key.contains("alice")), "{keys:?}");
}

#[tokio::test]
async fn a_slot_that_moves_goes_on_counting() {
    let cluster = Cluster::start();
    let shared = limits(cluster.redis());
    let limit = Limit::hidden("limit", quota(10));
    let one = [demand(&limit, caller("alice"), 1)];
    assert_eq!(draw(&shared, &one).await, (true, vec![9]));
    let [(before, key)] = &cluster.keys()[..] else { panic!() };
    cluster
        .move_slot(key, async || assert_eq!(draw(&shared, &one).await, (true, vec![8])))
        .await;
    assert_eq!(draw(&shared, &one).await, (true, vec![7]));
    assert_ne!(cluster.keys()[0].0, *before);
    assert_eq!(draw(&limits(cluster.redis()), &one).await, (true, vec![6]));
    shared.forget(&one[0]).await.unwrap();
    assert_eq!(cluster.keys(), []);
}

#[tokio::test]
async fn a_prefix_with_braces_keeps_one_slot_and_one_step() {
    let cluster = Cluster::start();
    let shared = limits(cluster.redis().key_prefix("{shop}:"));
    let limit = Limit::hidden("limit", quota(1));
    let both = [demand(&limit, caller("alice"), 1), demand(&limit, address(1), 1)];
    assert_eq!(draw(&shared, &both).await, (true, vec![0, 0]));
    assert!(!draw(&shared, &[both[0], demand(&limit, address(2), 1)]).await.0);
    let keys = cluster.keys();
    assert_eq!(keys.len(), 2, "nothing had to be given back: {keys:?}");
}
