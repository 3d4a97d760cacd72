//! How often: whose requests are counted together, what the answers say, and that time gives it back.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Clock, Principal, SecureRouter, Security, secure};

use crate::support::{Answer, get, send};

const NOW: u64 = 1_800_000_000;

#[secure(get = "/caller", authenticated, rate = "2/min")]
async fn per_caller() {}

#[secure(get = "/caller/too", authenticated, rate = "2/min")]
async fn per_caller_too() {}

#[secure(get = "/ip", public = "a test", rate("2/min", per = "ip"))]
async fn per_ip() {}

#[secure(get = "/endpoint", optional, rate("2/min", per = "endpoint"))]
async fn per_endpoint(caller: Option<Principal>) {
    drop(caller);
}

#[secure(get = "/anonymous", optional, rate = "2/min")]
async fn anonymous() {}

#[secure(get = "/burst", authenticated, rate("6/min", burst = 10, cost = 5))]
async fn burst() {}

#[secure(
    get = "/several",
    authenticated,
    rate = "100/min",
    rate("3/s", per = "ip"),
    rate = "5/h"
)]
async fn several() {}

#[secure(get = "/default", authenticated)]
async fn by_default() {}

struct Stage {
    router: Router,
    issuer: TestIssuer,
    clock: Clock,
}

impl Stage {
    fn new() -> Self {
        let clock = Clock::held_at(NOW);
        let issuer = TestIssuer::default().clock(clock.clone());
        let app = SecureRouter::new(
            Security::builder(issuer.jwt())
                .clock(clock.clone())
                .failed_authentication_rate("3/min"),
        )
        .mount((
            per_caller,
            per_caller_too,
            per_ip,
            per_endpoint,
            anonymous,
            burst,
            several,
            by_default,
        ))
        .build()
        .unwrap();
        Self {
            router: app.into_router(),
            issuer,
            clock,
        }
    }

    /// A request of this user, or of nobody, from this address.
    async fn call(&self, path: &str, user: Option<&str>, from: &str) -> Answer {
        let token = user.map(|user| format!("Bearer {}", self.issuer.token(user).expires_in(100_000).sign()));
        let headers: Vec<_> = token.iter().map(|token| ("authorization", token.as_str())).collect();
        let mut request = get(path, &headers);
        let address: IpAddr = from.parse().unwrap();
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::new(address, 1)));
        send(&self.router, request).await
    }

    async fn statuses(&self, calls: &[(&str, Option<&str>, &str)]) -> Vec<u16> {
        let mut statuses = Vec::new();
        for (path, user, from) in calls {
            statuses.push(self.call(path, *user, from).await.status.as_u16());
        }
        statuses
    }
}

#[tokio::test(flavor = "current_thread")]
async fn l2_l5_the_refusal_says_when_to_come_back_and_then_it_is_true() {
    let stage = Stage::new();
    for remaining in ["1", "0"] {
        let answer = stage.call("/caller", Some("alice"), "192.0.2.1").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("x-ratelimit-limit"), Some("2"));
        assert_eq!(answer.header("x-ratelimit-remaining"), Some(remaining));
        assert_eq!(answer.header("ratelimit-policy"), Some("\"caller\";q=2;w=60"));
        assert!(answer.header("retry-after").is_none());
    }
    let answer = stage.call("/caller", Some("alice"), "192.0.2.1").await;
    answer.assert_problem(429);
    assert_eq!(answer.header("retry-after"), Some("30"));
    assert_eq!(answer.header("ratelimit"), Some("\"caller\";r=0;t=30"));
    assert_eq!(answer.header("x-ratelimit-reset"), Some("30"));
    // One second early it is still refused, and says so; it is never 0.
    stage.clock.advance(Duration::from_millis(29_500));
    let answer = stage.call("/caller", Some("alice"), "192.0.2.1").await;
    answer.assert_problem(429);
    assert_eq!(answer.header("retry-after"), Some("1"));
    stage.clock.advance(Duration::from_millis(500));
    assert_eq!(stage.call("/caller", Some("alice"), "192.0.2.1").await.status, 200);
    stage
        .call("/caller", Some("alice"), "192.0.2.1")
        .await
        .assert_problem(429);
}

#[tokio::test(flavor = "current_thread")]
async fn l8_a_caller_is_one_bucket_from_every_address_and_callers_do_not_share() {
    let stage = Stage::new();
    let alice = Some("alice");
    let calls = [
        ("/caller", alice, "192.0.2.1"),
        ("/caller", alice, "198.51.100.7"),
        ("/caller", alice, "2001:db8::1"),
        ("/caller", Some("bob"), "192.0.2.1"),
        // Another endpoint with the same limit is another bucket.
        ("/caller/too", alice, "192.0.2.1"),
    ];
    assert_eq!(stage.statuses(&calls).await, [200, 200, 429, 200, 200]);
}

#[tokio::test(flavor = "current_thread")]
async fn l8_addresses_are_counted_by_prefix_and_forwarding_headers_do_not_help() {
    let stage = Stage::new();
    let calls = [
        ("/ip", None, "2001:db8:0:1::1"),
        ("/ip", None, "2001:db8:0:1:ffff::2"),
        ("/ip", None, "2001:db8:0:1::3"),
        ("/ip", None, "2001:db8:0:2::1"),
        ("/ip", None, "192.0.2.1"),
        ("/ip", None, "::ffff:192.0.2.1"),
        ("/ip", None, "192.0.2.1"),
        ("/ip", None, "192.0.2.2"),
    ];
    assert_eq!(stage.statuses(&calls).await, [200, 200, 429, 200, 200, 200, 429, 200]);
    let mut request = get(
        "/ip",
        &[("x-forwarded-for", "203.0.113.1"), ("forwarded", "for=203.0.113.1")],
    );
    request
        .extensions_mut()
        .insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 1))));
    send(&stage.router, request).await.assert_problem(429);
}

#[tokio::test(flavor = "current_thread")]
async fn l8_an_endpoints_bucket_is_shared_by_all_and_anonymous_callers_are_addresses() {
    let stage = Stage::new();
    let calls = [
        ("/endpoint", Some("alice"), "192.0.2.1"),
        ("/endpoint", None, "192.0.2.2"),
        ("/endpoint", Some("bob"), "192.0.2.3"),
        ("/anonymous", None, "192.0.2.1"),
        ("/anonymous", None, "192.0.2.1"),
        ("/anonymous", None, "192.0.2.1"),
        ("/anonymous", None, "192.0.2.2"),
        // Who signs in has a bucket of their own, behind the same address.
        ("/anonymous", Some("alice"), "192.0.2.1"),
    ];
    assert_eq!(stage.statuses(&calls).await, [200, 200, 429, 200, 200, 429, 200, 200]);
}

#[tokio::test(flavor = "current_thread")]
async fn burst_and_cost_are_what_they_say() {
    let stage = Stage::new();
    let call = async || stage.call("/burst", Some("alice"), "192.0.2.1").await;
    // A bucket of 10, of which each request takes 5, refilled by 6 a minute: one each 10 s.
    assert_eq!(call().await.header("x-ratelimit-remaining"), Some("5"));
    assert_eq!(call().await.header("x-ratelimit-remaining"), Some("0"));
    assert_eq!(call().await.header("retry-after"), Some("50"));
    stage.clock.advance(Duration::from_secs(49));
    assert_eq!(call().await.header("retry-after"), Some("1"));
    stage.clock.advance(Duration::from_secs(1));
    assert_eq!(call().await.status, 200);
    call().await.assert_problem(429);
}

#[tokio::test(flavor = "current_thread")]
async fn l3_l4_with_several_limits_the_tightest_answers() {
    let stage = Stage::new();
    let answer = stage.call("/several", Some("alice"), "192.0.2.1").await;
    assert_eq!(
        answer.header("ratelimit-policy"),
        Some("\"caller\";q=100;w=60, \"ip\";q=3;w=1, \"caller-2\";q=5;w=3600")
    );
    assert_eq!(
        answer.header("ratelimit"),
        Some("\"caller\";r=99;t=1, \"ip\";r=2;t=1, \"caller-2\";r=4;t=720")
    );
    assert_eq!(answer.header("x-ratelimit-limit"), Some("3"));
    for _ in 0..4 {
        stage.clock.advance(Duration::from_secs(1));
        assert_eq!(stage.call("/several", Some("alice"), "192.0.2.1").await.status, 200);
    }
    stage.clock.advance(Duration::from_secs(1));
    let answer = stage.call("/several", Some("alice"), "192.0.2.1").await;
    answer.assert_problem(429);
    assert_eq!(answer.header("retry-after"), Some("715"));
}

#[tokio::test(flavor = "current_thread")]
async fn an_endpoint_without_a_rate_has_the_default() {
    let stage = Stage::new();
    let answer = stage.call("/default", Some("alice"), "192.0.2.1").await;
    assert_eq!(answer.header("ratelimit-policy"), Some("\"caller\";q=300;w=60"));
    assert_eq!(answer.header("x-ratelimit-remaining"), Some("299"));
}

/// A guesser is told no more after three failures, and locks nobody out who has a valid token.
#[tokio::test(flavor = "current_thread")]
async fn l9_failures_of_authentication_are_limited_by_address() {
    let stage = Stage::new();
    let guess = async |from: [u8; 4]| {
        let mut request = get("/caller", &[("authorization", "Bearer a.b.c")]);
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::from((from, 1))));
        send(&stage.router, request).await
    };
    for _ in 0..3 {
        guess([192, 0, 2, 1]).await.assert_problem(401);
    }
    let answer = guess([192, 0, 2, 1]).await;
    answer.assert_problem(429);
    assert_eq!(answer.header("retry-after"), Some("20"));
    guess([192, 0, 2, 2]).await.assert_problem(401);
    assert_eq!(stage.call("/caller", Some("alice"), "192.0.2.1").await.status, 200);
    // No credential is no guess.
    stage.call("/caller", None, "192.0.2.1").await.assert_problem(401);
    stage.clock.advance(Duration::from_secs(20));
    guess([192, 0, 2, 1]).await.assert_problem(401);
}
