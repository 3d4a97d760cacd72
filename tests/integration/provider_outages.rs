//! A provider that others wrote, while its keys rotate, while it is away, and asked about opaque tokens: K2 to K5, I1 to I5.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use secure_runtime::dpop::Dpop;
use secure_runtime::jwt::Jwt;
use secure_runtime::{ClientAuthentication, Clock, Introspection, RemoteKeys, Secret, Security, SecurityBuilder};
use serde_json::json;

use crate::jwt_door::Door;
use crate::peers::oidc::{AUDIENCE, Options, Provider};
use crate::sender_constrained::Prover;

const RESOURCE: &str = "https://api.test/es256";
const OPAQUE: &str = "https://api.test/opaque";

fn provider(lifetime: u32) -> Provider {
    Provider::start(Options {
        algorithms: vec!["ES256"],
        lifetime,
        ..Options::default()
    })
}

fn discovering(provider: &Provider) -> Jwt {
    Jwt::issuer(provider.issuer()).audience(AUDIENCE).discover()
}

fn introspecting(provider: &Provider) -> Introspection {
    let secret = Secret::new("a-secret-of-a-client-of-a-test-provider".to_owned());
    let client = ClientAuthentication::basic("api", secret);
    Introspection::issuer(provider.issuer())
        .audience(AUDIENCE)
        .client(client)
}

/// A clock that stands at the provider's time, and moves when it is told to.
fn clock() -> Clock {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "seconds since 1970"
    )]
    Clock::held_at(Clock::default().unix_seconds() as u64)
}

fn without_limits(security: SecurityBuilder) -> Security {
    let security = security
        .default_rate("1000000/s")
        .failed_authentication_rate("1000000/s")
        .lock_out(secure_runtime::LockOut::after(10_000));
    security.build().unwrap()
}

async fn status(door: &Door, token: &str) -> u16 {
    door.ask("/door", token).await.0.status.as_u16()
}

/// Tokens of the old key and of the new one, from eight senders, while the provider is stopped and comes back
/// with a new key, and then without the old one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn k4_keys_rotate_under_load_without_a_refusal() {
    let mut provider = provider(600);
    let clock = clock();
    let security = without_limits(
        Security::builder(discovering(&provider))
            .clock(clock.clone())
            .without_token_cache(),
    );
    security.ready().await.unwrap();
    let door = Arc::new(Door::ready(security));
    let old = provider.client_token(RESOURCE, "read:profile").await;
    let (tokens, stop, asked) = (
        Arc::new(std::sync::RwLock::new(vec![old.clone()])),
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicUsize::new(0)),
    );
    let senders: Vec<_> = (0..8)
        .map(|_| {
            let (door, tokens) = (Arc::clone(&door), Arc::clone(&tokens));
            let (stop, asked) = (Arc::clone(&stop), Arc::clone(&asked));
            tokio::spawn(async move {
                while !stop.load(Ordering::SeqCst) {
                    let all = tokens.read().unwrap().clone();
                    for token in all {
                        assert_eq!(status(&door, &token).await, 200, "after {asked:?}");
                        asked.fetch_add(1, Ordering::SeqCst);
                    }
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            })
        })
        .collect();
    let provider = tokio::task::spawn_blocking(move || {
        provider.restart(&["b", "a"]);
        provider
    });
    let mut provider = provider.await.unwrap();
    // Past the cooldown of the fetch at the start.
    clock.advance(Duration::from_secs(31));
    let new = provider.client_token(RESOURCE, "read:profile").await;
    tokens.write().unwrap().push(new.clone());
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(
        senders.iter().all(|sender| !sender.is_finished()),
        "a valid token was refused"
    );
    // The old key leaves the set: its tokens are not valid any more, once the set was fetched again.
    *tokens.write().unwrap() = vec![new.clone()];
    tokio::time::sleep(Duration::from_millis(100)).await;
    let provider = tokio::task::spawn_blocking(move || {
        provider.restart(&["b"]);
        provider
    });
    let _provider = provider.await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.store(true, Ordering::SeqCst);
    for sender in senders {
        sender.await.unwrap();
    }
    assert!(asked.load(Ordering::SeqCst) > 1000, "{asked:?}");
    println!(
        "{} requests with valid tokens while keys rotated, all 200",
        asked.load(Ordering::SeqCst)
    );
}

/// With the cache on: a principal does not outlive the key that vouched for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn k5_a_key_that_was_taken_back_ends_what_was_verified_by_it() {
    let mut provider = provider(20_000);
    let clock = clock();
    let door = Door::ready(without_limits(
        Security::builder(discovering(&provider)).clock(clock.clone()),
    ));
    let old = provider.client_token(RESOURCE, "read:profile").await;
    assert_eq!(status(&door, &old).await, 200);
    let provider = tokio::task::spawn_blocking(move || {
        provider.restart(&["b"]);
        provider
    });
    let provider = provider.await.unwrap();
    clock.advance(Duration::from_secs(31));
    let new = provider.client_token(RESOURCE, "read:profile").await;
    // The first token of the new key brings the new set.
    assert_eq!(status(&door, &new).await, 200);
    assert_eq!(status(&door, &old).await, 401);
    assert_eq!(status(&door, &new).await, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn k5_without_the_provider_good_tokens_go_on_for_a_bounded_time() {
    for cached in [true, false] {
        let mut provider = provider(20_000);
        let clock = clock();
        let security = Security::builder(discovering(&provider)).clock(clock.clone());
        let security = if cached {
            security
        } else {
            security.without_token_cache()
        };
        let door = Door::ready(without_limits(security));
        let token = provider.client_token(RESOURCE, "read:profile").await;
        assert_eq!(status(&door, &token).await, 200);
        let stopped = tokio::task::spawn_blocking(move || {
            provider.kill();
            provider
        });
        let _provider = stopped.await.unwrap();
        // The set is good for as long as it is fresh, which is at least five minutes, and for an hour more.
        for _ in 0..13 {
            clock.advance(Duration::from_secs(300));
            assert_eq!(status(&door, &token).await, 200);
        }
        // A key that nobody knows is refused meanwhile, and costs no time: nothing is asked within the cooldown.
        clock.advance(Duration::from_secs(25 * 3600));
        let (answer, entered) = door.ask("/door", &token).await;
        assert!(!entered);
        answer.assert_problem(503);
        assert_eq!(answer.header("retry-after"), Some("5"));
        assert_eq!(answer.header("www-authenticate"), None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn i1_to_i5_opaque_tokens_are_asked_about() {
    let mut provider = provider(600);
    let now = introspecting(&provider).cache(Duration::ZERO);
    let door = Door::ready(without_limits(Security::builder(now)));
    let token = provider.client_token(OPAQUE, "read:profile").await;
    let (answer, entered) = door.ask("/door", &token).await;
    assert!(entered, "{answer:?}");
    assert_eq!(
        String::from_utf8_lossy(&answer.body),
        format!("{} machine", provider.issuer())
    );
    assert_eq!(door.ask("/scoped", &token).await.0.status, 200);
    let unscoped = provider.client_token(OPAQUE, "write:profile").await;
    assert_eq!(door.ask("/scoped", &unscoped).await.0.status, 403);
    let user = json!({ "resource": OPAQUE, "subject": "alice", "scope": "read:profile" });
    let alice = provider.user_token(user).await;
    assert_eq!(door.ask("/users/alice", &alice).await.0.status, 200);
    assert_eq!(door.ask("/users/bob", &alice).await.0.status, 403);
    // I3: revoked, or made up.
    provider.revoke(&token).await;
    assert_eq!(status(&door, &token).await, 401);
    for wrong in ["x", "a.b.c", &alice[1..], &format!("{alice}x")] {
        door.refuses(wrong, wrong).await;
    }
    // I3: away, and never taken for none.
    let killed = tokio::task::spawn_blocking(move || provider.kill());
    killed.await.unwrap();
    let (answer, entered) = door.ask("/door", &alice).await;
    assert!(!entered);
    answer.assert_problem(503);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn i5_an_answer_is_kept_for_a_bounded_time() {
    let provider = provider(600);
    let clock = clock();
    let security = Security::builder(introspecting(&provider)).clock(clock.clone());
    let door = Door::ready(without_limits(security));
    let token = provider.client_token(OPAQUE, "read:profile").await;
    assert_eq!(status(&door, &token).await, 200);
    provider.revoke(&token).await;
    clock.advance(Duration::from_secs(59));
    assert_eq!(status(&door, &token).await, 200);
    clock.advance(Duration::from_secs(2));
    assert_eq!(status(&door, &token).await, 401);
}

/// Signed tokens are verified here, and only what is of no known issuer is asked about.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signed_and_opaque_tokens_of_two_providers_side_by_side() {
    let (signs, answers) = (provider(600), provider(600));
    let security = Security::builder(discovering(&signs)).accept(introspecting(&answers));
    let security = security.owners_from([signs.issuer()]);
    let door = Door::ready(without_limits(security));
    let signed = signs.client_token(RESOURCE, "read:profile").await;
    let opaque = answers.client_token(OPAQUE, "read:profile").await;
    assert_eq!(status(&door, &signed).await, 200);
    assert_eq!(status(&door, &opaque).await, 200);
    // The other provider's signed token, and this one's opaque one, are of nobody who is accepted so.
    let foreign = answers.client_token(RESOURCE, "read:profile").await;
    let unknown = signs.client_token(OPAQUE, "read:profile").await;
    // This provider answers 400 where it is asked about a token that it signed: nobody can say, and nobody is let in.
    assert_eq!(status(&door, &foreign).await, 503);
    assert_eq!(status(&door, &unknown).await, 401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d6_tokens_that_the_provider_bound_to_a_key_need_its_proof() {
    let provider = provider(600);
    let prover = Prover::new();
    let origin = "https://api.test";
    for (resource, security) in [
        (RESOURCE, Security::builder(discovering(&provider))),
        (OPAQUE, Security::builder(introspecting(&provider))),
    ] {
        let door = Door::ready(without_limits(security.dpop(Dpop::new(origin))));
        let asked = json!({ "resource": resource, "subject": "alice", "scope": "read:profile", "jkt": prover.jkt });
        let token = provider.user_token(asked).await;
        let now = Clock::default().unix_seconds();
        let proof = prover.proof("GET", &format!("{origin}/door"), &token, now, None);
        let answer = door
            .ask_with(&[("authorization", &format!("DPoP {token}")), ("dpop", &proof)])
            .await;
        assert_eq!(answer.status, 200, "{resource}: {answer:?}");
        let thief = Prover::new().proof("GET", &format!("{origin}/door"), &token, now, None);
        let answer = door
            .ask_with(&[("authorization", &format!("DPoP {token}")), ("dpop", &thief)])
            .await;
        assert_eq!(answer.status, 401, "{resource}: {answer:?}");
        assert_eq!(status(&door, &token).await, 401, "{resource}, as bearer");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn k1_an_application_does_not_start_without_its_issuers_keys() {
    let provider = provider(600);
    // Another spelling of the same address is another issuer.
    let slash = Jwt::issuer(format!("{}/", provider.issuer()))
        .audience(AUDIENCE)
        .discover();
    let nobody = Jwt::issuer("http://127.0.0.1:9/").audience(AUDIENCE);
    let nobody = nobody.published_keys(RemoteKeys::discovered().startup_wait(Duration::from_millis(300)));
    let security = Security::builder(slash)
        .accept(nobody)
        .owners_from(["http://127.0.0.1:9/"])
        .build()
        .unwrap();
    let faults = security.ready().await.unwrap_err().to_string();
    assert!(faults.starts_with("2 faults"), "{faults}");
    assert!(faults.contains("slash"), "{faults}");
    assert!(faults.contains("http://127.0.0.1:9/"), "{faults}");
}
