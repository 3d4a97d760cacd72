use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::join_all;

use super::introspecting::{INACTIVE, PATH, Setting, active, setting, unavailable};
use super::run;
use super::server::Answer;
use crate::authn::remote::Failure;
use crate::authn::remote::error::RemoteError;
use crate::authn::remote::fetch::FetchFault;

#[test]
fn i5_an_answer_is_cached_for_its_time_and_never_past_exp() {
    run(async {
        let Setting {
            server,
            introspector,
            clock,
        } = setting(|i| i).await;
        let first = introspector.introspect("token").await.unwrap();
        clock.advance(Duration::from_secs(59));
        let again = introspector.introspect("token").await.unwrap();
        assert!(Arc::ptr_eq(&first, &again));
        assert_eq!(server.count(PATH), 1);
        // It is asked again after a minute; now the token ends soon, within the time of the cache and of the leeway.
        server.set(PATH, Answer::Json(active(10_065)));
        clock.advance(Duration::from_secs(1));
        introspector.introspect("token").await.unwrap();
        clock.advance(Duration::from_secs(4));
        introspector.introspect("token").await.unwrap();
        assert_eq!(server.count(PATH), 2);
        server.set(PATH, Answer::Json(r#"{"active":false}"#.to_owned()));
        clock.advance(Duration::from_secs(1));
        assert_eq!(introspector.introspect("token").await.err(), Some(INACTIVE));
        assert_eq!(server.count(PATH), 3);
    });
}

#[test]
fn i5_the_answer_of_one_token_is_not_that_of_another() {
    run(async {
        let Setting {
            server, introspector, ..
        } = setting(|i| i).await;
        introspector.introspect("token").await.unwrap();
        server.set(PATH, Answer::Json(r#"{"active":false}"#.to_owned()));
        for other in ["Token", "token1", "toke", "token="] {
            assert_eq!(introspector.introspect(other).await.err(), Some(INACTIVE), "{other}");
        }
        assert!(introspector.introspect("token").await.is_ok());
    });
}

#[test]
fn i5_a_flood_of_one_bad_token_costs_one_call() {
    run(async {
        let Setting {
            server,
            introspector,
            clock,
        } = setting(|i| i).await;
        server.set(PATH, Answer::Json(r#"{"active":false}"#.to_owned()));
        for _ in 0..2 {
            let verdicts = join_all((0..1000).map(|_| introspector.introspect("bad"))).await;
            assert!(verdicts.into_iter().all(|verdict| verdict.err() == Some(INACTIVE)));
        }
        clock.advance(Duration::from_millis(9_999));
        assert!(introspector.introspect("bad").await.is_err());
        assert_eq!(server.count(PATH), 1);
        clock.advance(Duration::from_millis(1));
        assert!(introspector.introspect("bad").await.is_err());
        assert_eq!(server.count(PATH), 2);
    });
}

#[test]
fn i5_zero_asks_each_time_and_a_failure_is_shared() {
    run(async {
        let Setting {
            server, introspector, ..
        } = setting(|i| i.cache(Duration::ZERO)).await;
        introspector.introspect("token").await.unwrap();
        introspector.introspect("token").await.unwrap();
        assert_eq!(server.count(PATH), 2);
        // A thousand who wait at the same time are still one, also if it fails, and wait but once.
        server.set(PATH, Answer::Hang);
        let before = Instant::now();
        let verdicts = join_all((0..1000).map(|_| introspector.introspect("token"))).await;
        assert!(
            verdicts
                .into_iter()
                .all(|verdict| verdict.err() == Some(unavailable(FetchFault::TimedOut)))
        );
        assert!(before.elapsed() < Duration::from_secs(3));
        assert_eq!(server.count(PATH), 3);
    });
}

#[test]
fn i5_the_cache_is_bounded() {
    run(async {
        let Setting {
            server, introspector, ..
        } = setting(|i| i.cached_tokens(10)).await;
        for token in 0..200 {
            introspector.introspect(&format!("token{token}")).await.unwrap();
        }
        for token in 0..200 {
            introspector.introspect(&format!("token{token}")).await.unwrap();
        }
        let again = server.count(PATH) - 200;
        assert!(again >= 190, "{again} of 200 were asked about again");
    });
}

#[test]
fn i5_a_long_answer_takes_the_room_of_several() {
    run(async {
        let Setting {
            server, introspector, ..
        } = setting(|i| i.cached_tokens(100)).await;
        let long = active(10_600).replace("\"alice\"", &format!("\"{}\"", "a".repeat(50 * 1024)));
        server.set(PATH, Answer::Json(long));
        for _ in 0..2 {
            for token in 0..10 {
                introspector.introspect(&format!("token{token}")).await.unwrap();
            }
        }
        assert!(server.count(PATH) >= 18, "{} calls", server.count(PATH));
    });
}

#[test]
fn i5_whoever_goes_away_stops_nothing() {
    run(async {
        let Setting {
            server, introspector, ..
        } = setting(|i| i).await;
        server.set(PATH, Answer::Late(Duration::from_millis(80), active(10_600)));
        let gone = tokio::time::timeout(Duration::from_millis(20), introspector.introspect("token")).await;
        assert!(gone.is_err(), "it was to be cancelled");
        assert!(introspector.introspect("token").await.is_ok());
        assert_eq!(server.count(PATH), 1);
    });
}

#[test]
fn i3_calls_under_way_are_bounded_and_those_beyond_are_503() {
    run(async {
        let Setting {
            server, introspector, ..
        } = setting(|i| i.calls(4)).await;
        introspector.introspect("known").await.unwrap();
        server.set(PATH, Answer::Late(Duration::from_millis(300), active(10_600)));
        let first = join_all(["a", "b", "c", "d"].map(|token| introspector.introspect(token)));
        let others = async {
            while server.count(PATH) < 5 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            let before = Instant::now();
            let busy = Failure::Unavailable(RemoteError::Busy);
            for token in 0..100 {
                let refused = introspector.introspect(&format!("token{token}")).await.err();
                assert_eq!(refused, Some(busy));
            }
            introspector.introspect("known").await.unwrap();
            before.elapsed()
        };
        let (first, took) = futures_util::future::join(first, others).await;
        assert!(first.iter().all(Result::is_ok));
        assert!(took < Duration::from_millis(200), "{took:?}");
        assert_eq!(server.count(PATH), 5);
        // The room is given back.
        assert!(introspector.introspect("token99").await.is_ok());
    });
}
