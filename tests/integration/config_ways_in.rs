//! `Security::from_config`: one file with every way in, each of which lets its callers in.

use std::time::Duration;

use axum::http::HeaderMap;
use axum::routing::{get as route_get, post};
use axum::{Form, Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, SanType};
use secure_runtime::api_key::{ManageError, NewKey, SqliteStore};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Principal, SecureRouter, Security, secure};
use serde_json::json;

use crate::config::Folder;
use crate::peers::redis::Redis;
use crate::published_keys::jwk;
use crate::sender_constrained::Prover;
use crate::support::{Answer, get, router, send};

#[secure(get = "/who", scope = "read:orders")]
async fn who(caller: Principal) -> String {
    let tenant = caller.tenant().unwrap_or("-");
    format!("{} {} {tenant}", caller.issuer(), caller.subject())
}

#[secure(get = "/managed", role = "manager")]
async fn managed() {}

#[secure(get = "/counted", public = "a test", rate("1/min", per = "ip"))]
async fn counted() {}

const CLIENT: &str = "spiffe://partner.test/billing";
const SECRET: &str = "the secret of the client";

/// The issuer's own server: metadata, keys, and what is known of one opaque token.
async fn server(issuer: &TestIssuer) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let metadata = json!({"issuer": url, "jwks_uri": format!("{url}/keys"), "response_types_supported": ["code"]});
    let keys = json!({"keys": [jwk(issuer)]});
    let introspect = async |headers: HeaderMap, Form(form): Form<Vec<(String, String)>>| {
        let secret = SECRET.replace(' ', "+");
        let expected = format!("Basic {}", STANDARD.encode(format!("my-api:{secret}")));
        assert_eq!(headers["authorization"], expected);
        assert!(
            form.contains(&("token".to_owned(), "opaque-token".to_owned())),
            "{form:?}"
        );
        Json(json!({
            "active": true, "iss": "https://opaque.test", "sub": "oscar", "aud": "https://api.test", "client_id": "app",
            "scope": "read:orders", "exp": 32_503_680_000_u64, "access": {"roles": ["manager"]}, "organisation": "acme",
        }))
    };
    let app = Router::new()
        .route(
            "/.well-known/oauth-authorization-server",
            route_get(async move || Json(metadata)),
        )
        .route("/keys", route_get(async move || Json(keys)))
        .route("/introspect", post(introspect));
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

/// Roots in PEM, and a client's certificate as a proxy forwards it.
fn certificates() -> (String, String) {
    let (mut params, key) = (CertificateParams::default(), KeyPair::generate().unwrap());
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = params.self_signed(&key).unwrap();
    let issuer = Issuer::new(params, key);
    let mut client = CertificateParams::default();
    client.subject_alt_names = vec![SanType::URI(CLIENT.try_into().unwrap())];
    client.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let client = client.signed_by(&KeyPair::generate().unwrap(), &issuer).unwrap();
    (root.pem(), format!(":{}:", STANDARD.encode(client.der())))
}

struct Stand {
    _folder: Folder,
    redis: Redis,
    issuer: TestIssuer,
    url: String,
    certificate: String,
    security: Security,
    router: Router,
}

impl Stand {
    async fn start(name: &str, text: &str) -> Self {
        let (folder, redis, issuer) = (Folder::new(name), Redis::start(), TestIssuer::default());
        let url = server(&issuer).await;
        let (roots, certificate) = certificates();
        folder.write("roots.pem", &roots);
        folder.write("redis-url", &format!("{}\n", redis.url()));
        folder.write("client-secret", &format!("{SECRET}\n"));
        folder.write("pepper", "a pepper of at least 32 bytes, in a file\n");
        folder.write("older-pepper", "another pepper of at least 32 bytes, in a file\n");
        let path = folder.write(name, &text.replace("SERVER", &url));
        let security = Security::from_config(path).build().unwrap();
        let app = SecureRouter::new(security.clone())
            .mount((who, managed, counted))
            .build()
            .unwrap();
        // What the file names is opened when it is needed: the table is made by whoever runs the application.
        let store = SqliteStore::open(folder.path().join("keys.db")).await.unwrap();
        store.migrate().await.unwrap();
        Self {
            _folder: folder,
            redis,
            issuer,
            url,
            certificate,
            security,
            router: router(app),
        }
    }

    async fn ask(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        send(&self.router, get(path, headers)).await
    }

    /// Lets the caller in at `/who`, as this one.
    async fn admits(&self, headers: &[(&str, &str)], expected: &str) {
        let answer = self.ask("/who", headers).await;
        assert_eq!(answer.status, 200, "{expected}: {answer:?}");
        assert_eq!(String::from_utf8_lossy(&answer.body), expected);
    }

    fn discovered(&self, subject: &str) -> secure_runtime::testing::TestToken<'_> {
        let token = self
            .issuer
            .token(subject)
            .header("kid", "known")
            .claim("iss", &*self.url);
        token.scope("read:orders").claim("aud", "https://api.test")
    }
}

const FILES: [(&str, &str); 2] = [
    ("everything.toml", include_str!("config_ways_in/everything.toml")),
    ("everything.json", include_str!("config_ways_in/everything.json")),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_file_has_every_way_in() {
    for (name, text) in FILES {
        let mut stand = Stand::start(name, text).await;
        stand.security.ready().await.unwrap();
        tokens(&stand).await;
        keys(&stand).await;
        proofs(&stand).await;
        addresses(&stand).await;

        stand
            .admits(
                &[("client-cert", &stand.certificate)],
                &format!("urn:secure:certificate:partners {CLIENT} -"),
            )
            .await;

        let metadata = stand.ask("/.well-known/oauth-protected-resource", &[]).await.json();
        let issuers = [&*stand.url, "https://keycloak.test", "https://opaque.test"];
        assert_eq!(metadata["authorization_servers"], json!(issuers));
        assert_eq!(metadata["dpop_signing_alg_values_supported"], json!(["ES256", "EdDSA"]));

        // The last, since it is the end of the server: whether something was revoked cannot be known then.
        let token = format!("Bearer {}", stand.discovered("alice").sign());
        stand.redis.kill();
        assert_eq!(stand.ask("/who", &[("authorization", &token)]).await.status, 503);
    }
}

async fn tokens(stand: &Stand) {
    let bearer = |token: &str| format!("Bearer {token}");
    let token = bearer(&stand.discovered("alice").sign());
    stand
        .admits(&[("authorization", &token)], &format!("{} alice -", stand.url))
        .await;

    let keycloak = stand
        .discovered("kim")
        .claim("iss", "https://keycloak.test")
        .header("typ", "JWT");
    let keycloak = keycloak
        .without("client_id")
        .claim("azp", "app")
        .claim("organisation", "acme");
    let keycloak = keycloak.claim("realm_access", json!({"roles": ["manager"]}));
    let right = bearer(&keycloak.clone().claim("typ", "Bearer").sign());
    stand
        .admits(&[("authorization", &right)], "https://keycloak.test kim acme")
        .await;
    assert_eq!(stand.ask("/managed", &[("authorization", &right)]).await.status, 200);
    // The preset's own demand.
    let wrong = bearer(&keycloak.claim("typ", "ID").sign());
    assert_eq!(stand.ask("/who", &[("authorization", &wrong)]).await.status, 401);

    let opaque = [("authorization", "Bearer opaque-token")];
    stand.admits(&opaque, "https://opaque.test oscar acme").await;
    assert_eq!(stand.ask("/managed", &opaque).await.status, 200);

    let revoked = stand.discovered("alice").claim("jti", "revoked");
    let shared = stand.security.shared_denylist().unwrap();
    shared.deny("revoked", 32_503_680_000.0).await.unwrap();
    assert_eq!(
        stand
            .ask("/who", &[("authorization", &bearer(&revoked.sign()))])
            .await
            .status,
        401
    );
}

/// H6, L8: behind the file's proxies, by the file's prefix.
async fn addresses(stand: &Stand) {
    for (list, status) in [
        ("198.51.100.1, 2001:db8:0:100::1", 200),
        ("198.51.100.2, 2001:db8:0:1ff::1, fd00:3::1", 429),
        ("2001:db8:0:200::1", 200),
    ] {
        let answer = stand.ask("/counted", &[("x-forwarded-for", list)]).await;
        assert_eq!(answer.status, status, "{list}");
    }
}

/// P1: they are issued by what the `Security` itself hands out.
async fn keys(stand: &Stand) {
    let manager = stand.security.api_key_manager().unwrap();
    let new = |days: u64| NewKey::for_client("billing", Duration::from_secs(days * 86_400)).scope("read:orders");
    assert!(matches!(manager.issue(new(91)).await, Err(ManageError::Invalid(_))));
    let (key, record) = manager.issue(new(90)).await.unwrap();
    assert!(key.expose().starts_with("orders_"));
    assert_eq!(record.pepper, "2026");
    stand
        .admits(&[("x-orders-key", key.expose())], "urn:test:keys billing -")
        .await;
    assert_eq!(stand.ask("/who", &[("x-api-key", key.expose())]).await.status, 401);
    let in_query = stand.ask("/who?k=x", &[]).await;
    assert_eq!(in_query.status, 400, "{in_query:?}");
    manager.revoke(&record.id).await.unwrap();
    assert_eq!(stand.ask("/who", &[("x-orders-key", key.expose())]).await.status, 401);
}

/// D5: a proof is used once, and Redis knows of it.
async fn proofs(stand: &Stand) {
    let prover = Prover::new();
    let token = stand
        .discovered("alice")
        .claim("cnf", json!({"jkt": prover.jkt}))
        .sign();
    let now = secure_runtime::Clock::default().unix_seconds().floor();
    let url = "https://api.test/who";
    let authorization = format!("DPoP {token}");
    let headers = |proof: &str| [("authorization", authorization.clone()), ("dpop", proof.to_owned())];
    let ask = async |proof: &str| {
        let headers = headers(proof);
        let headers = headers.each_ref().map(|(name, value)| (*name, &**value));
        stand.ask("/who", &headers).await.status.as_u16()
    };
    let proof = prover.proof("GET", url, &token, now, None);
    assert_eq!((ask(&proof).await, ask(&proof).await), (200, 401));
    assert_eq!(stand.redis.command("KEYS orders:dpop:*").unwrap(), "*1");
    assert_eq!(
        ask(&prover.proof("GET", url, &token, now - 31.0, None)).await,
        401,
        "the window"
    );
}

/// The metadata of a local issuer are fetched when they are needed, and nothing before.
#[tokio::test]
async fn nothing_is_opened_before_it_is_needed() {
    let folder = Folder::new("lazy");
    folder.write("pepper", "a pepper of at least 32 bytes, in a file\n");
    folder.write("database", "postgres://keys:word@127.0.0.1:1/keys\n");
    let file = |store: &str| {
        format!(
            "[api_keys]\nstore = {store}\npepper = {{ id = \"a\", value = {{ file = \"pepper\" }} }}\n\
             [[jwt]]\nissuer = \"http://127.0.0.1:1\"\naudience = \"a\"\ndiscover = true\n"
        )
    };
    for store in ["{ sqlite = \"keys.db\" }", "{ postgres = { file = \"database\" } }"] {
        let path = folder.write("security.toml", &file(store));
        // Not even a runtime is there.
        let built = std::thread::spawn(move || Security::from_config(path).build());
        let security = built.join().unwrap().unwrap();
        assert!(!folder.path().join("keys.db").exists());
        let app = SecureRouter::new(security.clone()).mount(who).build().unwrap();
        let router = router(app);
        // A key that looks right is asked about, and the store is not there.
        let memory = secure_runtime::api_key::ApiKeys::new(
            secure_runtime::api_key::MemoryStore::new(),
            secure_runtime::api_key::Pepper::new("a", [7; 32]),
        );
        let new = NewKey::for_client("billing", Duration::from_secs(60));
        let (key, _) = memory.manager().unwrap().issue(new).await.unwrap();
        let answer = send(&router, get("/who", &[("x-api-key", key.expose())])).await;
        assert_eq!(answer.status, 503, "{store}: {answer:?}");
        let issued = security.api_key_manager().unwrap();
        let issued = issued
            .issue(NewKey::for_client("billing", Duration::from_secs(60)))
            .await;
        assert!(matches!(issued, Err(ManageError::Store(_))), "{store}");
    }
    // What is not there is not made: an empty file would refuse every key.
    assert!(!folder.path().join("keys.db").exists());
}

#[tokio::test]
async fn the_memory_has_a_manager_and_nothing_else_has() {
    let folder = Folder::new("memory");
    folder.write("pepper", "a pepper of at least 32 bytes, in a file\n");
    let keys = "[api_keys]\nstore = \"memory\"\npepper = { id = \"a\", value = { file = \"pepper\" } }\n";
    let security = Security::from_config(folder.write("memory.toml", keys))
        .build()
        .unwrap();
    let new = NewKey::for_client("billing", Duration::from_secs(60)).scope("read:orders");
    let (key, _) = security.api_key_manager().unwrap().issue(new).await.unwrap();
    let app = SecureRouter::new(security.clone()).mount(who).build().unwrap();
    let answer = send(&router(app), get("/who", &[("x-api-key", key.expose())])).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(security.shared_denylist().is_none());

    let without = Security::builder(TestIssuer::default().jwt()).build().unwrap();
    assert!(without.api_key_manager().is_none());
}

/// Nonces that instances share are good at each of them.
#[tokio::test]
async fn d9_nonces_come_from_the_key_in_the_file() {
    let folder = Folder::new("nonces");
    let issuer = TestIssuer::default();
    folder.write("key.pem", issuer.public_pem().unwrap());
    folder.write("nonce-key", "a key of at least 32 bytes, in a file..\n");
    let text = |nonces: &str| {
        format!(
            "[[jwt]]\nissuer = \"https://issuer.test\"\naudience = \"https://api.test\"\n\
             key = [{{ algorithm = \"ES256\", public_key = {{ file = \"key.pem\" }} }}]\n\
             [dpop]\norigin = \"https://api.test\"\nnonces = {nonces}\n"
        )
    };
    let nonce = async |nonces: &str| {
        let path = folder.write("nonces.toml", &text(nonces));
        let app = SecureRouter::new(Security::from_config(path))
            .mount(who)
            .build()
            .unwrap();
        let answer = send(&router(app), get("/who", &[])).await;
        answer.header("dpop-nonce").map(str::to_owned)
    };
    let key = "{ key = { file = \"nonce-key\" }, period = \"10min\" }";
    let (first, second) = (nonce(key).await, nonce(key).await);
    assert!(first.is_some() && first == second);
    let (own, other) = (nonce("true").await, nonce("true").await);
    assert!(own.is_some() && own != other);
    assert_eq!(nonce("false").await, None);
    let own = nonce("{ period = \"10s\" }").await;
    assert!(own.is_some() && own != other);
}

/// Each preset is known by its name.
#[test]
fn presets_have_names() {
    let folder = Folder::new("presets");
    folder.write("key.pem", TestIssuer::default().public_pem().unwrap());
    for (name, is_fine) in [
        ("keycloak", true),
        ("auth0", true),
        ("auth0-rfc9068", true),
        ("entra-id", true),
        ("cognito", true),
        ("okta", true),
        ("google", false),
    ] {
        let text = format!(
            "[[jwt]]\nissuer = \"https://issuer.test\"\naudience = \"a\"\npreset = \"{name}\"\n\
             key = [{{ algorithm = \"ES256\", public_key = {{ file = \"key.pem\" }} }}]\n"
        );
        let built = Security::from_config(folder.write("preset.toml", &text)).build();
        assert_eq!(built.is_ok(), is_fine, "{name}: {:?}", built.err());
    }
}
