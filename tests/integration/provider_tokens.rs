//! Tokens of a provider that others wrote: the right ones are let in, and each wrong one is refused (J1, J2, J8 to J11,
//! J15, J16, J18, J19, D7).

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secure_runtime::jwt::{Jwt, SignatureAlgorithm};
use secure_runtime::{Clock, Principal, RemoteKeys, SecureRouter, Security, secure};
use serde_json::{Value, json};

use crate::jwt_door::{Door, segments};
use crate::peers::oidc::{AUDIENCE, Options, Provider};
use crate::support::{get, router, send};

const ALGORITHMS: [&str; 9] = [
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA",
];

/// A verifier of the provider's tokens, which finds the keys by itself.
async fn verifier(provider: &Provider) -> Jwt {
    let keys = RemoteKeys::discovered().algorithms([
        SignatureAlgorithm::Rs256,
        SignatureAlgorithm::Rs384,
        SignatureAlgorithm::Rs512,
        SignatureAlgorithm::Ps256,
        SignatureAlgorithm::Ps384,
        SignatureAlgorithm::Ps512,
        SignatureAlgorithm::Es256,
        SignatureAlgorithm::Es384,
        SignatureAlgorithm::EdDsa,
    ]);
    Jwt::issuer(provider.issuer()).audience(AUDIENCE).published_keys(keys)
}

async fn door(provider: &Provider) -> Door {
    Door::new(verifier(provider).await)
}

/// A provider with one algorithm, which starts quickly.
fn small() -> Provider {
    Provider::start(Options {
        algorithms: vec!["ES256"],
        ..Options::default()
    })
}

fn alice(resource: &str) -> Value {
    json!({ "resource": resource, "subject": "alice", "scope": "read:profile" })
}

/// The token is let in, as this subject of the provider.
async fn admits(door: &Door, provider: &Provider, subject: &str, token: &str) {
    let (answer, entered) = door.ask("/door", token).await;
    let who = format!("{} {subject}", provider.issuer());
    assert!(entered && answer.status == 200, "{subject}: {answer:?}");
    assert_eq!(String::from_utf8_lossy(&answer.body), who);
}

fn claims(token: &str) -> Value {
    let payload = URL_SAFE_NO_PAD.decode(segments(token)[1]).unwrap();
    serde_json::from_slice(&payload).unwrap()
}

#[tokio::test]
async fn j1_tokens_of_every_algorithm_are_let_in_for_clients_and_users() {
    let provider = Provider::start(Options {
        algorithms: ALGORITHMS.to_vec(),
        ..Options::default()
    });
    let door = door(&provider).await;
    for name in ALGORITHMS {
        let resource = format!("{AUDIENCE}/{}", name.to_lowercase());
        let machine = provider.client_token(&resource, "read:profile").await;
        let header = URL_SAFE_NO_PAD.decode(segments(&machine)[0]).unwrap();
        let header: Value = serde_json::from_slice(&header).unwrap();
        assert_eq!((&header["alg"], &header["typ"]), (&json!(name), &json!("at+jwt")));
        let alice = provider.user_token(alice(&resource)).await;
        admits(&door, &provider, "machine", &machine).await;
        admits(&door, &provider, "alice", &alice).await;
        for (path, status) in [("/scoped", 200), ("/users/alice", 200), ("/users/bob", 403)] {
            assert_eq!(door.ask(path, &alice).await.0.status, status, "{name}, {path}");
        }
        let unscoped = provider.client_token(&resource, "write:profile").await;
        assert_eq!(door.ask("/scoped", &unscoped).await.0.status, 403, "{name}");
    }
}

#[tokio::test]
async fn j2_a_key_of_the_provider_verifies_its_own_algorithm_only() {
    let provider = Provider::start(Options {
        algorithms: vec!["RS256", "PS256"],
        ..Options::default()
    });
    let door = door(&provider).await;
    let claims = claims(&provider.user_token(alice("https://api.test/rs256")).await).to_string();
    for (signer, named, good) in [
        ("RS256", "RS256", true),
        ("PS256", "PS256", true),
        ("RS256", "PS256", false),
        ("PS256", "RS256", false),
    ] {
        for id in ["", r#","kid":"a-RS256""#, r#","kid":"a-PS256""#] {
            let header = format!(r#"{{"alg":"{named}","typ":"at+jwt"{id}}}"#);
            let token = provider.sign(signer, &header, &claims).await;
            match good && (id.is_empty() || id.contains(named)) {
                true => admits(&door, &provider, "alice", &token).await,
                false => door.refuses(format!("{signer} as {header}"), &token).await,
            }
        }
    }
}

#[tokio::test]
async fn j8_j16_other_tokens_for_the_same_audience_are_refused() {
    let provider = small();
    let door = door(&provider).await;
    let legacy = Door::new(verifier(&provider).await.legacy_tokens());
    let id_token = provider.id_token(json!({ "subject": "alice" })).await;
    assert_eq!(claims(&id_token)["aud"], AUDIENCE, "it is told apart by its kind alone");
    door.refuses("an ID token", &id_token).await;
    let with_nonce = provider.id_token(json!({ "subject": "alice", "claims": { "nonce": "n" } }));
    let with_nonce = with_nonce.await;
    let logout = provider.logout_token(json!({ "subject": "alice" })).await;
    let opaque = provider.user_token(alice("https://api.test/opaque")).await;
    for (what, token) in [
        ("an ID token with a nonce", &with_nonce),
        ("a logout token", &logout),
        ("an opaque token", &opaque),
    ] {
        door.refuses(what, token).await;
        legacy.refuses(format!("legacy, {what}"), token).await;
    }
    let access = provider.user_token(alice("https://api.test/es256")).await;
    let untyped = provider.sign("ES256", r#"{"alg":"ES256"}"#, claims(&access));
    let untyped = untyped.await;
    door.refuses("no type", &untyped).await;
    admits(&legacy, &provider, "alice", &untyped).await;
    admits(&door, &provider, "alice", &access).await;
}

#[tokio::test]
async fn j9_tokens_of_another_provider_are_refused() {
    let (ours, theirs) = (small(), small());
    let door = door(&ours).await;
    let token = theirs.user_token(alice("https://api.test/es256")).await;
    door.refuses("of another provider", &token).await;
    let mut claims = claims(&token);
    claims["iss"] = ours.issuer().into();
    let named = theirs.sign("ES256", r#"{"alg":"ES256","typ":"at+jwt"}"#, &claims);
    door.refuses("that says it is of ours", &named.await).await;
    claims["iss"] = theirs.issuer().into();
    let signed = ours.sign("ES256", r#"{"alg":"ES256","typ":"at+jwt"}"#, &claims);
    door.refuses("signed by ours, of another", &signed.await).await;
}

#[tokio::test]
async fn j10_tokens_for_another_resource_are_refused() {
    let provider = small();
    let door = door(&provider).await;
    for resource in [
        "https://other.test/es256",
        "http://api.test/es256",
        "https://api.test:8443/es256",
    ] {
        door.refuses(resource, &provider.user_token(alice(resource)).await)
            .await;
        let machine = provider.client_token(resource, "read:profile").await;
        door.refuses(resource, &machine).await;
    }
}

#[tokio::test]
async fn j11_tokens_expire() {
    let provider = small();
    let token = provider.user_token(alice("https://api.test/es256")).await;
    let exp = claims(&token)["exp"].as_u64().unwrap();
    let clock = Clock::held_at(exp + 29);
    let door = Door::of(Security::builder(verifier(&provider).await).clock(clock.clone()));
    admits(&door, &provider, "alice", &token).await;
    clock.advance(Duration::from_secs(1));
    door.refuses("30 s after exp", &token).await;
}

#[tokio::test]
async fn j19_a_token_that_was_changed_is_refused() {
    let provider = small();
    let door = door(&provider).await;
    let token = provider.user_token(alice("https://api.test/es256")).await;
    let other = provider.user_token(alice("https://api.test/es256")).await;
    let ([header, payload, signature], [.., stolen]) = (segments(&token), segments(&other));
    let mut claims = claims(&token);
    claims["sub"] = "bob".into();
    let bob = URL_SAFE_NO_PAD.encode(claims.to_string());
    let unsigned = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"at+jwt"}"#);
    for (what, changed) in [
        ("another subject", format!("{header}.{bob}.{signature}")),
        ("the signature of another", format!("{header}.{payload}.{stolen}")),
        ("no algorithm", format!("{unsigned}.{payload}.{signature}")),
        ("no algorithm, no signature", format!("{unsigned}.{payload}.")),
        ("no signature", format!("{header}.{payload}.")),
    ] {
        door.refuses(what, &changed).await;
    }
    // Every character, by one that differs in its first bit and so in what it says.
    for at in (0..token.len()).step_by(3).filter(|at| token.as_bytes()[*at] != b'.') {
        let other = if token.as_bytes()[at].is_ascii_lowercase() {
            "A"
        } else {
            "z"
        };
        let changed = format!("{}{other}{}", &token[..at], &token[at + 1..]);
        door.refuses(format!("character {at}"), &changed).await;
    }
    admits(&door, &provider, "alice", &token).await;
}

#[tokio::test]
async fn j18_a_verifier_knows_the_keys_of_its_last_look() {
    let mut provider = small();
    let old = provider.user_token(alice("https://api.test/es256")).await;
    let before = door(&provider).await;
    admits(&before, &provider, "alice", &old).await;
    provider.restart(&["b", "a"]);
    let new = provider.user_token(alice("https://api.test/es256")).await;
    let during = door(&provider).await;
    admits(&during, &provider, "alice", &new).await;
    provider.restart(&["b"]);
    let after = door(&provider).await;
    admits(&before, &provider, "alice", &old).await;
    // Within the cooldown of its last look; `provider_outages.rs` waits for the next.
    before.refuses("a key of tomorrow", &new).await;
    admits(&during, &provider, "alice", &old).await;
    admits(&during, &provider, "alice", &new).await;
    after.refuses("a key of yesterday", &old).await;
    admits(&after, &provider, "alice", &new).await;
}

#[secure(get = "/tenant", role = "admin")]
async fn tenant(caller: Principal) -> String {
    caller.tenant().unwrap_or("none").to_owned()
}

#[tokio::test]
async fn j15_roles_and_tenant_come_from_the_provider() {
    let provider = small();
    let security = Security::builder(verifier(&provider).await).build().unwrap();
    let app = router(SecureRouter::new(security).mount(tenant).build().unwrap());
    let table = [
        (json!({ "roles": ["admin"], "tenant": "acme" }), 200),
        (json!({ "roles": ["user"], "tenant": "acme" }), 403),
        (json!({}), 403),
        (json!({ "roles": "admin", "tenant": "acme" }), 401),
    ];
    for (extra, status) in table {
        let mut asked = alice("https://api.test/es256");
        asked["claims"] = extra.clone();
        let credential = format!("Bearer {}", provider.user_token(asked).await);
        let answer = send(&app, get("/tenant", &[("authorization", &credential)])).await;
        assert_eq!(answer.status, status, "{extra}: {answer:?}");
        if status == 200 {
            assert_eq!(answer.body, b"acme");
        }
    }
}

#[tokio::test]
async fn d7_a_token_that_is_bound_to_a_key_is_no_bearer_token() {
    let provider = small();
    let door = door(&provider).await;
    let mut asked = alice("https://api.test/es256");
    admits(&door, &provider, "alice", &provider.user_token(asked.clone()).await).await;
    asked["jkt"] = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I".into();
    let bound = provider.user_token(asked).await;
    assert!(claims(&bound)["cnf"]["jkt"].is_string(), "the provider binds it");
    door.refuses("bound", &bound).await;
}
