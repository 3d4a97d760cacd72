//! Tokens that their issuer is asked about, through the gate: what it says is checked as if the token had brought it. I2 to
//! I4, J21, D6, M1.

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::Request;
use secure_runtime::certificate::ClientCertificate;
use secure_runtime::dpop::Dpop;
use secure_runtime::testing::{ISSUER, TestIssuer};
use secure_runtime::{Clock, Principal, RoleHierarchy, SecureRouter, Security, secure};
use serde_json::{Value, json};

use crate::certificates::JANUARY;
use crate::sender_constrained::Prover;
use crate::support::{Answer, router, send};
use crate::ways_in::{Asked, ORIGIN};

#[secure(get = "/caller", authenticated)]
async fn caller(caller: Principal) -> String {
    let list = |names: Vec<&str>| names.join(",");
    let date = |date: Option<f64>| date.map_or_else(|| "-".to_owned(), |date| date.to_string());
    format!(
        "{} is_client={} client={} scopes={} roles={} tenant={} acr={} auth_time={} iat={} jti={} exp={} bound={}",
        caller.subject(),
        caller.is_client(),
        caller.client_id().unwrap_or("-"),
        list(caller.scopes().collect()),
        list(caller.roles().collect()),
        caller.tenant().unwrap_or("-"),
        caller.acr().unwrap_or("-"),
        date(caller.authenticated_at()),
        date(caller.issued_at()),
        caller.token_id().unwrap_or("-"),
        caller.expires_at(),
        caller.is_sender_constrained(),
    )
}

#[secure(get = "/offers", optional)]
async fn offers() {}

#[secure(get = "/users/{user}", owner = "user", authenticated)]
async fn own(Path(user): Path<String>) -> String {
    user
}

struct Stand {
    router: Router,
    security: Security,
    asked: Asked,
    issuer: TestIssuer,
}

impl Stand {
    async fn start() -> Self {
        let clock = Clock::held_at(JANUARY);
        let asked = Asked::start().await;
        let issuer = TestIssuer::default().clock(clock.clone());
        let roles = RoleHierarchy::new().role("clerk", &[]).role("chief", &["clerk"]);
        let security = Security::builder(issuer.jwt())
            .accept(asked.introspection().tenant_claim("org"))
            // Both ask one directory.
            .owners_from([ISSUER, asked.issuer.as_str()])
            .dpop(Dpop::new(ORIGIN))
            .roles(roles)
            .clock(clock)
            .default_rate("1000000/s")
            .failed_authentication_rate("1000000/s")
            .lock_out(secure_runtime::LockOut::after(10_000))
            .build()
            .unwrap();
        let app = SecureRouter::new(security.clone()).mount((caller, offers, own));
        Self {
            router: router(app.build().unwrap()),
            security,
            asked,
            issuer,
        }
    }

    /// The issuer says this too from now on; `null` takes it back.
    fn say(&self, change: &Value) {
        let mut answer = self.asked.said();
        for (name, value) in change.as_object().unwrap() {
            match value {
                Value::Null => {
                    answer.as_object_mut().unwrap().remove(name);
                }
                value => answer[name] = value.clone(),
            }
        }
        self.asked.say(answer);
    }

    async fn ask(&self, path: &str) -> Answer {
        self.ask_with(path, &[("authorization", "Bearer opaque-token-of-alice")], None)
            .await
    }

    async fn ask_with(&self, path: &str, headers: &[(&str, &str)], certificate: Option<ClientCertificate>) -> Answer {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(certificate) = certificate {
            request = request.extension(certificate);
        }
        send(&self.router, request.body(Body::empty()).unwrap()).await
    }
}

#[tokio::test]
async fn i4_what_the_issuer_says_is_what_is_known() {
    let stand = Stand::start().await;
    let answer = stand.ask("/caller").await;
    assert_eq!(
        String::from_utf8_lossy(&answer.body),
        "alice is_client=false client=shop scopes=read:orders roles= tenant=- acr=- auth_time=- iat=1768435200 \
         jti=opaque-1 exp=1768435800 bound=false"
    );
    stand.say(&json!({
        "roles": ["chief"], "org": "acme", "tenant": "evil", "acr": "urn:mfa", "auth_time": JANUARY - 5, "scope": "a b",
    }));
    let answer = stand.ask("/caller").await;
    assert_eq!(
        String::from_utf8_lossy(&answer.body),
        "alice is_client=false client=shop scopes=a,b roles=chief,clerk tenant=acme acr=urn:mfa auth_time=1768435195 \
         iat=1768435200 jti=opaque-1 exp=1768435800 bound=false"
    );
    assert_eq!(stand.ask("/users/alice").await.status, 200);
    // J15: without a subject, or with the client's, it is the client, whatever its name.
    for change in [
        json!({"sub": null, "client_id": "alice"}),
        json!({"sub": "alice", "client_id": "alice"}),
    ] {
        stand.say(&change);
        let answer = stand.ask("/caller").await;
        assert!(
            answer.body.starts_with(b"alice is_client=true client=alice "),
            "{answer:?}"
        );
        stand.ask("/users/alice").await.assert_problem(403);
    }
}

#[tokio::test]
async fn i2_i4_each_way_round_is_refused() {
    let stand = Stand::start().await;
    let good = stand.asked.said();
    for (status, change) in [
        (401, json!({"active": false})),
        // I2, I3: what is no word on it is an outage, and lets nobody in.
        (503, json!({"active": "true"})),
        (503, json!({"active": 1})),
        (503, json!({"active": null})),
        (401, json!({"iss": "https://other.test"})),
        (401, json!({"aud": "https://other.test"})),
        (401, json!({"aud": ["https://api.test/"]})),
        (401, json!({"aud": null})),
        (401, json!({"exp": JANUARY - 31})),
        (401, json!({"exp": null})),
        (401, json!({"exp": "1768435800"})),
        (401, json!({"nbf": JANUARY + 31})),
        (401, json!({"iat": JANUARY + 31})),
        (401, json!({"sub": ""})),
        (401, json!({"sub": 7})),
        (401, json!({"client_id": null})),
        (401, json!({"token_type": "refresh_token"})),
        (401, json!({"token_use": "refresh_token"})),
        (401, json!({"typ": "ID"})),
        (401, json!({"scope": ["read:orders"]})),
        (401, json!({"roles": "chief"})),
        (401, json!({"roles": [7]})),
        (401, json!({"org": 7})),
        (401, json!({"org": ""})),
        (401, json!({"cnf": {}})),
        (401, json!({"cnf": "text"})),
        (401, json!({"cnf": {"kid": "a binding that we do not know"}})),
        (401, json!({"token_type": "DPoP"})),
    ] {
        stand.asked.say(good.clone());
        stand.say(&change);
        for path in ["/caller", "/offers"] {
            let answer = stand.ask(path).await;
            assert_eq!(answer.status, status, "{change}, {path}: {answer:?}");
        }
    }
    stand.asked.say(good);
    assert_eq!(stand.ask("/caller").await.status, 200);
    // What says that it is of another issuer is not asked about as if it were of this one.
    let forged = TestIssuer::default().token("alice").sign();
    let headers = [("authorization", &*format!("Bearer {forged}"))];
    stand.ask_with("/caller", &headers, None).await.assert_problem(401);
    let signed = format!("Bearer {}", stand.issuer.token("alice").sign());
    let answer = stand.ask_with("/caller", &[("authorization", &signed)], None).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn d6_m1_what_the_issuer_binds_it_to_has_to_be_proved() {
    let stand = Stand::start().await;
    let (prover, thief) = (Prover::new(), Prover::new());
    let ours = ClientCertificate::new(*b"ours");
    let other = ClientCertificate::new(*b"other");
    let headers = [("authorization", "Bearer opaque-token-of-alice")];
    // A known binding beside an unknown one is not enough.
    for cnf in [
        json!({"x5t#S256": ours.thumbprint(), "kid": "x"}),
        json!({"x5t#S256": ours.thumbprint(), "jkt": 7}),
    ] {
        stand.say(&json!({"cnf": cnf}));
        let answer = stand.ask_with("/caller", &headers, Some(ours.clone())).await;
        answer.assert_problem(401);
    }
    stand.say(&json!({"cnf": {"x5t#S256": ours.thumbprint()}}));
    let answer = stand.ask_with("/caller", &headers, Some(ours)).await;
    assert!(answer.body.ends_with(b"bound=true"), "{answer:?}");
    for wrong in [None, Some(other)] {
        stand.ask_with("/caller", &headers, wrong).await.assert_problem(401);
    }
    stand.say(&json!({"cnf": {"jkt": prover.jkt}, "token_type": "DPoP"}));
    let proof = |prover: &Prover| {
        let url = format!("{ORIGIN}/caller");
        prover.proof("GET", &url, "opaque-token-of-alice", JANUARY as f64, None)
    };
    for (who, status) in [(&prover, 200), (&thief, 401)] {
        let proof = proof(who);
        let headers = [("authorization", "DPoP opaque-token-of-alice"), ("dpop", &*proof)];
        let answer = stand.ask_with("/caller", &headers, None).await;
        assert_eq!(answer.status, status, "{answer:?}");
    }
    stand.ask_with("/caller", &headers, None).await.assert_problem(401);
}

#[tokio::test]
async fn j21_an_opaque_token_is_denied_by_its_id_and_by_its_subject() {
    let stand = Stand::start().await;
    let (list, until) = (stand.security.denylist(), JANUARY as f64 + 600.0);
    assert_eq!(stand.ask("/caller").await.status, 200);
    list.deny("opaque-1", until).unwrap();
    for path in ["/caller", "/offers"] {
        stand.ask(path).await.assert_problem(401);
    }
    stand.say(&json!({"jti": "opaque-2"}));
    assert_eq!(stand.ask("/caller").await.status, 200);
    list.deny_subject(&stand.asked.issuer, "alice", JANUARY as f64 - 10.0, until)
        .unwrap();
    assert_eq!(stand.ask("/caller").await.status, 200, "it was issued since");
    stand.say(&json!({"iat": JANUARY - 20}));
    stand.ask("/caller").await.assert_problem(401);
    stand.say(&json!({"iat": null}));
    stand.ask("/caller").await.assert_problem(401);
    stand.say(&json!({"sub": "bob"}));
    assert_eq!(stand.ask("/caller").await.status, 200);
}
