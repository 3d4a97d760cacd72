//! API keys through the gate: P1 and P2, beside tokens and alone.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Path;
use secure_runtime::api_key::{ApiKeyManager, ApiKeys, MemoryStore, NewKey, Pepper};
use secure_runtime::testing::{ISSUER, TestIssuer};
use secure_runtime::{Clock, Principal, SecureRouter, Security, SecurityBuilder, secure};

use crate::support::{Answer, get, router, send};

#[secure(get = "/jobs", scope = "read:jobs")]
async fn jobs(caller: Principal) -> String {
    format!("{} {} {}", caller.issuer(), caller.subject(), caller.is_client())
}

#[secure(get = "/users/{user}", owner = "user", authenticated)]
async fn own(Path(user): Path<String>) -> String {
    user
}

#[secure(get = "/offers", optional)]
async fn offers(caller: Option<Principal>) -> String {
    caller.map_or_else(String::new, |caller| caller.subject().to_owned())
}

#[secure(get = "/transfers", authenticated, sender_constrained)]
async fn transfers() {}

struct Stand {
    router: Router,
    manager: ApiKeyManager,
    clock: Clock,
    issuer: TestIssuer,
}

fn keys(store: &Arc<MemoryStore>, clock: &Clock) -> ApiKeys {
    let pepper = Pepper::new("2026", [7; 32]);
    ApiKeys::new(Arc::clone(store), pepper)
        .prefix("myapp")
        .clock(clock.clone())
}

fn stand(security: impl FnOnce(TestIssuer, ApiKeys) -> SecurityBuilder) -> Stand {
    let clock = Clock::held_at(1_700_000_000);
    let store = Arc::new(MemoryStore::new());
    let manager = keys(&store, &clock).manager().unwrap();
    let issuer = TestIssuer::default().clock(clock.clone());
    let other = TestIssuer::default().clock(clock.clone());
    let security = security(other, keys(&store, &clock)).clock(clock.clone());
    let endpoints = (jobs, own, offers, transfers);
    let app = SecureRouter::new(
        security
            .default_rate("1000000/s")
            .failed_authentication_rate("1000000/s")
            .lock_out(secure_runtime::LockOut::after(10_000)),
    );
    Stand {
        router: router(app.mount(endpoints).build().unwrap()),
        manager,
        clock,
        issuer,
    }
}

fn both() -> Stand {
    stand(|issuer, keys| Security::builder(issuer.jwt()).accept(keys))
}

impl Stand {
    /// A key of this client, for a day.
    async fn key(&self, client: &str) -> String {
        let key = NewKey::for_client(client, Duration::from_secs(86_400)).scope("read:jobs");
        self.manager.issue(key).await.unwrap().0.expose().to_owned()
    }

    async fn ask(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        send(&self.router, get(path, headers)).await
    }
}

#[tokio::test]
async fn p1_a_key_lets_its_client_in() {
    for stand in [both(), stand(|_, keys| Security::builder(keys))] {
        let key = stand.key("billing-job").await;
        let answer = stand.ask("/jobs", &[("x-api-key", &key)]).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.body, b"urn:secure:api-key billing-job true");
    }
}

#[tokio::test]
async fn p1_what_is_no_good_key_is_refused_in_one_way() {
    let stand = both();
    let key = stand.key("billing-job").await;
    let expired = stand
        .manager
        .issue(NewKey::for_client("billing-job", Duration::from_secs(60)))
        .await
        .unwrap()
        .0;
    let (revoked, record) = stand
        .manager
        .issue(NewKey::for_client("billing-job", Duration::from_secs(6000)))
        .await
        .unwrap();
    stand.manager.revoke(&record.id).await.unwrap();
    stand.clock.advance(Duration::from_secs(61));
    let mut wrong = key.clone().into_bytes();
    wrong[20] = if wrong[20] == b'a' { b'b' } else { b'a' };
    let wrong = String::from_utf8(wrong).unwrap();
    let mut told = Vec::new();
    for bad in [
        wrong.as_str(),
        expired.expose(),
        revoked.expose(),
        "x",
        &key[1..],
        &key[..key.len() - 1],
    ] {
        for path in ["/jobs", "/offers"] {
            let answer = stand.ask(path, &[("x-api-key", bad)]).await;
            answer_is_401(&answer);
            told.push(answer.body);
        }
    }
    assert!(told.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(stand.ask("/jobs", &[("x-api-key", &key)]).await.status, 200);
}

fn answer_is_401(answer: &Answer) {
    assert_eq!(answer.status, 401, "{answer:?}");
    let challenges: Vec<_> = answer.headers.get_all("www-authenticate").iter().collect();
    assert_eq!(challenges, ["Bearer realm=\"api\"", "ApiKey realm=\"api\""]);
}

#[tokio::test]
async fn a5_a_key_beside_a_token_is_400() {
    let stand = both();
    let key = stand.key("billing-job").await;
    let token = format!("Bearer {}", stand.issuer.token("alice").sign());
    for authorization in [token.as_str(), "Basic YTpi", "Bearer x"] {
        let headers = [("x-api-key", key.as_str()), ("authorization", authorization)];
        stand.ask("/jobs", &headers).await.assert_problem(400);
        stand.ask("/offers", &headers).await.assert_problem(400);
    }
    stand
        .ask("/jobs", &[("x-api-key", &key), ("x-api-key", &key)])
        .await
        .assert_problem(400);
}

#[tokio::test]
async fn a8_a_key_in_the_query_is_400_whatever_else_is_sent() {
    let stand = both();
    let key = stand.key("billing-job").await;
    for path in [
        format!("/jobs?api_key={key}"),
        format!("/offers?x={key}"),
        "/jobs?api_key=".to_owned(),
    ] {
        for headers in [&[][..], &[("x-api-key", key.as_str())]] {
            let answer = stand.ask(&path, headers).await;
            answer.assert_problem(400);
            assert!(answer.json()["detail"].as_str().unwrap().contains("header x-api-key"));
        }
    }
    // Where nobody is asked, nobody is refused.
    assert_eq!(stand.ask("/offers", &[]).await.status, 200);
}

#[tokio::test]
async fn p2_a_key_is_a_client_and_owns_nothing_of_a_user() {
    let stand = both();
    let key = stand.key("alice").await;
    stand
        .ask("/users/alice", &[("x-api-key", &key)])
        .await
        .assert_problem(403);
}

#[tokio::test]
async fn m2_a_key_is_bound_to_nobody() {
    let stand = both();
    let key = stand.key("billing-job").await;
    assert_eq!(stand.ask("/transfers", &[("x-api-key", &key)]).await.status, 401);
    let token = format!("Bearer {}", stand.issuer.token("alice").sign());
    assert_eq!(stand.ask("/transfers", &[("authorization", &token)]).await.status, 401);
}

#[tokio::test]
async fn a4_a_scope_that_a_key_lacks_is_403_without_the_challenge_of_tokens() {
    let stand = both();
    let key = stand
        .manager
        .issue(NewKey::for_client("billing-job", Duration::from_secs(60)))
        .await
        .unwrap()
        .0;
    let answer = stand.ask("/jobs", &[("x-api-key", key.expose())]).await;
    answer.assert_problem(403);
    assert_eq!(answer.header("www-authenticate"), None);
}

#[tokio::test]
async fn j21_a_key_can_be_denied_as_a_token_can() {
    let clock = Clock::held_at(1_700_000_000);
    let store = Arc::new(MemoryStore::new());
    let manager = keys(&store, &clock).manager().unwrap();
    let security = Security::builder(keys(&store, &clock))
        .clock(clock.clone())
        .build()
        .unwrap();
    let router = router(SecureRouter::new(security.clone()).mount(jobs).build().unwrap());
    let key = NewKey::for_client("billing-job", Duration::from_secs(60)).scope("read:jobs");
    let (key, record) = manager.issue(key).await.unwrap();
    let ask = async || send(&router, get("/jobs", &[("x-api-key", key.expose())])).await.status;
    assert_eq!(ask().await, 200);
    security
        .denylist()
        .deny(&record.id, clock.unix_seconds() + 60.0)
        .unwrap();
    assert_eq!(ask().await, 401);
}

#[tokio::test]
async fn keys_count_for_nothing_where_they_are_not_accepted() {
    let stand = stand(|issuer, _| Security::builder(issuer.jwt()));
    let key = stand.key("billing-job").await;
    let answer = stand.ask("/jobs", &[("x-api-key", &key)]).await;
    assert_eq!(answer.header("www-authenticate"), Some("Bearer realm=\"api\""));
    answer.assert_problem(401);
}

#[test]
fn faults_of_keys_are_reported_with_all_others() {
    let clock = Clock::default();
    let store = Arc::new(MemoryStore::new());
    let twice = Security::builder(keys(&store, &clock)).accept(keys(&store, &clock));
    assert!(twice.build().unwrap_err().to_string().contains("accepted twice"));
    let same = Security::builder(TestIssuer::default().jwt()).accept(keys(&store, &clock).issuer(ISSUER));
    assert!(same.build().unwrap_err().to_string().contains("one of tokens as well"));
    let bad = Security::builder(keys(&store, &clock).prefix("My App")).realm("\"");
    assert!(bad.build().unwrap_err().to_string().starts_with("2 faults"));
}
