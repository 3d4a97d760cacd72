//! The cache of verified tokens: it keeps who the caller is, and never whether the caller may.

use std::time::Duration;

use secure_runtime::jwt::Jwt;
use secure_runtime::testing::{AUDIENCE, ISSUER, TestIssuer};
use secure_runtime::{Clock, Security, SecurityBuilder};

use crate::jwt_door::{Door, segments};

struct Stand {
    issuer: TestIssuer,
    clock: Clock,
    security: Security,
    door: Door,
}

fn stand(options: impl FnOnce(SecurityBuilder) -> SecurityBuilder) -> Stand {
    let clock = Clock::held_at(1_700_000_000);
    let issuer = TestIssuer::default().clock(clock.clone());
    let security = options(Security::builder(issuer.jwt()).clock(clock.clone()));
    let security = security
        .default_rate("1000000/s")
        .failed_authentication_rate("1000000/s")
        .lock_out(secure_runtime::LockOut::after(10_000));
    let security = security.build().unwrap();
    Stand {
        door: Door::ready(security.clone()),
        issuer,
        clock,
        security,
    }
}

#[tokio::test]
async fn j11_a_token_that_was_seen_expires_all_the_same() {
    for options in [|security| security, SecurityBuilder::without_token_cache] {
        let stand = stand(options);
        let token = stand.issuer.token("alice").expires_in(60).sign();
        for _ in 0..3 {
            stand.door.admits("fresh", &token).await;
        }
        stand.clock.advance(Duration::from_secs(89));
        stand.door.admits("within the leeway", &token).await;
        stand.clock.advance(Duration::from_secs(1));
        stand.door.refuses("expired", &token).await;
        stand.door.refuses("expired, again", &token).await;
    }
}

#[tokio::test]
async fn j21_a_token_that_was_seen_is_refused_once_it_is_denied() {
    let stand = stand(|security| security);
    let token = stand.issuer.token("alice").claim("jti", "this one").sign();
    let other = stand.issuer.token("alice").claim("jti", "another").sign();
    stand.door.admits("before", &token).await;
    stand.door.admits("before", &other).await;
    stand
        .security
        .denylist()
        .deny("this one", stand.clock.unix_seconds() + 600.0)
        .unwrap();
    stand.door.refuses("denied", &token).await;
    stand.door.admits("another token", &other).await;
}

#[tokio::test]
async fn z6_scopes_and_owners_are_asked_of_a_token_that_was_seen() {
    let stand = stand(|security| security);
    let token = stand.issuer.token("alice").sign();
    stand.door.admits("known", &token).await;
    for (path, status) in [("/scoped", 403), ("/users/bob", 403), ("/users/alice", 200)] {
        let (answer, entered) = stand.door.ask(path, &token).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(entered, status == 200, "{path}");
    }
}

/// Each issuer has a leeway of its own, and the cache does not lend it.
#[tokio::test]
async fn j11_a_token_that_was_seen_is_asked_of_its_own_issuer() {
    let clock = Clock::held_at(1_700_000_000);
    let issuers = [(); 2].map(|()| TestIssuer::default().clock(clock.clone()));
    let [of_lax, of_strict] = &issuers;
    for is_first in [true, false] {
        let (lax, strict) = (
            of_lax.jwt().leeway(Duration::from_secs(300)),
            Jwt::issuer("https://other.test")
                .audience(AUDIENCE)
                .key(of_strict.key())
                .leeway(Duration::ZERO),
        );
        let security = if is_first {
            Security::builder(lax).accept(strict)
        } else {
            Security::builder(strict).accept(lax)
        };
        let door = Door::of(security.owners_from([ISSUER]).clock(clock.clone()));
        let lax = of_lax.token("alice").expires_in(60).sign();
        let strict = of_strict
            .token("alice")
            .expires_in(60)
            .claim("iss", "https://other.test")
            .sign();
        for token in [&lax, &strict] {
            assert!(door.ask("/door", token).await.1);
            assert!(door.ask("/door", token).await.1, "known");
        }
        clock.advance(Duration::from_secs(60));
        assert!(door.ask("/door", &lax).await.1, "within its leeway");
        door.refuses("without a leeway", &strict).await;
    }
}

/// Tokens that share all but one segment with one that was seen.
#[tokio::test]
async fn j5_only_the_same_token_is_known_again() {
    let stand = stand(|security| security);
    let (alice, bob) = (stand.issuer.token("alice").sign(), stand.issuer.token("bob").sign());
    stand.door.admits("alice", &alice).await;
    let (a, b) = (segments(&alice), segments(&bob));
    for forged in [
        format!("{}.{}.{}", a[0], b[1], a[2]),
        format!("{}.{}.{}", a[0], a[1], b[2]),
        format!("{}.{}.", a[0], a[1]),
        format!("{alice}="),
        format!("{alice}A"),
        alice[..alice.len() - 1].to_owned(),
    ] {
        stand.door.refuses("forged", &forged).await;
    }
    stand.door.admits("alice", &alice).await;
}

/// Far more tokens than there is room for: each is still verified, and the first as well.
#[tokio::test]
async fn the_cache_is_bounded_and_loses_nobody() {
    let stand = stand(|security| security.token_cache("64KiB"));
    let first = stand.issuer.token("alice").sign();
    for i in 0..500 {
        let token = stand.issuer.token("alice").claim("jti", i).claim("jti", i.to_string());
        stand.door.admits(i, &token.sign()).await;
        if i % 50 == 0 {
            stand.door.admits("the first", &first).await;
        }
    }
}

#[test]
fn a_size_that_cannot_be_read_is_a_fault() {
    let faults = Security::builder(TestIssuer::default().jwt())
        .token_cache("much")
        .build()
        .unwrap_err();
    assert!(faults.to_string().contains("SecurityBuilder::token_cache"), "{faults}");
}
