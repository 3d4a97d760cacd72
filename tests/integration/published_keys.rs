//! Key sets that hang, are huge, or are asked for by whoever makes up key ids: K3, K4, through the whole gate.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Json;
use axum::response::IntoResponse as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secure_runtime::jwt::Jwt;
use secure_runtime::testing::{AUDIENCE, ISSUER, TestIssuer};
use secure_runtime::{Clock, RemoteKeys, Security};
use serde_json::json;

use crate::jwt_door::Door;

const GOOD: u8 = 0;
const HANGS: u8 = 1;
const HUGE: u8 = 2;

/// A server of one key set, which counts who asks.
struct KeyServer {
    url: String,
    mode: Arc<AtomicU8>,
    asked: Arc<AtomicUsize>,
}

impl KeyServer {
    async fn start(issuer: &TestIssuer) -> Self {
        let (mode, asked) = (Arc::new(AtomicU8::new(GOOD)), Arc::new(AtomicUsize::new(0)));
        let keys = json!({ "keys": [jwk(issuer)] });
        let (in_mode, count) = (Arc::clone(&mode), Arc::clone(&asked));
        let handler = async move || {
            count.fetch_add(1, Ordering::SeqCst);
            match in_mode.load(Ordering::SeqCst) {
                HANGS => std::future::pending().await,
                HUGE => vec![b' '; 64 * 1024 * 1024].into_response(),
                _ => Json(keys).into_response(),
            }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/jwks", listener.local_addr().unwrap());
        let app = axum::Router::new().route("/jwks", axum::routing::get(handler));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, mode, asked }
    }
}

/// The issuer's key, with the id `known`.
pub(crate) fn jwk(issuer: &TestIssuer) -> serde_json::Value {
    let pem = pem::parse(issuer.public_pem().unwrap()).unwrap();
    // The point is the end of the document, each coordinate 32 bytes.
    let point = &pem.contents()[pem.contents().len() - 64..];
    let (x, y) = (
        URL_SAFE_NO_PAD.encode(&point[..32]),
        URL_SAFE_NO_PAD.encode(&point[32..]),
    );
    json!({"kty": "EC", "crv": "P-256", "kid": "known", "x": x, "y": y})
}

struct Stand {
    server: KeyServer,
    issuer: TestIssuer,
    clock: Clock,
    door: Arc<Door>,
}

async fn stand() -> Stand {
    let clock = Clock::held_at(1_700_000_000);
    let issuer = TestIssuer::default().clock(clock.clone());
    let server = KeyServer::start(&issuer).await;
    let jwt = Jwt::issuer(ISSUER)
        .audience(AUDIENCE)
        .published_keys(RemoteKeys::at(&server.url));
    let security = Security::builder(jwt).clock(clock.clone()).without_token_cache();
    let security = security
        .default_rate("1000000/s")
        .failed_authentication_rate("1000000/s")
        .lock_out(secure_runtime::LockOut::after(10_000));
    let security = security.build().unwrap();
    security.ready().await.unwrap();
    assert_eq!(server.asked.load(Ordering::SeqCst), 1);
    Stand {
        server,
        issuer,
        clock,
        door: Arc::new(Door::ready(security)),
    }
}

impl Stand {
    fn token(&self, kid: &str) -> String {
        self.issuer.token("alice").expires_in(50_000).header("kid", kid).sign()
    }
}

async fn status(door: &Door, token: &str) -> u16 {
    door.ask("/door", token).await.0.status.as_u16()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn k4_a_thousand_made_up_keys_at_once_cost_one_fetch() {
    let stand = stand().await;
    stand.clock.advance(Duration::from_secs(31));
    for round in 1..=2 {
        let asking: Vec<_> = (0..1000)
            .map(|i| {
                let (door, token) = (Arc::clone(&stand.door), stand.token(&format!("made up {round} {i}")));
                tokio::spawn(async move { status(&door, &token).await })
            })
            .collect();
        for answer in asking {
            assert_eq!(answer.await.unwrap(), 401);
        }
        // One for the start, one for the first thousand, none for the second: the cooldown goes on.
        assert_eq!(stand.server.asked.load(Ordering::SeqCst), 2, "round {round}");
    }
    assert_eq!(status(&stand.door, &stand.token("known")).await, 200);
    stand.clock.advance(Duration::from_secs(31));
    assert_eq!(status(&stand.door, &stand.token("once more")).await, 401);
    assert_eq!(stand.server.asked.load(Ordering::SeqCst), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn k3_a_key_server_that_hangs_or_floods_delays_no_good_token() {
    for mode in [HANGS, HUGE] {
        let stand = stand().await;
        stand.clock.advance(Duration::from_secs(31));
        stand.server.mode.store(mode, Ordering::SeqCst);
        let waiting: Vec<_> = (0..50)
            .map(|i| {
                let (door, token) = (Arc::clone(&stand.door), stand.token(&format!("made up {i}")));
                tokio::spawn(async move { status(&door, &token).await })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(50)).await;
        let token = stand.token("known");
        let mut times = Vec::new();
        for _ in 0..500 {
            let began = Instant::now();
            assert_eq!(status(&stand.door, &token).await, 200);
            times.push(began.elapsed());
        }
        times.sort();
        println!(
            "mode {mode}: p50 {:?}, p99 {:?}, most {:?}",
            times[250], times[495], times[499]
        );
        // The fetch gives up after 3 s; a good token waits for nothing of it.
        assert!(times[250] < Duration::from_millis(100), "{:?}", times[250]);
        // And when the set is old, too.
        stand.clock.advance(Duration::from_secs(2 * 3600 - 60));
        let began = Instant::now();
        assert_eq!(status(&stand.door, &token).await, 200);
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
        for answer in waiting {
            assert_eq!(answer.await.unwrap(), 401);
        }
        assert!(stand.server.asked.load(Ordering::SeqCst) <= 3);
    }
}
