use std::cell::{Cell, RefCell};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::script::{arguments, at_a_given_time};
use super::*;
use crate::authn::Identity;
use crate::limit::counter::SECOND;
use crate::limit::counter_tests::steps;
use crate::limit::limit::Limit;
use crate::limit::naive::{Naive, counters};
use crate::limit::table::{Draw, Room};
use crate::redis::server::Server;

/// One request: after how long, from which of its buckets, and at what cost.
type Event = (u64, Vec<(usize, u32)>, bool);

fn events() -> impl Strategy<Value = Vec<Event>> {
    let kinds = counters().len();
    let buckets = proptest::sample::subsequence((0..kinds).collect::<Vec<_>>(), 1..=3);
    let buckets = (buckets, proptest::collection::vec(0..4u32, 3));
    let draws = buckets.prop_map(|(buckets, costs)| buckets.into_iter().zip(costs).collect::<Vec<_>>());
    // Redis gives the time in microseconds.
    let step = steps().prop_map(|step| step / 1000 * 1000);
    proptest::collection::vec((step, draws, proptest::bool::weighted(0.8)), 1..40)
}

/// The table, the script in a real Redis and the naive reference, on the same requests at the same times.
#[test]
fn l10_table_script_and_naive_reference_agree() {
    let server = Server::start();
    let connection = RefCell::new(server.client().get_connection().unwrap());
    let [script, _] = at_a_given_time();
    let rounds = Cell::new(0);
    let mut runner = TestRunner::new(Config::with_cases(150));
    let outcome = runner.run(&events(), |events| {
        rounds.set(rounds.get() + 1);
        let round = rounds.get();
        let table = Table::new(1000);
        let mut naive: Vec<_> = counters().into_iter().map(Naive::new).collect();
        let mut now = 1_767_225_600 * SECOND + 123_456_000;
        for (step, draws, together) in events {
            now += step;
            let mut call = script.call();
            for (bucket, _) in &draws {
                call.key(format!("{round}:{bucket}"));
            }
            let mut asked = Vec::new();
            for (bucket, cost) in &draws {
                let counter = counters()[*bucket];
                let (algorithm, parameters) = arguments(counter);
                call.arg(algorithm).arg(*cost);
                for parameter in parameters.into_iter().flatten() {
                    call.arg(parameter);
                }
                asked.push(Draw {
                    key: table.key(Room::Callers, bucket),
                    counter,
                    cost: *cost,
                });
            }
            if !together {
                call.arg("each");
            }
            call.arg(now / SECOND).arg(now % SECOND / 1000);
            let answer: Vec<u64> = call.whole().query(&mut *connection.borrow_mut()).unwrap();
            let drawn = Drawn::read(&answer, draws.len()).unwrap();
            prop_assert_eq!(drawn.at, now / 1000);
            let mut by_script = Verdicts::default();
            drawn.verdicts.into_iter().for_each(|verdict| by_script.push(verdict));
            let mut by_table = Verdicts::default();
            if together {
                by_table = table.draw_all(&asked, now);
            } else {
                for draw in &asked {
                    by_table.push(table.draw(*draw, now));
                }
            }
            prop_assert_eq!(&by_script, &by_table);
            let fits: Vec<bool> = draws
                .iter()
                .map(|(bucket, cost)| naive[*bucket].admits(now, *cost))
                .collect();
            let counts = |fits: bool| if together { fits_all(&draws, &naive, now) } else { fits };
            for ((verdict, fits), (bucket, _)) in by_table.iter().zip(&fits).zip(&draws) {
                prop_assert_eq!(verdict.admitted, *fits, "{:?}", counters()[*bucket]);
            }
            let counted: Vec<_> = fits.into_iter().map(counts).collect();
            for ((bucket, cost), counted) in draws.into_iter().zip(counted) {
                if counted && cost > 0 {
                    naive[bucket].count(now, cost);
                }
            }
        }
        Ok(())
    });
    outcome.unwrap();
}

fn fits_all(draws: &[(usize, u32)], naive: &[Naive], now: u64) -> bool {
    draws.iter().all(|(bucket, cost)| naive[*bucket].admits(now, *cost))
}

fn alice() -> Bucket<'static> {
    let (issuer, subject) = ("https://id.example.com", "alice");
    Bucket::Caller {
        issuer,
        subject,
        identity: Identity::of(issuer, subject),
    }
}

fn limits(server: &Server, secret: u8) -> Shared {
    RedisLimits::new(server.redis(), [secret; 32], Outage::Deny).prepare(&mut Vec::new())
}

fn limit(count: u32) -> Limit {
    let counter = Counter::Quota {
        window: 86_400 * SECOND,
        count,
    };
    Limit::hidden("test", counter)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn l10_four_instances_admit_exactly_what_the_limit_says() {
    let server = Server::start();
    let instances = std::sync::Arc::new([(); 4].map(|()| limits(&server, 7)));
    let limit = std::sync::Arc::new(limit(100));
    let tasks: Vec<_> = (0..400)
        .map(|i| {
            let (instances, limit) = (instances.clone(), limit.clone());
            tokio::spawn(async move {
                let demand = Demand {
                    limit: &limit,
                    bucket: alice(),
                    cost: 1,
                };
                let verdicts = instances[i % 4].draw(&[demand], Counted::Together).await.unwrap();
                verdicts.iter().filter(|verdict| verdict.admitted).count()
            })
        })
        .collect();
    let mut admitted = 0;
    for task in tasks {
        admitted += task.await.unwrap();
    }
    assert_eq!(admitted, 100);
}

#[tokio::test]
async fn keys_show_nobody_and_depend_on_the_secret() {
    let server = Server::start();
    let limit = limit(100);
    let demand = Demand {
        limit: &limit,
        bucket: alice(),
        cost: 1,
    };
    let mut keys = Vec::new();
    for secret in [7, 8] {
        limits(&server, secret)
            .draw(&[demand], Counted::Together)
            .await
            .unwrap();
        let (key, seconds) = server.only_key();
        assert!(key.starts_with("secure:limit:{"), "{key}");
        assert!(!key.contains("alice") && !key.contains("example"), "{key}");
        assert!(seconds <= 86_400.0, "it is gone when the bucket is full again");
        keys.push(key);
        server.run::<()>(&["FLUSHALL"]);
    }
    assert_ne!(keys[0], keys[1]);
}

#[tokio::test]
async fn a_server_that_was_restarted_has_no_script_and_gets_it() {
    let server = Server::start();
    let shared = limits(&server, 7);
    let limit = limit(100);
    let demand = Demand {
        limit: &limit,
        bucket: alice(),
        cost: 1,
    };
    for _ in 0..2 {
        let verdicts = shared.draw(&[demand], Counted::Together).await.unwrap();
        assert!(verdicts.iter().all(|verdict| verdict.admitted));
        server.run::<()>(&["SCRIPT", "FLUSH"]);
    }
}

#[test]
fn a_refusal_is_remembered_until_its_wait_is_over_and_for_no_lower_cost() {
    let table = Table::new(16);
    let limit = limit(100);
    let demand = |cost| Demand {
        limit: &limit,
        bucket: alice(),
        cost,
    };
    let mut verdicts = Verdicts::default();
    verdicts.push(Verdict {
        admitted: false,
        remaining: 3,
        wait: 10 * SECOND,
    });
    let began = 1_767_225_600 * SECOND;
    assert_eq!(remembered(&table, &demand(5), began), None);
    remember(&table, &[demand(5)], &verdicts, began);
    let later = remembered(&table, &demand(5), began + 4 * SECOND).unwrap();
    assert_eq!((later.admitted, later.remaining, later.wait), (false, 3, 6 * SECOND));
    assert!(remembered(&table, &demand(6), began).is_some());
    assert_eq!(remembered(&table, &demand(4), began), None);
    assert_eq!(remembered(&table, &demand(5), began + 10 * SECOND), None);
    let other = Demand {
        bucket: Bucket::Everyone,
        ..demand(5)
    };
    assert_eq!(remembered(&table, &other, began), None);
    forget_remembered(&table, &demand(5));
    assert_eq!(remembered(&table, &demand(5), began), None);
}
