//! The peers do what the tests rely on: they start fresh, die when they are told to, and come back on the same port.

use std::net::TcpStream;

use crate::peers::oidc::{Options, Provider};
use crate::peers::redis::Redis;

fn small() -> Options {
    Options {
        algorithms: vec!["ES256"],
        ..Options::default()
    }
}

async fn ids(provider: &Provider) -> Vec<String> {
    let keys = provider.keys().await;
    let ids = keys.iter().map(|key| key["kid"].as_str().unwrap().to_owned());
    ids.collect()
}

#[test]
fn a_redis_starts_empty_and_comes_back_empty_on_its_port() {
    let (mut redis, other) = (Redis::start(), Redis::start());
    assert_ne!(redis.url(), other.url());
    assert_eq!(redis.command("DBSIZE").unwrap(), ":0");
    assert_eq!(redis.command("SET name value").unwrap(), "+OK");
    assert_eq!(redis.command("DBSIZE").unwrap(), ":1");
    assert_eq!(other.command("DBSIZE").unwrap(), ":0", "each is one of its own");
    let url = redis.url();
    redis.kill();
    assert!(redis.command("PING").is_err(), "killed, and it answers");
    redis.restart();
    assert_eq!(redis.url(), url);
    assert_eq!(redis.command("DBSIZE").unwrap(), ":0");
}

#[tokio::test]
async fn a_provider_changes_its_keys_on_its_port_and_knows_the_old_ones_again() {
    let mut provider = Provider::start(small());
    let (issuer, first) = (provider.issuer(), provider.keys().await);
    provider.restart(&["b", "a"]);
    assert_eq!(provider.issuer(), issuer);
    assert_eq!(ids(&provider).await, ["b-ES256", "a-ES256"]);
    assert_eq!(provider.keys().await[1], first[0], "the very same key");
    provider.restart(&["b"]);
    assert_eq!(ids(&provider).await, ["b-ES256"]);
    provider.kill();
    assert!(
        TcpStream::connect(provider.address()).is_err(),
        "killed, and it listens"
    );
    provider.restart(&["a"]);
    assert_eq!(provider.keys().await, first);
}

#[tokio::test]
async fn a_provider_knows_its_opaque_tokens_until_they_are_revoked() {
    let provider = Provider::start(small());
    let token = provider.client_token("https://api.test/opaque", "read:profile").await;
    assert!(!token.contains('.'), "{token} is no opaque token");
    let answer = provider.introspect(&token).await;
    assert_eq!(answer["active"], true, "{answer}");
    assert_eq!(answer["aud"], "https://api.test", "{answer}");
    provider.revoke(&token).await;
    assert_eq!(provider.introspect(&token).await["active"], false);
}

#[test]
fn a_peer_is_gone_with_its_handle() {
    let (redis, provider) = (Redis::start(), Provider::start(small()));
    let provider_address = provider.address();
    let redis_address = redis.url().replace("redis://", "").replace('/', "");
    drop((redis, provider));
    assert!(TcpStream::connect(provider_address).is_err(), "the provider lives on");
    assert!(TcpStream::connect(redis_address).is_err(), "the redis lives on");
}
