//! Several instances of an application that share a Redis, and what they do while it is away: J21, D5.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use secure_runtime::api_key::{ApiKeys, MemoryStore, NewKey, Pepper};
use secure_runtime::certificate::{ClientCertificate, ClientCertificates, Identity};
use secure_runtime::dpop::{Dpop, RedisReplay};
use secure_runtime::testing::{ISSUER, TestIssuer};
use secure_runtime::{Clock, Principal, Redis, RedisDenylist, SecureRouter, Security, SecurityBuilder, secure};
use serde_json::json;

use crate::certificates::{Authority, BILLING, JANUARY};
use crate::peers;
use crate::sender_constrained::Prover;
use crate::support::{Answer, router, send};

const ORIGIN: &str = "https://api.test";

#[secure(get = "/orders", scope = "read:orders")]
async fn orders(caller: Principal) -> String {
    caller.subject().to_owned()
}

#[secure(get = "/offers", optional)]
async fn offers(caller: Option<Principal>) -> String {
    caller.map_or_else(String::new, |caller| caller.subject().to_owned())
}

#[secure(get = "/status", public = "says that it is up")]
async fn status() -> &'static str {
    "up"
}

/// Two instances, with one Redis and one issuer.
struct Stand {
    redis: peers::redis::Redis,
    list: RedisDenylist,
    issuer: TestIssuer,
    clock: Clock,
    here: Router,
    there: Router,
}

/// What the instances keep in the Redis is said by `options`.
fn stand(options: impl Fn(SecurityBuilder, &dyn Fn() -> Redis) -> SecurityBuilder) -> Stand {
    let redis = peers::redis::Redis::start();
    // Denials are kept by the system's clock where they are made, so the instances go by it as well.
    let clock = Clock::default();
    let issuer = TestIssuer::default();
    let connect = || Redis::open(&redis.url()).unwrap();
    let instance = || {
        let security = options(Security::builder(issuer.jwt()), &connect);
        let security = security.default_rate("1000000/s").failed_authentication_rate("3/min");
        router(
            SecureRouter::new(security)
                .mount((orders, offers, status))
                .build()
                .unwrap(),
        )
    };
    Stand {
        here: instance(),
        there: instance(),
        list: RedisDenylist::new(connect()),
        redis,
        issuer,
        clock,
    }
}

fn with_denylist(security: SecurityBuilder, redis: &dyn Fn() -> Redis) -> SecurityBuilder {
    security.shared_denylist(RedisDenylist::new(redis()))
}

fn with_replay(security: SecurityBuilder, redis: &dyn Fn() -> Redis) -> SecurityBuilder {
    security.dpop(Dpop::new(ORIGIN).replay(RedisReplay::new(redis())))
}

async fn ask(at: &Router, path: &str, headers: &[(&str, &str)], certificate: Option<&ClientCertificate>) -> Answer {
    let mut request = Request::builder().uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(certificate) = certificate {
        request = request.extension(certificate.clone());
    }
    send(at, request.body(Body::empty()).unwrap()).await
}

async fn bearer(at: &Router, path: &str, token: &str) -> Answer {
    ask(at, path, &[("authorization", &format!("Bearer {token}"))], None).await
}

/// With a token by DPoP, and this proof.
async fn prove(at: &Router, path: &str, token: &str, proof: &str) -> Answer {
    let authorization = format!("DPoP {token}");
    ask(at, path, &[("authorization", &authorization), ("dpop", proof)], None).await
}

impl Stand {
    fn token(&self, jti: &str) -> String {
        self.issuer.token("alice").scope("read:orders").claim("jti", jti).sign()
    }

    fn both(&self) -> [&Router; 2] {
        [&self.here, &self.there]
    }
}

#[tokio::test]
async fn d5_a_proof_that_one_instance_took_is_refused_by_the_other() {
    let stand = stand(with_replay);
    let prover = Prover::new();
    let token = stand.issuer.token("alice").scope("read:orders");
    let token = token.claim("cnf", json!({"jkt": prover.jkt})).sign();
    let url = format!("{ORIGIN}/orders");
    let proof = || prover.proof("GET", &url, &token, stand.clock.unix_seconds(), None);
    let used = proof();
    assert_eq!(prove(&stand.here, "/orders", &token, &used).await.body, b"alice");
    for at in stand.both() {
        let answer = prove(at, "/orders", &token, &used).await;
        answer.assert_problem(401);
        let told = answer.headers["www-authenticate"].to_str().unwrap();
        assert!(
            told.starts_with("DPoP ") && told.contains("invalid_dpop_proof"),
            "{told}"
        );
    }
    // A new one is as good at either.
    for at in stand.both() {
        assert_eq!(prove(at, "/orders", &token, &proof()).await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn d5_of_64_uses_at_once_at_two_instances_one_counts() {
    let stand = stand(|security, redis| with_replay(security, redis).token_cache("1MiB"));
    let prover = Prover::new();
    let token = stand.issuer.token("alice").scope("read:orders");
    let token = token.claim("cnf", json!({"jkt": prover.jkt})).sign();
    let proof = prover.proof(
        "GET",
        &format!("{ORIGIN}/orders"),
        &token,
        stand.clock.unix_seconds(),
        None,
    );
    let uses: Vec<_> = (0..64)
        .map(|i| {
            let at = stand.both()[i % 2].clone();
            let (token, proof) = (token.clone(), proof.clone());
            tokio::spawn(async move { prove(&at, "/orders", &token, &proof).await.status.as_u16() })
        })
        .collect();
    let mut counts = std::collections::BTreeMap::new();
    for used in uses {
        *counts.entry(used.await.unwrap()).or_insert(0) += 1;
    }
    assert_eq!(counts.remove(&200), Some(1), "{counts:?}");
    // The others were refused, and after a few of them the address was told to wait.
    assert!(counts.keys().all(|code| [401, 429].contains(code)), "{counts:?}");
}

#[tokio::test]
async fn j21_a_token_that_is_denied_at_one_instance_is_refused_by_the_other() {
    for cached in [true, false] {
        let stand = stand(|security, redis| {
            let security = with_denylist(security, redis);
            if cached {
                security
            } else {
                security.without_token_cache()
            }
        });
        let (stolen, mine) = (stand.token("stolen"), stand.token("mine"));
        for at in stand.both() {
            // Twice, so that the cache knows them.
            for _ in 0..2 {
                assert_eq!(bearer(at, "/orders", &stolen).await.body, b"alice");
                assert_eq!(bearer(at, "/orders", &mine).await.body, b"alice");
            }
        }
        let until = stand.clock.unix_seconds() + 600.0;
        stand.list.deny("stolen", until).await.unwrap();
        for (at, path) in [(&stand.here, "/orders"), (&stand.there, "/offers")] {
            let answer = bearer(at, path, &stolen).await;
            answer.assert_problem(401);
            let told = answer.header("www-authenticate").unwrap();
            assert!(told.contains("error=\"invalid_token\""), "{told}");
            assert_eq!(bearer(at, "/orders", &mine).await.status, 200);
        }
    }
}

#[tokio::test]
async fn j21_a_subject_that_is_denied_at_one_instance_is_refused_by_the_other() {
    let stand = stand(with_denylist);
    let now = stand.clock.unix_seconds();
    let of = |subject: &str, age: f64| {
        let token = stand.issuer.token(subject).scope("read:orders");
        token.claim("iat", now - age).sign()
    };
    let (old, new, bob) = (of("alice", 100.0), of("alice", 0.0), of("bob", 100.0));
    for token in [&old, &new, &bob] {
        assert_eq!(bearer(&stand.there, "/orders", token).await.status, 200);
    }
    stand
        .list
        .deny_subject(ISSUER, "alice", now - 50.0, now + 600.0)
        .await
        .unwrap();
    for at in stand.both() {
        bearer(at, "/orders", &old).await.assert_problem(401);
        assert_eq!(bearer(at, "/orders", &new).await.status, 200);
        assert_eq!(bearer(at, "/orders", &bob).await.status, 200);
    }
}

#[tokio::test]
async fn j21_without_the_list_nobody_with_a_credential_is_let_in() {
    let mut redis = peers::redis::Redis::start();
    let clock = Clock::held_at(JANUARY);
    let (issuer, authority) = (TestIssuer::default().clock(clock.clone()), Authority::new());
    let store = Arc::new(MemoryStore::new());
    let keys = || {
        let keys = ApiKeys::new(Arc::clone(&store), Pepper::new("2026", [7; 32]));
        keys.prefix("myapp").clock(clock.clone())
    };
    let key = NewKey::for_client("billing-job", Duration::from_secs(86_400)).scope("read:orders");
    let (key, record) = keys().manager().unwrap().issue(key).await.unwrap();
    let certificates = ClientCertificates::trust("partners", authority.pem.clone())
        .identity(Identity::SanUri)
        .client(BILLING, ["read:orders"]);
    let list = || RedisDenylist::new(Redis::open(&redis.url()).unwrap());
    let security = Security::builder(issuer.jwt())
        .accept(keys())
        .accept(certificates)
        .dpop(Dpop::new(ORIGIN))
        .shared_denylist(list())
        .failed_authentication_rate("3/min")
        .default_rate("1000000/s")
        .clock(clock.clone());
    let security = security.build().unwrap();
    let at = router(
        SecureRouter::new(security.clone())
            .mount((orders, offers, status))
            .build()
            .unwrap(),
    );
    let prover = Prover::new();
    let token = |cnf: Option<&str>| {
        let token = issuer.token("alice").scope("read:orders");
        match cnf {
            Some(jkt) => token.claim("cnf", json!({"jkt": jkt})).sign(),
            None => token.sign(),
        }
    };
    let (free, bound) = (format!("Bearer {}", token(None)), token(Some(&prover.jkt)));
    let bound_header = format!("DPoP {bound}");
    let billing = authority.client(BILLING);
    let every = async |path: &str| {
        let proof = prover.proof("GET", &format!("{ORIGIN}{path}"), &bound, clock.unix_seconds(), None);
        [
            ask(&at, path, &[("authorization", &free)], None).await,
            ask(&at, path, &[("authorization", &bound_header), ("dpop", &proof)], None).await,
            ask(&at, path, &[("x-api-key", key.expose())], None).await,
            ask(&at, path, &[], Some(&billing)).await,
        ]
    };
    for path in ["/orders", "/offers"] {
        for answer in every(path).await {
            assert_eq!(answer.status, 200, "{path}: {answer:?}");
            assert!(!answer.body.is_empty(), "{path}");
        }
    }
    redis.kill();
    // Also what the cache knows, and where nobody has to say who it is; again and again, since none of it is a guess.
    for _ in 0..2 {
        for path in ["/orders", "/offers"] {
            for answer in every(path).await {
                answer.assert_problem(503);
                assert_eq!(answer.header("retry-after"), Some("5"));
                assert_eq!(answer.header("www-authenticate"), None);
            }
        }
    }
    // Where nobody is asked about, all goes on.
    assert_eq!(ask(&at, "/offers", &[], None).await.body, b"");
    assert_eq!(ask(&at, "/status", &[], None).await.body, b"up");
    assert_eq!(ask(&at, "/status", &[("authorization", &free)], None).await.body, b"up");
    ask(&at, "/orders", &[], None).await.assert_problem(401);
    // What is bad is known to be, without it. No outage was counted as a failure before.
    for expected in [401, 401, 401, 429] {
        let forged = format!("Bearer {}", TestIssuer::default().token("alice").sign());
        ask(&at, "/orders", &[("authorization", &forged)], None)
            .await
            .assert_problem(expected);
    }
    // What this instance denies by itself it knows as well.
    security
        .denylist()
        .deny(&record.id, clock.unix_seconds() + 600.0)
        .unwrap();
    let denied = ask(&at, "/orders", &[("x-api-key", key.expose())], None).await;
    denied.assert_problem(429);
    redis.restart();
    let answers = until(Duration::from_secs(10), async || {
        let answers = every("/orders").await;
        answers.iter().all(|answer| answer.status != 503).then_some(answers)
    })
    .await;
    let statuses = answers.map(|answer| answer.status.as_u16());
    assert_eq!(statuses, [200, 200, 429, 200]);
}

#[tokio::test]
async fn d5_without_the_store_no_proof_is_taken_and_no_token_without_one() {
    let mut stand = stand(with_replay);
    let prover = Prover::new();
    let token = stand.issuer.token("alice").scope("read:orders");
    let token = token.claim("cnf", json!({"jkt": prover.jkt})).sign();
    let proof = |path: &str, now: f64| prover.proof("GET", &format!("{ORIGIN}{path}"), &token, now, None);
    let now = stand.clock.unix_seconds();
    let first = proof("/orders", now);
    assert_eq!(prove(&stand.here, "/orders", &token, &first).await.status, 200);
    stand.redis.kill();
    for at in stand.both() {
        for path in ["/orders", "/offers"] {
            for _ in 0..3 {
                let answer = prove(at, path, &token, &proof(path, stand.clock.unix_seconds())).await;
                answer.assert_problem(503);
                assert_eq!(answer.header("www-authenticate"), None);
            }
        }
        // A bearer token asks nothing of the store.
        let free = stand.issuer.token("bob").scope("read:orders").sign();
        assert_eq!(bearer(at, "/orders", &free).await.body, b"bob");
        // D7: an outage is no reason to do without the proof.
        bearer(at, "/orders", &token).await.assert_problem(401);
    }
    // D1 to D4 are decided without it.
    let old = prove(&stand.here, "/orders", &token, &proof("/orders", now - 600.0)).await;
    old.assert_problem(401);
    stand.redis.restart();
    let answer = until(Duration::from_secs(10), async || {
        let answer = prove(
            &stand.here,
            "/orders",
            &token,
            &proof("/orders", stand.clock.unix_seconds()),
        )
        .await;
        (answer.status != 503).then_some(answer)
    })
    .await;
    assert_eq!(answer.body, b"alice");
}

/// A server that hangs is as good as none, and nobody waits for long.
#[tokio::test]
async fn j21_d5_a_redis_that_hangs_denies_in_time() {
    let stand = stand(|security, redis| with_replay(with_denylist(security, redis), redis));
    let token = stand.token("a");
    assert_eq!(bearer(&stand.here, "/orders", &token).await.status, 200);
    assert_eq!(stand.redis.command("CLIENT PAUSE 4000 ALL").unwrap(), "+OK");
    let began = Instant::now();
    bearer(&stand.here, "/orders", &token).await.assert_problem(503);
    bearer(&stand.there, "/offers", &token).await.assert_problem(503);
    assert!(began.elapsed() < Duration::from_millis(2500), "{:?}", began.elapsed());
    let answer = until(Duration::from_secs(15), async || {
        let answer = bearer(&stand.here, "/orders", &token).await;
        (answer.status != 503).then_some(answer)
    })
    .await;
    assert_eq!(answer.body, b"alice");
}

/// What comes of it within this time.
async fn until<T>(time: Duration, attempt: impl AsyncFn() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(done) = attempt().await {
            return done;
        }
        assert!(began.elapsed() < time, "nothing came of it");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
