use std::io::ErrorKind;
use std::time::Instant;

use serde_json::{Value, json};

use super::server::{Answer, Server};
use super::{ec, run, set, source};
use crate::authn::remote::error::{RemoteError, What};
use crate::authn::remote::fetch::FetchFault;
use crate::authn::remote::place::PlaceFault;
use crate::authn::remote::{KeySource, RemoteKeys};
use crate::clock::Clock;

const INSERTED: &str = "/.well-known/oauth-authorization-server/realms/shop";
const APPENDED: &str = "/realms/shop/.well-known/openid-configuration";

struct Setting {
    server: Server,
    issuer: String,
    source: KeySource,
}

/// An issuer with a path, whose metadata is nowhere yet.
async fn setting() -> Setting {
    let server = Server::start().await;
    server.set("/keys", Answer::Json(set(&[ec("a")])));
    let issuer = server.url("/realms/shop");
    let source = source(&issuer, RemoteKeys::discovered(), &Clock::held_at(10_000));
    Setting { server, issuer, source }
}

fn metadata(issuer: &str, jwks_uri: impl Into<Value>) -> Answer {
    Answer::Json(json!({ "issuer": issuer, "jwks_uri": jwks_uri.into(), "token_endpoint": 5 }).to_string())
}

#[test]
fn k2_both_well_known_addresses_are_tried() {
    run(async {
        let Setting { server, issuer, source } = setting().await;
        server.set(INSERTED, metadata(&issuer, server.url("/keys")));
        source.ready().await.unwrap();
        assert_eq!((server.count(INSERTED), server.count(APPENDED)), (1, 0));

        for absent in [
            Answer::Status(404),
            Answer::Status(500),
            Answer::Typed("text/html", b"<p>".to_vec()),
        ] {
            let Setting { server, issuer, source } = setting().await;
            server.set(INSERTED, absent);
            server.set(APPENDED, metadata(&issuer, server.url("/keys")));
            source.ready().await.unwrap();
            assert_eq!((server.count(INSERTED), server.count(APPENDED)), (1, 1));
            assert!(source.keys(Some("a")).await.unwrap().has("a"));
        }
    });
}

#[test]
fn k1_metadata_of_another_issuer_is_refused_and_not_passed_over() {
    run(async {
        let other = RemoteError::OtherIssuer { by_slash: false };
        for (change, error) in [
            (("/shop", "/shop/"), RemoteError::OtherIssuer { by_slash: true }),
            (("/shop", "/SHOP"), other),
            (("/shop", ""), other),
            (("http://127.0.0.1", "https://evil.example"), other),
        ] {
            let Setting { server, issuer, source } = setting().await;
            server.set(
                INSERTED,
                metadata(&issuer.replace(change.0, change.1), server.url("/keys")),
            );
            // The right one would stand at the second address.
            server.set(APPENDED, metadata(&issuer, server.url("/keys")));
            let before = Instant::now();
            assert_eq!(source.ready().await, Err(error), "{change:?}");
            assert!(before.elapsed().as_secs() < 1, "it is of no use to try again");
            assert_eq!((server.count(APPENDED), server.count("/keys")), (0, 0));
            assert_eq!(source.keys(None).await.unwrap_err(), error);
        }
    });
}

#[test]
fn k1_metadata_has_one_issuer_of_the_right_type() {
    run(async {
        for text in [
            "{}".to_owned(),
            "[]".to_owned(),
            "null".to_owned(),
            "{".to_owned(),
            r#"{"issuer":null}"#.to_owned(),
            r#"{"issuer":["ISSUER"]}"#.to_owned(),
            r#"{"issuer":"https://evil.example","issuer":"ISSUER","jwks_uri":"KEYS"}"#.to_owned(),
            r#"{"issuer":"ISSUER","jwks_uri":null}"#.to_owned(),
            r#"{"issuer":"ISSUER","jwks_uri":["KEYS"]}"#.to_owned(),
        ] {
            let Setting { server, issuer, source } = setting().await;
            let text = text.replace("ISSUER", &issuer).replace("KEYS", &server.url("/keys"));
            server.set(INSERTED, Answer::Json(text.clone()));
            let refused = source.keys(None).await.unwrap_err();
            assert_eq!(refused, RemoteError::Malformed(What::Metadata), "{text}");
        }
    });
}

#[test]
fn k3_the_key_set_is_where_nobody_else_can_serve_it() {
    run(async {
        for (address, fault) in [
            ("http://keys.example.com/keys", PlaceFault::Insecure),
            ("http://localhost/keys", PlaceFault::Insecure),
            ("file:///etc/keys", PlaceFault::Insecure),
            ("https://a:b@keys.example.com/keys", PlaceFault::Credentials),
            ("/keys", PlaceFault::NoUrl),
            ("", PlaceFault::NoUrl),
        ] {
            let Setting { server, issuer, source } = setting().await;
            server.set(INSERTED, metadata(&issuer, address));
            let error = RemoteError::Place(What::Keys, fault);
            assert_eq!(source.ready().await, Err(error), "{address}");
        }
        let Setting { server, issuer, source } = setting().await;
        server.set(INSERTED, Answer::Json(json!({ "issuer": issuer }).to_string()));
        assert_eq!(source.ready().await, Err(RemoteError::NoPlace(What::Keys)));
    });
}

#[test]
fn k2_what_is_nowhere_is_reported_with_both_addresses() {
    run(async {
        let Setting { server, source, .. } = setting().await;
        server.set(APPENDED, Answer::Redirect(server.url("/keys")));
        let error = source.keys(None).await.unwrap_err();
        assert_eq!(
            error,
            RemoteError::NoMetadata(FetchFault::Status(404), FetchFault::Redirect)
        );
        let text = error.to_string();
        assert!(text.contains("404") && text.contains("redirect"), "{text}");
    });
}

#[test]
fn k2_a_start_waits_for_an_issuer_that_starts_later() {
    run(async {
        let Setting { server, issuer, source } = setting().await;
        let later = async {
            tokio::time::sleep(std::time::Duration::from_millis(400)).await;
            server.set(INSERTED, metadata(&issuer, server.url("/keys")));
        };
        let (ready, ()) = futures_util::future::join(source.ready(), later).await;
        ready.unwrap();
        assert!(server.count(INSERTED) >= 2);
    });
}

#[test]
fn k2_a_start_says_what_failed_when_its_time_is_over() {
    run(async {
        let clock = Clock::held_at(10_000);
        let source = source("http://127.0.0.1:1", RemoteKeys::discovered(), &clock);
        let before = Instant::now();
        let refused = FetchFault::Unreachable(Some(ErrorKind::ConnectionRefused));
        assert_eq!(source.ready().await, Err(RemoteError::Fetch(What::Metadata, refused)));
        assert!((1..4).contains(&before.elapsed().as_secs()));
    });
}

#[test]
fn k1_an_issuer_is_an_https_url() {
    for issuer in [
        "http://id.example.com",
        "id.example.com",
        "",
        "https://id.example.com?a=b",
        "https://id.example.com#a",
        "https://user@id.example.com",
    ] {
        let mut faults = Vec::new();
        let keys = RemoteKeys::discovered().prepare(issuer, "test", &Clock::default(), &mut faults);
        assert!(keys.is_none() && faults.len() == 1, "{issuer}: {faults:?}");
        // With the keys' own address, an issuer is only a name.
        let mut faults = Vec::new();
        let keys =
            RemoteKeys::at("https://id.example.com/keys").prepare(issuer, "test", &Clock::default(), &mut faults);
        assert!(keys.is_some() && faults.is_empty(), "{issuer}: {faults:?}");
    }
    let mut faults = Vec::new();
    let keys = RemoteKeys::at("http://id.example.com/keys").prepare("a", "test", &Clock::default(), &mut faults);
    assert!(keys.is_none() && faults.len() == 1, "{faults:?}");
}
