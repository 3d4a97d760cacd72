use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::join_all;

use super::server::{Answer, Server};
use super::{ec, run, set, settle, source};
use crate::authn::remote::{KeySource, RemoteKeys};
use crate::clock::Clock;

const MINUTE: Duration = Duration::from_secs(60);

struct Setting {
    server: Server,
    source: KeySource,
    clock: Clock,
}

/// An issuer with the key `a`, which was fetched once.
async fn setting() -> Setting {
    let (server, clock) = (Server::start().await, Clock::held_at(10_000));
    server.set("/keys", Answer::Json(set(&[ec("a")])));
    let source = source("https://id.example.com", RemoteKeys::at(server.url("/keys")), &clock);
    source.ready().await.unwrap();
    Setting { server, source, clock }
}

#[test]
fn k4_a_thousand_unknown_kids_cost_one_fetch() {
    run(async {
        let Setting { server, source, clock } = setting().await;
        clock.advance(MINUTE);
        let kids: Vec<String> = (0..1000).map(|i| format!("made up {i}")).collect();
        let sets = join_all(kids.iter().map(|kid| source.keys(Some(kid)))).await;
        assert!(sets.iter().all(|set| set.as_ref().unwrap().has("a")));
        assert_eq!(server.count("/keys"), 2);
        // And during the cooldown none.
        join_all(kids.iter().map(|kid| source.keys(Some(kid)))).await;
        clock.advance(Duration::from_secs(29));
        join_all(kids.iter().map(|kid| source.keys(Some(kid)))).await;
        assert_eq!(server.count("/keys"), 2);
        clock.advance(Duration::from_secs(1));
        join_all(kids.iter().map(|kid| source.keys(Some(kid)))).await;
        assert_eq!(server.count("/keys"), 3);
    });
}

#[test]
fn k4_the_first_requests_share_one_fetch() {
    run(async {
        let (server, clock) = (Server::start().await, Clock::held_at(10_000));
        server.set("/keys", Answer::Late(Duration::from_millis(50), set(&[ec("a")])));
        let source = source("https://id.example.com", RemoteKeys::at(server.url("/keys")), &clock);
        let sets = join_all((0..100).map(|_| source.keys(Some("a")))).await;
        assert!(sets.iter().all(|set| set.as_ref().unwrap().has("a")));
        assert_eq!(server.count("/keys"), 1);
    });
}

#[test]
fn k4_a_new_key_is_found_by_the_first_token_that_names_it() {
    run(async {
        let Setting { server, source, clock } = setting().await;
        let before = source.keys(Some("a")).await.unwrap();
        clock.advance(MINUTE);
        server.set("/keys", Answer::Json(set(&[ec("a"), ec("b")])));
        let after = source.keys(Some("b")).await.unwrap();
        assert!(after.has("a") && after.has("b"));
        assert_eq!((before.generation, after.generation), (0, 1));
        // The old one goes.
        clock.advance(MINUTE);
        server.set("/keys", Answer::Json(set(&[ec("b")])));
        let last = source.keys(Some("c")).await.unwrap();
        assert!(!last.has("a") && last.has("b") && last.generation == 2);
    });
}

#[test]
fn k4_the_same_content_stays_the_same_set() {
    run(async {
        let Setting { server, source, clock } = setting().await;
        let before = source.keys(Some("a")).await.unwrap();
        clock.advance(MINUTE);
        let after = source.keys(Some("b")).await.unwrap();
        assert_eq!(server.count("/keys"), 2);
        assert!(Arc::ptr_eq(&before, &after));
    });
}

#[test]
fn k4_whoever_goes_away_stops_nothing() {
    run(async {
        let Setting { server, source, clock } = setting().await;
        clock.advance(MINUTE);
        server.set(
            "/keys",
            Answer::Late(Duration::from_millis(100), set(&[ec("a"), ec("b")])),
        );
        let gone = tokio::time::timeout(Duration::from_millis(30), source.keys(Some("b"))).await;
        assert!(gone.is_err(), "it was to be cancelled");
        // The next one finds the fetch of the first under way.
        assert!(source.keys(Some("b")).await.unwrap().has("b"));
        assert_eq!(server.count("/keys"), 2);
        // With nobody left to wait, it comes to its end as well.
        clock.advance(MINUTE);
        server.set("/keys", Answer::Late(Duration::from_millis(40), set(&[ec("c")])));
        let gone = tokio::time::timeout(Duration::from_millis(10), source.keys(Some("c"))).await;
        assert!(gone.is_err(), "it was to be cancelled");
        settle(&source).await;
        assert!(source.keys(Some("c")).await.unwrap().has("c"));
        assert_eq!(server.count("/keys"), 3);
    });
}

#[test]
fn k4_whoever_names_a_known_key_waits_for_nobody() {
    run(async {
        for bad in [Answer::Hang, Answer::Drip, Answer::Endless] {
            let Setting { server, source, clock } = setting().await;
            server.set("/keys", bad);
            // Fresh, and past it, with a refresh under way that others wait for.
            for age in [MINUTE, 70 * MINUTE] {
                clock.advance(age);
                let waiting = source.clone();
                let waiting = tokio::spawn(async move { waiting.keys(Some("made up")).await.is_ok() });
                tokio::task::yield_now().await;
                let before = Instant::now();
                for _ in 0..1000 {
                    assert!(source.keys(Some("a")).await.unwrap().has("a"));
                }
                let took = before.elapsed();
                assert!(took < Duration::from_millis(500), "{took:?}");
                assert!(waiting.await.unwrap());
            }
        }
    });
}

#[test]
fn k4_a_stale_set_is_refreshed_beside_the_requests() {
    run(async {
        let Setting { server, source, clock } = setting().await;
        clock.advance(Duration::from_secs(3599));
        source.keys(Some("a")).await.unwrap();
        settle(&source).await;
        assert_eq!(server.count("/keys"), 1);
        clock.advance(Duration::from_secs(1));
        server.set("/keys", Answer::Json(set(&[ec("a"), ec("b")])));
        // It is answered from the old set, at once.
        assert!(!source.keys(Some("a")).await.unwrap().has("b"));
        join_all((0..100).map(|_| source.keys(None))).await;
        settle(&source).await;
        assert_eq!(server.count("/keys"), 2);
        assert!(source.keys(Some("a")).await.unwrap().has("b"));
        settle(&source).await;
        assert_eq!(server.count("/keys"), 2);
    });
}

#[test]
fn k3_what_the_server_says_of_freshness_has_bounds() {
    run(async {
        for (directives, fresh_for) in [
            ("max-age=0", 300),
            ("no-store", 300),
            ("max-age=299", 300),
            ("max-age=600", 600),
            ("public", 3600),
            ("max-age=999999999", 24 * 3600),
        ] {
            let (server, clock) = (Server::start().await, Clock::held_at(10_000));
            server.set("/keys", Answer::Kept(directives, set(&[ec("a")])));
            let source = source("https://id.example.com", RemoteKeys::at(server.url("/keys")), &clock);
            source.ready().await.unwrap();
            clock.advance(Duration::from_secs(fresh_for - 1));
            source.keys(None).await.unwrap();
            settle(&source).await;
            assert_eq!(server.count("/keys"), 1, "{directives}");
            clock.advance(Duration::from_secs(1));
            source.keys(None).await.unwrap();
            settle(&source).await;
            assert_eq!(server.count("/keys"), 2, "{directives}");
        }
    });
}

#[test]
fn every_option_has_bounds() {
    for keys in [
        RemoteKeys::discovered().last_good(24 * 60 * MINUTE + Duration::from_secs(1)),
        RemoteKeys::discovered().cooldown(Duration::from_millis(999)),
        RemoteKeys::discovered().cooldown(5 * MINUTE + Duration::from_secs(1)),
        RemoteKeys::discovered().startup_wait(5 * MINUTE + Duration::from_secs(1)),
        RemoteKeys::discovered().algorithms([]),
    ] {
        let mut faults = Vec::new();
        let source = keys
            .clone()
            .prepare("https://id.example.com", "test", &Clock::default(), &mut faults);
        assert!(source.is_none() && faults.len() == 1, "{keys:?}: {faults:?}");
    }
}

#[test]
fn a_source_outlives_the_runtime_that_it_fetched_in() {
    let clock = Clock::held_at(10_000);
    let (server, source) = run(async {
        let server = Server::start().await;
        server.set("/keys", Answer::Hang);
        let source = source("https://id.example.com", RemoteKeys::at(server.url("/keys")), &clock);
        let gone = tokio::time::timeout(Duration::from_millis(30), source.keys(None)).await;
        assert!(gone.is_err());
        (server, source)
    });
    // That runtime is gone, and its fetch with it; another can be made.
    drop(server);
    run(async {
        let error = source.keys(None).await.unwrap_err();
        assert!(error.to_string().contains("no connection"), "{error}");
    });
    // Outside any there is none to be made, and that is no reason to panic.
    clock.advance(MINUTE);
    let error = futures_util::FutureExt::now_or_never(source.keys(None))
        .unwrap()
        .unwrap_err();
    assert!(error.to_string().contains("broken off"), "{error}");
}
