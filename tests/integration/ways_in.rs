//! What the tests of all ways in share: one application that takes tokens of three kinds, API keys and certificates.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::response::IntoResponse as _;
use secure_runtime::api_key::{ApiKeyManager, ApiKeys, MemoryStore, NewKey, Pepper};
use secure_runtime::certificate::{ClientCertificate, ClientCertificates, Identity};
use secure_runtime::dpop::Dpop;
use secure_runtime::testing::{AUDIENCE, ISSUER, TestIssuer};
use secure_runtime::{
    ClientAuthentication, Clock, Introspection, Principal, Secret, SecureRouter, Security, SecurityBuilder, secure,
};
use serde_json::{Value, json};

use crate::certificates::{Authority, BILLING, JANUARY};
use crate::sender_constrained::Prover;
use crate::support::{Answer, router, send};

pub(crate) const ORIGIN: &str = "https://api.test";

#[secure(get = "/who", authenticated)]
async fn who(caller: Principal) -> String {
    caller.subject().to_owned()
}

#[secure(get = "/offers", optional)]
async fn offers(caller: Option<Principal>) -> String {
    caller.map_or_else(String::new, |caller| caller.subject().to_owned())
}

#[secure(get = "/scoped", scope = "write:everything")]
async fn scoped() {}

#[secure(get = "/status", public = "says that it is up")]
async fn status() -> &'static str {
    "up"
}

/// A credential as a request carries it.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) what: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) certificate: Option<ClientCertificate>,
}

impl Sent {
    pub(crate) fn headers(what: &'static str, headers: Vec<(&'static str, String)>) -> Self {
        Self {
            what,
            headers,
            certificate: None,
        }
    }

    /// What of it nobody else may learn.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let texts = self
            .headers
            .iter()
            .flat_map(|(_, value)| value.split([' ', '.', ':', '_']).map(str::to_owned));
        let certificate = self.certificate.iter().map(crate::certificates::field);
        let all = texts.chain(certificate);
        all.filter(|text| text.len() > 8).collect()
    }
}

/// An introspection endpoint that knows the token `opaque-token-of-alice`.
pub(crate) struct Asked {
    pub(crate) issuer: String,
    /// What it says of the token; `null` if it fails.
    says: Arc<Mutex<Value>>,
}

impl Asked {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let says = Arc::new(Mutex::new(json!({
            "active": true, "iss": issuer, "aud": AUDIENCE, "sub": "alice", "client_id": "shop",
            "iat": JANUARY, "exp": JANUARY + 600, "scope": "read:orders", "jti": "opaque-1",
        })));
        let of_alice = Arc::clone(&says);
        let handler = async move |body: String| {
            let answer = of_alice.lock().unwrap().clone();
            match (answer, body.contains("opaque-token-of-alice")) {
                (Value::Null, _) => axum::http::StatusCode::BAD_GATEWAY.into_response(),
                (_, false) => axum::Json(json!({ "active": false })).into_response(),
                (answer, true) => axum::Json(answer).into_response(),
            }
        };
        let app = Router::new().route("/introspect", axum::routing::post(handler));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { issuer, says }
    }

    /// As this API asks it, each time anew.
    pub(crate) fn introspection(&self) -> Introspection {
        let client = ClientAuthentication::basic("api", Secret::new("secret-of-introspection".to_owned()));
        Introspection::issuer(&self.issuer)
            .audience(AUDIENCE)
            .client(client)
            .endpoint(format!("{}/introspect", self.issuer))
            .cache(Duration::ZERO)
    }

    /// What it says now.
    pub(crate) fn said(&self) -> Value {
        self.says.lock().unwrap().clone()
    }

    /// From now on it says this.
    pub(crate) fn say(&self, answer: Value) {
        *self.says.lock().unwrap() = answer;
    }

    /// From now on it answers nothing of use.
    pub(crate) fn fail(&self) {
        self.say(Value::Null);
    }
}

/// One application with all ways in, at a time that stands still.
pub(crate) struct Api {
    pub(crate) router: Router,
    pub(crate) issuer: TestIssuer,
    pub(crate) clock: Clock,
    pub(crate) asked: Asked,
    prover: Prover,
    authority: Authority,
    manager: ApiKeyManager,
}

impl Api {
    pub(crate) async fn start(options: impl FnOnce(SecurityBuilder) -> SecurityBuilder) -> Self {
        let clock = Clock::held_at(JANUARY);
        let (issuer, authority) = (TestIssuer::default().clock(clock.clone()), Authority::new());
        let asked = Asked::start().await;
        let store = Arc::new(MemoryStore::new());
        let keys = || {
            let keys = ApiKeys::new(Arc::clone(&store), Pepper::new("2026", [7; 32]));
            keys.prefix("myapp").clock(clock.clone())
        };
        let certificates = ClientCertificates::trust("partners", authority.pem.clone()).identity(Identity::SanUri);
        let security = Security::builder(issuer.jwt())
            .accept(asked.introspection())
            .owners_from([ISSUER])
            .accept(keys())
            .accept(certificates.client(BILLING, ["read:orders"]))
            .dpop(Dpop::new(ORIGIN))
            .clock(clock.clone())
            .default_rate("1000000/s");
        let app = SecureRouter::new(options(security)).mount((who, offers, scoped, status));
        Self {
            router: router(app.build().unwrap()),
            manager: keys().manager().unwrap(),
            issuer,
            clock,
            asked,
            prover: Prover::new(),
            authority,
        }
    }

    pub(crate) async fn ask(&self, path: &str, sent: &Sent) -> Answer {
        let mut request = Request::builder().uri(path);
        for (name, value) in &sent.headers {
            request = request.header(*name, value);
        }
        if let Some(certificate) = &sent.certificate {
            request = request.extension(certificate.clone());
        }
        send(&self.router, request.body(Body::empty()).unwrap()).await
    }

    fn dpop(&self, what: &'static str, prover: &Prover, path: &str) -> Sent {
        let bound = json!({"jkt": self.prover.jkt});
        let token = self.issuer.token("alice").claim("cnf", bound).sign();
        let now = self.clock.unix_seconds();
        let proof = prover.proof("GET", &format!("{ORIGIN}{path}"), &token, now, None);
        let authorization = format!("DPoP {token}");
        Sent::headers(what, vec![("authorization", authorization), ("dpop", proof)])
    }

    /// A good credential of each kind for `path`, with the kind's name in the log.
    pub(crate) async fn good(&self, path: &str) -> Vec<(&'static str, Sent)> {
        let bearer = format!("Bearer {}", self.issuer.token("alice").sign());
        let opaque = "Bearer opaque-token-of-alice".to_owned();
        let key = NewKey::for_client("billing-job", Duration::from_secs(86_400));
        let key = self.manager.issue(key).await.unwrap().0.expose().to_owned();
        vec![
            (
                "access_token",
                Sent::headers("a token", vec![("authorization", bearer)]),
            ),
            ("access_token", self.dpop("a bound token", &self.prover, path)),
            (
                "access_token",
                Sent::headers("an opaque token", vec![("authorization", opaque)]),
            ),
            ("api_key", Sent::headers("an API key", vec![("x-api-key", key)])),
            (
                "client_certificate",
                Sent {
                    what: "a certificate",
                    headers: Vec::new(),
                    certificate: Some(self.authority.client(BILLING)),
                },
            ),
        ]
    }

    /// A bad credential of each kind for `path`.
    pub(crate) async fn bad(&self, path: &str) -> Vec<Sent> {
        let expired = format!("Bearer {}", self.issuer.token("alice").expires_in(-600).sign());
        let forged = format!("Bearer {}", TestIssuer::default().token("alice").sign());
        let inactive = "Bearer opaque-token-of-nobody".to_owned();
        let (_, good_key) = self.good(path).await.remove(3);
        let mut key = good_key.headers[0].1.clone().into_bytes();
        key[20] = if key[20] == b'a' { b'b' } else { b'a' };
        vec![
            Sent::headers("an expired token", vec![("authorization", expired)]),
            Sent::headers("a forged token", vec![("authorization", forged)]),
            self.dpop("a proof of another key", &Prover::new(), path),
            self.dpop("a proof for another URL", &self.prover, "/elsewhere"),
            Sent::headers("an inactive token", vec![("authorization", inactive)]),
            Sent::headers("a wrong key", vec![("x-api-key", String::from_utf8(key).unwrap())]),
            Sent {
                what: "a certificate of another root",
                headers: Vec::new(),
                certificate: Some(Authority::new().client(BILLING)),
            },
        ]
    }
}
