use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::server::{Answer, Server};
use super::{ec, run, set, settle, source};
use crate::authn::remote::error::{RemoteError, What};
use crate::authn::remote::fetch::FetchFault;
use crate::authn::remote::{KeySource, RemoteKeys};
use crate::clock::Clock;

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);
const METADATA: &str = "/.well-known/oauth-authorization-server";

async fn fetched(keys: impl FnOnce(RemoteKeys) -> RemoteKeys) -> (Server, KeySource, Clock) {
    let (server, clock) = (Server::start().await, Clock::held_at(10_000));
    server.set("/keys", Answer::Json(set(&[ec("a")])));
    let source = source(
        "https://id.example.com",
        keys(RemoteKeys::at(server.url("/keys"))),
        &clock,
    );
    source.ready().await.unwrap();
    (server, source, clock)
}

#[test]
fn k5_the_last_good_set_serves_for_a_bounded_time_and_then_nothing_does() {
    run(async {
        let (server, source, clock) = fetched(|keys| keys).await;
        server.set("/keys", Answer::Status(500));
        // 1 h of freshness and 1 h of grace.
        clock.advance(HOUR + HOUR - SECOND);
        assert!(source.keys(Some("a")).await.unwrap().has("a"));
        settle(&source).await;
        assert_eq!(server.count("/keys"), 2);
        clock.advance(SECOND);
        let error = RemoteError::Fetch(What::Keys, FetchFault::Status(500));
        // The refresh of just now failed: nobody asks again before its cooldown is over, and nobody gets an old key.
        for kid in [Some("a"), Some("b"), None] {
            assert_eq!(source.keys(kid).await.unwrap_err(), error);
        }
        assert_eq!(server.count("/keys"), 2);
        clock.advance(30 * SECOND);
        assert_eq!(source.keys(Some("a")).await.unwrap_err(), error);
        assert_eq!(server.count("/keys"), 3);
        // It comes back with the server.
        clock.advance(30 * SECOND);
        server.set("/keys", Answer::Json(set(&[ec("a")])));
        assert!(source.keys(Some("a")).await.unwrap().has("a"));
    });
}

#[test]
fn k5_the_bound_is_the_configured_one() {
    run(async {
        let (server, source, clock) = fetched(|keys| keys.last_good(Duration::ZERO)).await;
        server.set("/keys", Answer::Hang);
        clock.advance(HOUR - SECOND);
        assert!(source.keys(Some("a")).await.is_ok());
        clock.advance(SECOND);
        let error = RemoteError::Fetch(What::Keys, FetchFault::TimedOut);
        assert_eq!(source.keys(Some("a")).await.unwrap_err(), error);
    });
}

#[test]
fn k5_whatever_is_no_key_set_leaves_the_last_one_alone() {
    run(async {
        let twin = set(&[ec("twin"), ec("twin")]);
        for bad in [
            Answer::Status(404),
            Answer::Json("{}".to_owned()),
            Answer::Json(r#"{"keys":[]}"#.to_owned()),
            Answer::Json(json!({ "keys": [{ "kty": "oct", "k": "AAAA", "kid": "b" }] }).to_string()),
            Answer::Json(twin),
            Answer::Typed("text/plain", set(&[ec("b")]).into_bytes()),
            Answer::Redirect("/other".to_owned()),
            Answer::Endless,
        ] {
            let (server, source, clock) = fetched(|keys| keys).await;
            server.set("/other", Answer::Json(set(&[ec("b")])));
            server.set("/keys", bad);
            clock.advance(60 * SECOND);
            let set = source.keys(Some("b")).await.unwrap();
            assert!(set.has("a") && !set.has("b"));
            assert_eq!((server.count("/keys"), server.count("/other")), (2, 0));
        }
    });
}

#[test]
fn k4_a_failed_refresh_starts_the_cooldown_too() {
    run(async {
        let (server, source, clock) = fetched(|keys| keys.cooldown(10 * SECOND)).await;
        server.set("/keys", Answer::Status(500));
        clock.advance(60 * SECOND);
        for _ in 0..100 {
            assert!(source.keys(Some("made up")).await.unwrap().has("a"));
        }
        assert_eq!(server.count("/keys"), 2);
        clock.advance(10 * SECOND);
        source.keys(Some("made up")).await.unwrap();
        assert_eq!(server.count("/keys"), 3);
        // And where there has been no set at all.
        let fresh = super::source("https://id.example.com", RemoteKeys::at(server.url("/keys")), &clock);
        for _ in 0..100 {
            assert!(fresh.keys(None).await.is_err());
        }
        assert_eq!(server.count("/keys"), 4);
    });
}

#[test]
fn k5_metadata_is_asked_for_again_when_the_keys_have_moved() {
    run(async {
        let (server, clock) = (Server::start().await, Clock::held_at(10_000));
        let issuer = server.url("");
        let metadata = |path: &str| {
            let document = json!({ "issuer": issuer, "jwks_uri": server.url(path) });
            server.set(METADATA, Answer::Json(document.to_string()));
        };
        metadata("/old");
        server.set("/old", Answer::Json(set(&[ec("a")])));
        let source = source(&issuer, RemoteKeys::discovered(), &clock);
        source.ready().await.unwrap();
        // While they answer, nobody asks for it again.
        clock.advance(60 * SECOND);
        source.keys(Some("b")).await.unwrap();
        assert_eq!((server.count(METADATA), server.count("/old")), (1, 2));
        metadata("/new");
        server.set("/old", Answer::Status(404));
        server.set("/new", Answer::Json(set(&[ec("b")])));
        clock.advance(30 * SECOND);
        assert!(!source.keys(Some("b")).await.unwrap().has("b"));
        assert_eq!(
            (server.count(METADATA), server.count("/old"), server.count("/new")),
            (1, 3, 0)
        );
        clock.advance(30 * SECOND);
        assert!(source.keys(Some("b")).await.unwrap().has("b"));
        assert_eq!(
            (server.count(METADATA), server.count("/old"), server.count("/new")),
            (2, 3, 1)
        );
        // And after a day.
        clock.advance(24 * HOUR);
        assert!(source.keys(Some("b")).await.unwrap().has("b"));
        assert_eq!(server.count(METADATA), 3);
        // What it leaves out for a while is found again, and not only after a day.
        clock.advance(24 * HOUR);
        server.set(METADATA, Answer::Json(json!({ "issuer": issuer }).to_string()));
        assert_eq!(
            source.keys(Some("b")).await.unwrap_err(),
            RemoteError::NoPlace(What::Keys)
        );
        metadata("/new");
        clock.advance(30 * SECOND);
        assert!(source.keys(Some("b")).await.unwrap().has("b"));
        assert_eq!(server.count(METADATA), 5);
        // Without it for a while, the address until now will do; of another issuer, nothing will.
        clock.advance(24 * HOUR);
        server.set(METADATA, Answer::Hang);
        assert!(source.keys(Some("b")).await.unwrap().has("b"));
        assert_eq!(server.count(METADATA), 6);
        clock.advance(2 * HOUR);
        let evil = json!({ "issuer": "https://evil.example" });
        server.set(METADATA, Answer::Json(evil.to_string()));
        let error = RemoteError::OtherIssuer { by_slash: false };
        assert_eq!(source.keys(Some("b")).await.unwrap_err(), error);
        // And the while is bounded: two days after it was had.
        server.set(METADATA, Answer::Hang);
        clock.advance(22 * HOUR - 60 * SECOND);
        assert!(source.keys(Some("b")).await.is_ok());
        clock.advance(3 * HOUR);
        let error = RemoteError::Fetch(What::Metadata, FetchFault::TimedOut);
        assert_eq!(source.keys(Some("b")).await.unwrap_err(), error);
    });
}

#[test]
fn k5_each_failure_is_logged_once_with_its_cause_and_no_content() {
    run(async {
        let (server, source, clock) = fetched(|keys| keys).await;
        let log = Log::default();
        let _guard = tracing::subscriber::set_default(log.clone());
        server.set(
            "/keys",
            Answer::Like(503, "text/html", "a secret of the server".to_owned()),
        );
        clock.advance(60 * SECOND);
        for _ in 0..100 {
            source.keys(Some("a secret of the client")).await.unwrap();
        }
        let lines = log.0.lock().unwrap().clone();
        assert_eq!(lines.len(), 1, "{lines:?}");
        for part in ["WARN", "secure::authn", "https://id.example.com", "the answer is 503"] {
            assert!(lines[0].contains(part), "{lines:?}");
        }
        assert!(!lines[0].contains("secret"), "{lines:?}");
    });
}

/// Keeps what is said of authentication, above debug.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "secure::authn" && *metadata.level() <= tracing::Level::INFO
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(format!("{} {}", event.metadata().level(), event.metadata().target()));
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
