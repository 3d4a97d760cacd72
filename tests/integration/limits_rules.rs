//! Whose requests are counted together, what they cost, and what operators say: L2 to L8. And guesses: L9.

mod guesses;

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Query};
use secure_runtime::api_key::{ApiKeys, MemoryStore, NewKey, Pepper};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Clock, LockOut, SecureApp, SecureRouter, Security, SecurityBuilder, input, secure};

use crate::support::{Answer, get, send};

const NOW: u64 = 1_800_000_000;

secure_runtime::limits! {
    /// Searches, of whatever.
    SEARCH = "3/min";
    /// Everybody's exports together.
    EXPORT = rate("4/day", algorithm = "fixed_quota", per = "endpoint");
}

#[secure(get = "/client", authenticated, rate("2/min", per = "client"))]
async fn per_client() {}

#[secure(get = "/tenant", authenticated, rate("2/min", per = "tenant"))]
async fn per_tenant() {}

#[secure(get = "/key", authenticated, rate("2/min", per = "api_key"))]
async fn per_key() {}

#[secure(get = "/service/a", optional, rate("2/min", per = "service"))]
async fn service_a() {}

#[secure(get = "/service/b", optional, rate("2/min", per = "service"))]
async fn service_b() {}

#[secure(get = "/search/orders", authenticated, rate = SEARCH)]
async fn search_orders() {}

#[secure(get = "/search/users", authenticated, rate(SEARCH, cost = 2))]
async fn search_users() {}

#[secure(get = "/export/a", authenticated, rate = EXPORT)]
async fn export_a() {}

#[secure(get = "/export/b", authenticated, rate = EXPORT)]
async fn export_b() {}

#[secure(
    get = "/both",
    authenticated,
    rate("100/min", per = "ip"),
    rate("2/min", algorithm = "sliding_window")
)]
async fn both() {}

#[input]
struct Size {
    #[input(range(max = 1000))]
    size: u32,
}

#[secure(get = "/pages", scope = "read:pages", rate("10/min", cost = page.size))]
async fn pages(Query(page): Query<Size>) -> String {
    page.size.to_string()
}

struct Stage {
    router: Router,
    issuer: TestIssuer,
    clock: Clock,
    app: SecureApp,
}

impl Stage {
    fn new() -> Self {
        Self::with(|security| security)
    }

    fn with(options: impl Fn(SecurityBuilder) -> SecurityBuilder) -> Self {
        let clock = Clock::held_at(NOW);
        let issuer = TestIssuer::default().clock(clock.clone());
        let security = options(Security::builder(issuer.jwt()).clock(clock.clone()));
        let app = SecureRouter::new(security)
            .mount((per_client, per_tenant, per_key, service_a, service_b))
            .mount((search_orders, search_users, export_a, export_b, both, pages))
            .mount(guesses::enter_code)
            .build()
            .unwrap();
        Self {
            router: app.clone().into_router(),
            issuer,
            clock,
            app,
        }
    }

    async fn from(&self, address: &str, path: &str, token: Option<String>) -> Answer {
        let token = token.map(|token| format!("Bearer {token}"));
        let headers: Vec<_> = token.iter().map(|token| ("authorization", token.as_str())).collect();
        let mut request = get(path, &headers);
        let address: IpAddr = address.parse().unwrap();
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::new(address, 1)));
        send(&self.router, request).await
    }

    fn token(&self, user: &str, claims: &[(&str, &str)]) -> String {
        let token = self.issuer.token(user).scope("read:pages").expires_in(100_000_000);
        claims
            .iter()
            .fold(token, |token, (name, value)| token.claim(name, *value))
            .sign()
    }

    async fn call(&self, path: &str, user: &str, claims: &[(&str, &str)]) -> u16 {
        let answer = self.from("192.0.2.1", path, Some(self.token(user, claims))).await;
        answer.status.as_u16()
    }
}

#[tokio::test]
async fn l8_users_of_one_client_share_its_bucket_and_others_do_not() {
    let stage = Stage::new();
    let mut statuses = Vec::new();
    for (user, client) in [("alice", "app"), ("bob", "app"), ("carol", "app"), ("carol", "other")] {
        statuses.push(stage.call("/client", user, &[("client_id", client)]).await);
    }
    assert_eq!(statuses, [200, 200, 429, 200]);
}

#[tokio::test]
async fn l8_users_of_one_tenant_share_its_bucket_and_who_has_none_has_their_own() {
    let stage = Stage::new();
    let mut statuses = Vec::new();
    for (user, tenant) in [
        ("alice", Some("acme")),
        ("bob", Some("acme")),
        ("carol", Some("acme")),
        ("carol", Some("other")),
        ("dave", None),
        ("dave", None),
        ("dave", None),
        ("eve", None),
    ] {
        let tenant = tenant.map(|tenant| ("tenant", tenant));
        statuses.push(stage.call("/tenant", user, tenant.as_slice()).await);
    }
    assert_eq!(statuses, [200, 200, 429, 200, 200, 200, 429, 200]);
}

#[tokio::test]
async fn l8_each_api_key_has_its_own_bucket() {
    let pepper = Pepper::new("first", [7; 32]);
    let keys = ApiKeys::new(MemoryStore::new(), pepper);
    let security = Security::builder(keys).build().unwrap();
    let manager = security.api_key_manager().unwrap();
    let app = SecureRouter::new(security).mount(per_key).build().unwrap();
    let router = crate::support::router(app);
    let mut keys = Vec::new();
    for _ in 0..2 {
        // Of one client, which has two.
        let key = manager
            .issue(NewKey::for_client("billing", Duration::from_secs(3600)))
            .await;
        keys.push(key.unwrap().0.expose().to_owned());
    }
    let mut statuses = Vec::new();
    for key in [0, 0, 0, 1] {
        let answer = send(&router, get("/key", &[("x-api-key", &keys[key])])).await;
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 429, 200]);
}

#[tokio::test]
async fn a_limit_of_the_service_is_one_for_all_endpoints_that_have_it() {
    let stage = Stage::new();
    let mut statuses = Vec::new();
    for (address, path) in [
        ("192.0.2.1", "/service/a"),
        ("192.0.2.2", "/service/b"),
        ("192.0.2.3", "/service/a"),
    ] {
        statuses.push(stage.from(address, path, None).await.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 429]);
    let stage = Stage::with(|security| security.service_rate("3/min"));
    let mut statuses = Vec::new();
    for (path, user) in [
        ("/client", "alice"),
        ("/tenant", "bob"),
        ("/both", "carol"),
        ("/both", "dave"),
    ] {
        statuses.push(stage.call(path, user, &[]).await);
    }
    assert_eq!(statuses, [200, 200, 200, 429]);
}

#[tokio::test]
async fn a_named_limit_is_one_bucket_for_its_endpoints_at_each_ones_cost() {
    let stage = Stage::new();
    assert_eq!(stage.call("/search/users", "alice", &[]).await, 200);
    let token = stage.token("alice", &[]);
    let answer = stage.from("192.0.2.1", "/search/orders", Some(token)).await;
    assert_eq!(answer.header("ratelimit-policy"), Some("\"search\";q=3;w=60"));
    assert_eq!(answer.header("ratelimit"), Some("\"search\";r=0;t=60"));
    assert_eq!(stage.call("/search/orders", "alice", &[]).await, 429);
    assert_eq!(stage.call("/search/orders", "bob", &[]).await, 200);
    let mut statuses = Vec::new();
    for (path, user) in [
        ("/export/a", "alice"),
        ("/export/b", "bob"),
        ("/export/a", "carol"),
        ("/export/b", "dave"),
    ] {
        statuses.push(stage.call(path, user, &[]).await);
    }
    assert_eq!(statuses, [200; 4]);
    assert_eq!(stage.call("/export/a", "eve", &[]).await, 429);
    // A fixed quota begins anew with the day, which is sixteen hours away.
    assert_eq!(NOW % 86_400, 28_800);
    stage.clock.advance(Duration::from_secs(16 * 3600 - 1));
    assert_eq!(stage.call("/export/b", "eve", &[]).await, 429);
    stage.clock.advance(Duration::from_secs(1));
    assert_eq!(stage.call("/export/b", "eve", &[]).await, 200);
}

#[tokio::test]
async fn a_refused_request_is_counted_in_none_of_its_limits() {
    let stage = Stage::new();
    for _ in 0..2 {
        assert_eq!(stage.call("/both", "alice", &[]).await, 200);
    }
    for _ in 0..200 {
        assert_eq!(stage.call("/both", "alice", &[]).await, 429);
    }
    let token = stage.token("bob", &[]);
    let answer = stage.from("192.0.2.1", "/both", Some(token)).await;
    assert_eq!(answer.status, 200, "the address has not used its hundred");
    assert_eq!(
        answer.header("ratelimit"),
        Some("\"ip\";r=97;t=2, \"caller\";r=1;t=120")
    );
}

#[tokio::test]
async fn a_request_costs_what_it_computes_and_probing_costs_one() {
    let stage = Stage::new();
    let page = async |user: &str, size: u32| {
        let token = stage.token(user, &[]);
        stage
            .from("192.0.2.1", &format!("/pages?size={size}"), Some(token))
            .await
    };
    let answer = page("alice", 7).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("ratelimit"), Some("\"caller\";r=3;t=42"));
    assert_eq!(answer.header("x-ratelimit-remaining"), Some("3"));
    // Four do not fit any more: the one that was counted before the size was known stays counted.
    let answer = page("alice", 4).await;
    answer.assert_problem(429);
    assert_eq!(answer.header("ratelimit"), Some("\"caller\";r=2;t=6"));
    assert_eq!(page("alice", 2).await.status, 200);
    assert_eq!(page("alice", 1).await.status, 429);
    // What can never be had is not said to come back.
    let answer = page("bob", 11).await;
    answer.assert_problem(422);
    assert_eq!(answer.header("retry-after"), None);
    // Zero costs one, and so does who may not call at all.
    assert_eq!(page("carol", 0).await.header("x-ratelimit-remaining"), Some("9"));
    let outsider = stage.issuer.token("dave").sign();
    let mut statuses = Vec::new();
    for _ in 0..11 {
        let answer = stage.from("192.0.2.1", "/pages?size=1", Some(outsider.clone())).await;
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [[403; 10].as_slice(), &[429]].concat());
}

#[tokio::test]
async fn l6_problem_types_are_those_of_the_draft_where_it_is_said() {
    let stage = Stage::with(SecurityBuilder::rate_limit_problem_types);
    for _ in 0..2 {
        stage.call("/both", "alice", &[]).await;
    }
    let token = stage.token("alice", &[]);
    let answer = stage.from("192.0.2.1", "/both", Some(token)).await;
    let problem = answer.assert_problem(429).json();
    assert_eq!(
        problem["type"],
        "https://iana.org/assignments/http-problem-types#quota-exceeded"
    );
    assert_eq!(problem["violated-policies"], serde_json::json!(["caller"]));
}

#[tokio::test]
async fn l7_the_older_headers_are_left_out_where_that_is_said() {
    let usual = Stage::new();
    let draft_alone = Stage::with(SecurityBuilder::without_legacy_rate_limit_headers);
    // Two limits: two are admitted, and a third is refused.
    for status in [200, 200, 429] {
        for (stage, has_older) in [(&usual, true), (&draft_alone, false)] {
            let answer = stage.from("192.0.2.1", "/both", Some(stage.token("alice", &[]))).await;
            assert_eq!(answer.status, status);
            for name in ["ratelimit", "ratelimit-policy"] {
                assert!(answer.header(name).unwrap().contains("\"ip\""), "{name}");
            }
            for name in ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"] {
                assert_eq!(answer.header(name).is_some(), has_older, "{name}");
            }
        }
    }
}

#[tokio::test]
async fn operators_change_rates_and_the_manifest_shows_both() {
    let here = module_path!();
    let stage = Stage::with(|security| {
        security
            .override_limit("search", "2/min")
            .override_limit_of(format!("{here}::per_client"), "client", "3/min")
    });
    assert_eq!(stage.call("/search/users", "alice", &[]).await, 200);
    assert_eq!(stage.call("/search/orders", "alice", &[]).await, 429);
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(stage.call("/client", "alice", &[]).await);
    }
    assert_eq!(statuses, [200, 200, 200, 429]);
    let endpoint = stage
        .app
        .endpoints()
        .find(|endpoint| endpoint.path == "/client")
        .unwrap();
    let [limit] = endpoint.limits.as_slice() else {
        panic!("{:?}", endpoint.limits)
    };
    assert_eq!(limit.name, "client");
    assert_eq!(limit.compiled.to_string(), "2/min per client");
    assert_eq!(limit.effective.to_string(), "3/min per client");
}

mod another {
    secure_runtime::limits! {
        /// Another one of that name.
        pub(super) SEARCH = "5/min";
    }

    #[secure_runtime::secure(get = "/another/search", authenticated, rate = SEARCH)]
    pub(super) async fn search() {}
}

#[test]
fn what_operators_get_wrong_and_names_with_two_meanings_keep_the_application_from_starting() {
    let security = Security::builder(TestIssuer::default().jwt())
        .override_limit("serach", "1/min")
        .override_limit("search", "1/fortnight")
        .override_limit_of("shop::orders", "caller", "1/min")
        .lock_out(LockOut::after(0));
    let faults = SecureRouter::new(security).mount(search_orders).build().unwrap_err();
    assert!(faults.to_string().contains("LockOut::after: 0 failures"), "{faults}");
    let security = Security::builder(TestIssuer::default().jwt())
        .override_limit("serach", "1/min")
        .override_limit("search", "1/fortnight")
        .override_limit_of("shop::orders", "caller", "1/min");
    let faults = SecureRouter::new(security)
        .mount((search_orders, search_users, another::search))
        .build()
        .unwrap_err()
        .to_string();
    for part in [
        "no endpoint has a limit of the name `serach`",
        "`fortnight` is not a window",
        "no endpoint has the name `shop::orders` and a limit `caller` of its own",
        "has another limit of the name `search`",
    ] {
        assert!(faults.contains(part), "{part} in\n{faults}");
    }
}
