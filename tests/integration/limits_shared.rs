//! Limits that instances count together in a real Redis, and what holds while it is away: L10.

use std::fmt::Write as _;
use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use axum::Router;
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Outage, Redis, RedisLimits, SecureRouter, Security, secure};

use crate::peers;
use crate::support::{get, router, send};

#[secure(get = "/orders", authenticated, rate("20/day", algorithm = "fixed_quota"))]
async fn orders() {}

#[secure(
    get = "/several",
    authenticated,
    rate("1000/day", algorithm = "fixed_quota", per = "endpoint"),
    rate = "1000/day",
    rate("2/day", algorithm = "sliding_window")
)]
async fn several() {}

#[secure(get = "/address", authenticated, rate("3/day", per = "ip"))]
async fn address() {}

#[secure(get = "/plenty", authenticated, rate = "1000000/s")]
async fn plenty() {}

struct Stand {
    redis: peers::redis::Redis,
    issuer: TestIssuer,
    instances: [Router; 2],
}

fn stand(outage: Outage) -> Stand {
    let redis = peers::redis::Redis::start();
    let issuer = TestIssuer::default();
    let instances = [(); 2].map(|()| {
        let limits = RedisLimits::new(Redis::open(&redis.url()).unwrap(), [7; 32], outage);
        let security = Security::builder(issuer.jwt()).shared_limits(limits);
        let security = security.failed_authentication_rate("3/day");
        router(
            SecureRouter::new(security)
                .mount((orders, several, address, plenty))
                .build()
                .unwrap(),
        )
    });
    Stand {
        redis,
        issuer,
        instances,
    }
}

impl Stand {
    async fn call(&self, instance: usize, path: &str, user: &str) -> crate::support::Answer {
        let token = self.issuer.token(user).sign();
        send(
            &self.instances[instance],
            get(path, &[("authorization", &format!("Bearer {token}"))]),
        )
        .await
    }
}

#[tokio::test]
async fn l10_two_instances_admit_together_what_the_limit_says() {
    let stand = stand(Outage::Deny);
    let mut admitted = 0;
    for i in 0..60 {
        let answer = stand.call(i % 2, "/orders", "alice").await;
        let left = answer.header("x-ratelimit-remaining").map(str::to_owned);
        if answer.status == 200 {
            admitted += 1;
            assert_eq!(left, Some((20 - admitted).to_string()));
        } else {
            answer.assert_problem(429);
            assert_eq!(left.as_deref(), Some("0"));
        }
    }
    assert_eq!(admitted, 20);
    assert_eq!(stand.call(0, "/orders", "bob").await.status, 200);
}

#[tokio::test]
async fn several_limits_are_one_round_trip_and_a_refusal_counts_in_none() {
    let stand = stand(Outage::Deny);
    let trips = || {
        let info = stand.redis.stat("cmdstat_evalsha");
        info.map_or(0, |calls| calls)
    };
    stand.call(0, "/several", "alice").await;
    let before = trips();
    let answer = stand.call(0, "/several", "alice").await;
    assert_eq!(trips() - before, 1);
    assert_eq!(answer.header("ratelimit-policy").unwrap().matches("q=").count(), 3);
    for i in 0..10 {
        assert_eq!(stand.call(i % 2, "/several", "alice").await.status, 429);
    }
    // Each instance asked once, and remembered the answer.
    assert_eq!(trips() - before, 3);
    let answer = stand.call(1, "/several", "bob").await;
    let state = answer.header("ratelimit").unwrap();
    assert!(state.starts_with("\"endpoint\";r=997;"), "{state}");
}

#[tokio::test]
async fn l8_an_address_that_is_refused_is_refused_before_its_credential_is_looked_at() {
    let stand = stand(Outage::Deny);
    for _ in 0..3 {
        assert_eq!(stand.call(0, "/address", "alice").await.status, 200);
    }
    assert_eq!(stand.call(0, "/address", "alice").await.status, 429);
    let answer = send(
        &stand.instances[0],
        get("/address", &[("authorization", "Bearer nonsense")]),
    )
    .await;
    assert_eq!(answer.status, 429);
}

#[tokio::test]
async fn l9_failures_of_authentication_are_counted_together() {
    let stand = stand(Outage::Deny);
    let mut statuses = Vec::new();
    for i in 0..5 {
        let request = get("/orders", &[("authorization", "Bearer nonsense")]);
        statuses.push(send(&stand.instances[i % 2], request).await.status.as_u16());
    }
    assert_eq!(statuses, [401, 401, 401, 429, 429]);
}

/// Each mode: statuses before, while Redis is gone (killed as by a power cut), and after it is back; how long answers took while it
/// was away, and how long until it counted again.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn l10_each_mode_of_an_outage_does_what_it_says() {
    let four = NonZeroU32::new(4).unwrap();
    let mut table = String::from("mode | before | away | p99 away | until it counts again | after\n");
    for outage in [Outage::Deny, Outage::Allow, Outage::Local { instances: four }] {
        let mut stand = stand(outage);
        let before = load(&stand, "/orders").await;
        assert_eq!(before.statuses, [(200, 20), (429, 20)], "{outage:?}");
        stand.redis.kill();
        // The first requests find out.
        let away = load(&stand, "/orders").await;
        let open = load(&stand, "/orders").await;
        // Alice was refused before and that is remembered, so it is others whom the outage concerns.
        let expected: &[(u16, usize)] = match outage {
            Outage::Deny => &[(503, 40)],
            Outage::Allow => &[(200, 40)],
            // A quarter of 20 in each of two instances.
            Outage::Local { .. } => &[(200, 10), (429, 30)],
        };
        assert_eq!(away.statuses, expected, "{outage:?}");
        assert_eq!(open.statuses, expected, "{outage:?}");
        assert!(open.p99 < Duration::from_millis(100), "{outage:?}: {:?}", open.p99);
        stand.redis.restart();
        let back = Instant::now();
        let recovered = loop {
            let answer = stand.call(0, "/plenty", "watcher").await;
            if answer.header("ratelimit").is_some() && stand.redis.command("DBSIZE").unwrap() != ":0" {
                break back.elapsed();
            }
            assert!(back.elapsed() < Duration::from_secs(10), "{outage:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        // Both instances have to have noticed.
        tokio::time::sleep(Duration::from_millis(1500)).await;
        for instance in [0, 1] {
            stand.call(instance, "/plenty", "watcher").await;
        }
        let after = load(&stand, "/orders").await;
        assert_eq!(after.statuses, [(200, 20), (429, 20)], "{outage:?}");
        let _ = writeln!(
            table,
            "{outage:?} | {:?} | {:?} | {:?} | {recovered:?} | {:?}",
            before.statuses,
            away.statuses,
            away.p99.max(open.p99),
            after.statuses
        );
    }
    println!("{table}");
}

struct Load {
    statuses: Vec<(u16, usize)>,
    p99: Duration,
}

/// Forty requests of a new user, half of them on each instance, eight at a time.
async fn load(stand: &Stand, path: &str) -> Load {
    use std::sync::atomic::{AtomicU32, Ordering};
    static USER: AtomicU32 = AtomicU32::new(0);
    let user = format!("user-{}", USER.fetch_add(1, Ordering::Relaxed));
    let mut statuses = std::collections::BTreeMap::new();
    let mut times = Vec::new();
    for round in 0..5 {
        let calls = (0..8).map(|i| {
            let user = &user;
            async move {
                let began = Instant::now();
                let answer = stand.call((round + i) % 2, path, user).await;
                (answer.status.as_u16(), began.elapsed())
            }
        });
        for (status, time) in futures_util::future::join_all(calls).await {
            *statuses.entry(status).or_insert(0) += 1;
            times.push(time);
        }
    }
    times.sort();
    Load {
        statuses: statuses.into_iter().collect(),
        p99: times[times.len() * 99 / 100],
    }
}
