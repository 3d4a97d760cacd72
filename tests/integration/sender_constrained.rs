//! Tokens that are bound to a key, through the gate: DPoP (RFC 9449) and client certificates (RFC 8705).

use aws_lc_rs::digest::{SHA256, digest};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secure_runtime::certificate::ClientCertificate;
use secure_runtime::dpop::{Dpop, Nonces};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Clock, Principal, Routes, SecureRouter, Security, SecurityBuilder, secure};
use serde_json::json;

use crate::support::{Answer, router, send};

#[secure(get = "/orders", scope = "read:orders")]
async fn orders(caller: Principal) -> String {
    format!("{} {}", caller.subject(), caller.is_sender_constrained())
}

#[secure(get = "/transfers", scope = "read:orders", sender_constrained)]
async fn transfers() {}

#[secure(get = "/demanded", scope = "read:orders")]
async fn demanded() {}

#[secure(get = "/offers", optional)]
async fn offers(caller: Option<Principal>) -> String {
    caller.map_or_else(String::new, |caller| caller.subject().to_owned())
}

/// A client with a key of its own.
pub(crate) struct Prover {
    key: TestIssuer,
    jwk: serde_json::Value,
    pub(crate) jkt: String,
}

impl Prover {
    pub(crate) fn new() -> Self {
        let key = TestIssuer::default();
        let pem = pem::parse(key.public_pem().unwrap()).unwrap();
        // The point is the end of the document, each coordinate 32 bytes.
        let point = &pem.contents()[pem.contents().len() - 64..];
        let (x, y) = (
            URL_SAFE_NO_PAD.encode(&point[..32]),
            URL_SAFE_NO_PAD.encode(&point[32..]),
        );
        let canonical = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        Self {
            jwk: json!({"kty": "EC", "crv": "P-256", "x": x, "y": y}),
            jkt: URL_SAFE_NO_PAD.encode(digest(&SHA256, canonical.as_bytes())),
            key,
        }
    }

    pub(crate) fn proof(&self, method: &str, url: &str, token: &str, now: f64, nonce: Option<&str>) -> String {
        static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let jti = COUNT.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let header = json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": self.jwk});
        let ath = URL_SAFE_NO_PAD.encode(digest(&SHA256, token.as_bytes()));
        let mut claims = json!({"jti": jti.to_string(), "htm": method, "htu": url, "iat": now, "ath": ath});
        if let Some(nonce) = nonce {
            claims["nonce"] = json!(nonce);
        }
        self.key.sign_raw(&header.to_string(), &claims.to_string())
    }
}

struct Stand {
    router: Router,
    issuer: TestIssuer,
    clock: Clock,
}

const ORIGIN: &str = "https://api.test";

fn stand(options: impl FnOnce(SecurityBuilder) -> SecurityBuilder) -> Stand {
    let clock = Clock::held_at(1_700_000_000);
    let issuer = TestIssuer::default().clock(clock.clone());
    let security = Security::builder(issuer.jwt()).clock(clock.clone());
    let security = security
        .default_rate("1000000/s")
        .failed_authentication_rate("1000000/s")
        .lock_out(secure_runtime::LockOut::after(10_000));
    let routes = Routes::for_callers().mount(demanded).demand_sender_constrained();
    let app = SecureRouter::new(options(security))
        .mount((orders, transfers, offers))
        .merge(routes);
    Stand {
        router: router(app.build().unwrap()),
        issuer,
        clock,
    }
}

impl Stand {
    fn token(&self, cnf: &serde_json::Value) -> String {
        self.issuer
            .token("alice")
            .scope("read:orders")
            .claim("cnf", cnf.clone())
            .sign()
    }

    async fn ask(&self, path: &str, headers: &[(&str, &str)], certificate: Option<ClientCertificate>) -> Answer {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(certificate) = certificate {
            request = request.extension(certificate);
        }
        send(&self.router, request.body(Body::empty()).unwrap()).await
    }

    /// With a token by DPoP, and this proof.
    async fn prove(&self, path: &str, token: &str, proof: &str) -> Answer {
        let authorization = format!("DPoP {token}");
        self.ask(path, &[("authorization", &authorization), ("dpop", proof)], None)
            .await
    }
}

fn challenges(answer: &Answer) -> Vec<&str> {
    let all = answer.headers.get_all("www-authenticate").iter();
    all.map(|value| value.to_str().unwrap()).collect()
}

#[tokio::test]
async fn d1_to_d6_a_token_with_its_proof_is_let_in_everywhere() {
    let stand = stand(|security| security.dpop(Dpop::new(ORIGIN)));
    let prover = Prover::new();
    let token = stand.token(&json!({"jkt": prover.jkt}));
    for path in ["/orders", "/transfers", "/demanded", "/offers"] {
        let now = stand.clock.unix_seconds();
        // Twice: the second time the token is known, and the proof is a new one.
        for _ in 0..2 {
            let proof = prover.proof("GET", &format!("{ORIGIN}{path}"), &token, now, None);
            let answer = stand.prove(path, &token, &proof).await;
            assert_eq!(answer.status, 200, "{path}: {answer:?}");
            assert_eq!(answer.header("dpop-nonce"), None);
        }
    }
    let proof = prover.proof(
        "GET",
        &format!("{ORIGIN}/orders"),
        &token,
        stand.clock.unix_seconds(),
        None,
    );
    assert_eq!(stand.prove("/orders?page=2", &token, &proof).await.body, b"alice true");
}

#[tokio::test]
async fn d5_to_d8_each_way_round_the_proof_is_refused() {
    let stand = stand(|security| security.dpop(Dpop::new(ORIGIN)));
    let (prover, thief) = (Prover::new(), Prover::new());
    let now = stand.clock.unix_seconds();
    let bound = stand.token(&json!({"jkt": prover.jkt}));
    let free = stand.issuer.token("alice").scope("read:orders").sign();
    let url = format!("{ORIGIN}/orders");
    let good = || prover.proof("GET", &url, &bound, now, None);
    let used = good();
    assert_eq!(stand.prove("/orders", &bound, &used).await.status, 200);
    for (what, token, proof, code) in [
        ("used", &bound, used.clone(), "invalid_dpop_proof"),
        (
            "another key",
            &bound,
            thief.proof("GET", &url, &bound, now, None),
            "invalid_token",
        ),
        (
            "another method",
            &bound,
            prover.proof("POST", &url, &bound, now, None),
            "invalid_dpop_proof",
        ),
        (
            "another path",
            &bound,
            prover.proof("GET", &format!("{ORIGIN}/offers"), &bound, now, None),
            "invalid_dpop_proof",
        ),
        (
            "another host",
            &bound,
            prover.proof("GET", "https://evil.test/orders", &bound, now, None),
            "invalid_dpop_proof",
        ),
        (
            "another token",
            &bound,
            prover.proof("GET", &url, &free, now, None),
            "invalid_dpop_proof",
        ),
        (
            "old",
            &bound,
            prover.proof("GET", &url, &bound, now - 61.0, None),
            "invalid_dpop_proof",
        ),
        (
            "future",
            &bound,
            prover.proof("GET", &url, &bound, now + 61.0, None),
            "invalid_dpop_proof",
        ),
        (
            "an unbound token",
            &free,
            prover.proof("GET", &url, &free, now, None),
            "invalid_token",
        ),
        ("no proof", &bound, "x".to_owned(), "invalid_dpop_proof"),
    ] {
        for path in ["/orders", "/offers"] {
            if what == "another path" && path == "/offers" {
                continue;
            }
            let answer = stand.prove(path, token, &proof).await;
            assert_eq!(answer.status, 401, "{what}: {answer:?}");
            // A9, D8: the error stands with the scheme that was used, and Bearer is offered as well.
            let told = challenges(&answer);
            if path == "/orders" {
                assert!(told[0].starts_with("DPoP realm=\"api\", error="), "{what}: {told:?}");
                assert!(told[0].contains(&format!("error=\"{code}\"")), "{what}: {told:?}");
            }
            assert!(told[0].contains("algs=\"ES256 "), "{what}: {told:?}");
            assert_eq!(told[1..], ["Bearer realm=\"api\""], "{what}");
        }
    }
    // D1: none, or two.
    let authorization = format!("DPoP {bound}");
    let headers = [("authorization", authorization.as_str())];
    assert_eq!(stand.ask("/orders", &headers, None).await.status, 401);
    let (one, two) = (good(), good());
    let headers = [headers[0], ("dpop", &one), ("dpop", &two)];
    assert_eq!(stand.ask("/orders", &headers, None).await.status, 401);
}

#[tokio::test]
async fn d7_a_bound_token_is_no_bearer_token() {
    let stand = stand(|security| security.dpop(Dpop::new(ORIGIN)));
    let prover = Prover::new();
    let token = stand.token(&json!({"jkt": prover.jkt}));
    let proof = prover.proof(
        "GET",
        &format!("{ORIGIN}/orders"),
        &token,
        stand.clock.unix_seconds(),
        None,
    );
    let bearer = format!("Bearer {token}");
    let with_proof = [("authorization", bearer.as_str()), ("dpop", proof.as_str())];
    for headers in [&with_proof[..1], &with_proof] {
        let answer = stand.ask("/orders", headers, None).await;
        assert_eq!(answer.status, 401);
        let told = challenges(&answer);
        assert!(
            told[0].starts_with("Bearer realm=\"api\", error=\"invalid_token\""),
            "{told:?}"
        );
        assert!(told[1].starts_with("DPoP realm=\"api\", algs="), "{told:?}");
    }
}

#[tokio::test]
async fn d7_proofs_count_for_nothing_where_they_are_not_taken() {
    let stand = stand(|security| security);
    let prover = Prover::new();
    let token = stand.token(&json!({"jkt": prover.jkt}));
    let proof = prover.proof(
        "GET",
        &format!("{ORIGIN}/orders"),
        &token,
        stand.clock.unix_seconds(),
        None,
    );
    let answer = stand.prove("/orders", &token, &proof).await;
    assert_eq!(answer.status, 401);
    assert_eq!(challenges(&answer), ["Bearer realm=\"api\""]);
}

#[tokio::test]
async fn m2_a_route_that_demands_it_refuses_bearer_tokens() {
    let stand = stand(|security| security.dpop(Dpop::new(ORIGIN)));
    let bearer = format!("Bearer {}", stand.issuer.token("alice").scope("read:orders").sign());
    let headers = [("authorization", bearer.as_str())];
    assert_eq!(stand.ask("/orders", &headers, None).await.body, b"alice false");
    for path in ["/transfers", "/demanded"] {
        let answer = stand.ask(path, &headers, None).await;
        assert_eq!(answer.status, 401, "{path}");
        assert!(challenges(&answer)[0].contains("invalid_token"), "{path}");
    }
}

#[tokio::test]
async fn d9_a_nonce_is_asked_for_handed_out_and_taken() {
    let nonces = || Nonces::with_key([7; 32]);
    let stand = stand(|security| security.dpop(Dpop::new(ORIGIN).nonces(nonces())));
    let prover = Prover::new();
    let token = stand.token(&json!({"jkt": prover.jkt}));
    let url = format!("{ORIGIN}/orders");
    let now = stand.clock.unix_seconds();
    let answer = stand
        .prove("/orders", &token, &prover.proof("GET", &url, &token, now, None))
        .await;
    assert_eq!(answer.status, 401);
    assert!(
        challenges(&answer)[0].contains("error=\"use_dpop_nonce\""),
        "{answer:?}"
    );
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let nonce = answer.header("dpop-nonce").unwrap().to_owned();
    let answer = stand
        .prove("/orders", &token, &prover.proof("GET", &url, &token, now, Some(&nonce)))
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let forged = prover.proof("GET", &url, &token, now, Some("x"));
    assert_eq!(stand.prove("/orders", &token, &forged).await.status, 401);
    // Who has no credential yet need not ask twice.
    let answer = stand.ask("/orders", &[], None).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("dpop-nonce").is_some()),
        (401, true)
    );
}

#[tokio::test]
async fn d3_below_a_nested_router_the_path_is_the_clients() {
    let issuer = TestIssuer::default();
    let security = Security::builder(issuer.jwt()).dpop(Dpop::new(ORIGIN)).build().unwrap();
    let inner = Router::new().route("/orders", axum::routing::get(security.protect(orders)));
    let client = axum::extract::connect_info::MockConnectInfo(crate::support::CLIENT);
    let router = Router::new().nest("/v1", inner).layer(client);
    let prover = Prover::new();
    let token = issuer
        .token("alice")
        .scope("read:orders")
        .claim("cnf", json!({"jkt": prover.jkt}))
        .sign();
    let ask = async |url: &str| {
        let proof = prover.proof("GET", url, &token, Clock::default().unix_seconds(), None);
        let authorization = format!("DPoP {token}");
        let headers = [("authorization", authorization.as_str()), ("dpop", &proof)];
        send(&router, crate::support::get("/v1/orders", &headers)).await.status
    };
    assert_eq!(ask("https://api.test/v1/orders").await, 200);
    assert_eq!(ask("https://api.test/orders").await, 401);
}

#[tokio::test]
async fn m1_a_token_counts_with_the_certificate_that_it_is_bound_to() {
    let stand = stand(|security| security);
    let (ours, other) = (ClientCertificate::new(*b"ours"), ClientCertificate::new(*b"other"));
    let token = format!("Bearer {}", stand.token(&json!({"x5t#S256": ours.thumbprint()})));
    let headers = [("authorization", token.as_str())];
    for path in ["/orders", "/transfers", "/demanded", "/offers"] {
        assert_eq!(
            stand.ask(path, &headers, Some(ours.clone())).await.status,
            200,
            "{path}"
        );
        for wrong in [None, Some(other.clone())] {
            let answer = stand.ask(path, &headers, wrong).await;
            assert_eq!(answer.status, 401, "{path}");
            assert!(challenges(&answer)[0].contains("invalid_token"), "{path}");
        }
    }
    // M3: nobody is believed who was not named.
    let forged = [headers[0], ("client-cert", ":b3Vycw==:")];
    assert_eq!(stand.ask("/orders", &forged, None).await.status, 401);
    // An unbound token is as good with a certificate as without.
    let free = format!("Bearer {}", stand.issuer.token("alice").scope("read:orders").sign());
    let headers = [("authorization", free.as_str())];
    assert_eq!(stand.ask("/orders", &headers, Some(other.clone())).await.status, 200);
    assert_eq!(stand.ask("/transfers", &headers, Some(other)).await.status, 401);
}

#[tokio::test]
async fn a_token_that_is_bound_twice_needs_both_proofs() {
    let stand = stand(|security| security.dpop(Dpop::new(ORIGIN)));
    let (prover, certificate) = (Prover::new(), ClientCertificate::new(*b"ours"));
    let token = stand.token(&json!({"jkt": prover.jkt, "x5t#S256": certificate.thumbprint()}));
    let now = stand.clock.unix_seconds();
    let authorization = format!("DPoP {token}");
    let proof = || prover.proof("GET", &format!("{ORIGIN}/orders"), &token, now, None);
    let (one, two) = (proof(), proof());
    let headers = [("authorization", authorization.as_str()), ("dpop", one.as_str())];
    assert_eq!(stand.ask("/orders", &headers, None).await.status, 401);
    let headers = [("authorization", authorization.as_str()), ("dpop", two.as_str())];
    assert_eq!(stand.ask("/orders", &headers, Some(certificate)).await.status, 200);
}
