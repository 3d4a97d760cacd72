//! Keys as attackers send them: each is refused, and all of them alike.

use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use futures_util::FutureExt as _;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};

use super::stand::{DAY, Mode, START, Stand, forged, new_key, pepper, run, secret_of};
use crate::api_key::{MemoryStore, NewKey};
use crate::audit::Reason;
use crate::authn::api_key::form::Form;
use crate::authn::api_key::store::ApiKeyStore as _;
use crate::authz::RoleHierarchy;
use crate::{Principal, Problem};

/// All that a client gets to see.
fn seen(answer: Result<Principal, Problem>) -> (u16, Vec<(String, String)>, Vec<u8>) {
    let problem = answer.err().unwrap();
    assert_eq!(problem.reason(), Some(Reason::CredentialInvalid));
    let (parts, body) = problem.into_response().into_parts();
    let fields = parts.headers.iter();
    let fields = fields.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    let body = body.collect().now_or_never().unwrap().unwrap().to_bytes();
    (parts.status.as_u16(), fields.collect(), body.into())
}

#[test]
fn p2_a_key_names_a_client_and_its_rights() {
    run(async {
        let stand = Stand::new();
        let new = new_key().scope("write:orders").role("manager").tenant("acme");
        let (key, record) = stand.manager.issue(new).await.unwrap();
        let mut faults = Vec::new();
        let roles = RoleHierarchy::new()
            .role("manager", &["employee"])
            .role("employee", &[]);
        let roles = roles.prepare(&mut faults);
        let now = stand.clock.unix_seconds();
        let caller = stand.verifier.verify(key.expose(), now, &roles).await.unwrap();
        assert!(caller.is_client());
        assert_eq!((caller.issuer(), caller.subject()), ("urn:secure:api-key", "billing"));
        assert_eq!((caller.client_id(), caller.tenant()), (Some("billing"), Some("acme")));
        assert_eq!(caller.scopes().collect::<Vec<_>>(), ["read:orders", "write:orders"]);
        assert_eq!(caller.roles().collect::<Vec<_>>(), ["employee", "manager"]);
        assert_eq!(
            (caller.expires_at(), caller.token_id()),
            ((START + 864_000) as f64, Some(key.id()))
        );
        let expected = json!({
            "iss": "urn:secure:api-key", "sub": "billing", "client_id": "billing", "jti": record.id, "iat": START,
            "exp": START + 864_000, "scope": "read:orders write:orders", "roles": ["manager"], "tenant": "acme",
        });
        assert_eq!(caller.claims::<Value>().unwrap(), expected);

        // A role outside the hierarchy is one that nobody has.
        let (key, _) = stand.manager.issue(new_key().role("root")).await.unwrap();
        let caller = stand.verifier.verify(key.expose(), now, &roles).await.unwrap();
        assert_eq!((caller.roles().count(), caller.tenant()), (0, None));

        let named = stand.beside(|keys| keys.issuer("urn:acme:clients"));
        assert_eq!(named.verify(key.expose()).await.unwrap().issuer(), "urn:acme:clients");
        assert_eq!(named.verifier.issuer(), "urn:acme:clients");
    });
}

#[test]
fn p1_every_bad_key_gets_the_same_answer() {
    run(async {
        let stand = Stand::new();
        let (good, other) = (stand.issue().await, stand.issue().await);
        let expired = stand.manager.issue(NewKey::for_client("billing", DAY)).await.unwrap().0;
        let revoked = stand.issue().await;
        stand.manager.revoke(revoked.id()).await.unwrap();
        stand.clock.advance(DAY);
        assert!(stand.accepts(&good).await && stand.accepts(&other).await);

        let elsewhere = Stand::new().issue().await;
        let text = good.expose();
        let bad = [
            // The right id with another secret, and the other way round.
            forged("myapp", good.id(), &"A".repeat(43)),
            forged("myapp", good.id(), secret_of(&other)),
            forged("myapp", other.id(), secret_of(&good)),
            forged("myapp", &"A".repeat(12), secret_of(&good)),
            // As it looks, but from somewhere else.
            elsewhere.expose().to_owned(),
            forged("yours", good.id(), secret_of(&good)),
            expired.expose().to_owned(),
            revoked.expose().to_owned(),
            forged("myapp", revoked.id(), secret_of(&good)),
            // Not as it looks.
            text[..text.len() - 1].to_owned(),
            text[..40].to_owned(),
            format!("{text}0"),
            format!("{text} "),
            format!("Bearer {text}"),
            format!("{text},{}", other.expose()),
            text.to_lowercase(),
            "A".repeat(64 * 1024),
            forged("myapp", good.id(), &"A".repeat(64 * 1024)),
            String::new(),
            "' OR 1=1 --".to_owned(),
        ];
        let first = seen(stand.verify(&bad[0]).await);
        assert_eq!(first.0, 401);
        assert!(
            first.1.iter().any(|(name, _)| name == "www-authenticate"),
            "{:?}",
            first.1
        );
        for key in &bad {
            assert_eq!(seen(stand.verify(key).await), first, "{key:.100}");
        }
        assert!(stand.accepts(&good).await);
    });
}

#[test]
fn p1_what_is_no_key_costs_no_query() {
    run(async {
        let stand = Stand::new();
        let key = stand.issue().await;
        let mistyped = key.expose().replacen(secret_of(&key), &"z".repeat(43), 1);
        for text in [
            mistyped.as_str(),
            "",
            "myapp_",
            &key.expose()[1..],
            &"x".repeat(64 * 1024),
            &forged("yours", key.id(), secret_of(&key)),
        ] {
            assert_eq!(seen(stand.verify(text).await).0, 401);
        }
        assert_eq!(stand.store.finds.load(SeqCst), 0);
        assert!(stand.accepts(&key).await);
        assert_eq!(stand.store.finds.load(SeqCst), 1);
    });
}

#[test]
fn p1_a_digest_counts_for_its_own_id_and_pepper_only() {
    run(async {
        // Somebody who can write to the store gives the MAC of a key that they have to a record with more rights.
        let stand = Stand::new();
        let mine = stand.issue().await;
        let mut theirs = stand.record(stand.issue().await.id()).await;
        theirs.digest = stand.record(mine.id()).await.digest;
        theirs.id = "A".repeat(12);
        stand.store.insert(&theirs).await.unwrap();
        assert_eq!(
            seen(stand.verify(&forged("myapp", &theirs.id, secret_of(&mine))).await).0,
            401
        );
        assert_eq!(
            seen(stand.verify(&forged("myapp", &theirs.id, &"A".repeat(43))).await).0,
            401
        );
    });
}

#[test]
fn p1_the_pepper_rotates_and_keys_stay() {
    run(async {
        let before = Stand::new();
        let old = before.issue().await;
        let during = before.beside(|mut keys| {
            keys.pepper = pepper("b");
            keys.older_pepper(pepper("a"))
        });
        let new = during.issue().await;
        assert_eq!(before.record(new.id()).await.pepper, "b");
        assert!(during.accepts(&old).await && during.accepts(&new).await);
        // A machine that does not have the new pepper yet, and one that has lost the old one.
        assert!(before.accepts(&old).await && !before.accepts(&new).await);
        let after = before.beside(|mut keys| {
            keys.pepper = pepper("b");
            keys
        });
        assert!(!after.accepts(&old).await && after.accepts(&new).await);
        // The same id over another secret.
        let wrong = before.beside(|mut keys| {
            keys.pepper = crate::api_key::Pepper::new("a", [1; 32]);
            keys
        });
        assert!(!wrong.accepts(&old).await);
    });
}

#[test]
fn p1_a_store_that_is_away_denies_with_503() {
    run(async {
        let stand = Stand::new();
        let key = stand.issue().await;
        for fail in [Mode::broken, Mode::hung] {
            fail(&stand.store.find_is);
            for text in [key.expose(), &forged("myapp", key.id(), &"A".repeat(43))] {
                let began = std::time::Instant::now();
                let problem = stand.verify(text).await.err().unwrap();
                assert!(began.elapsed() < Duration::from_secs(5));
                assert_eq!(problem.status(), StatusCode::SERVICE_UNAVAILABLE);
                assert!(problem.private_cause().is_some());
                let shown = String::from_utf8(problem.document()).unwrap();
                assert!(!shown.contains("fire") && !shown.contains("store"), "{shown}");
            }
        }
    });
}

#[test]
fn g3_no_key_is_in_what_is_written_of_it() {
    run(async {
        let stand = Stand::new();
        let (key, record) = stand.manager.issue(new_key()).await.unwrap();
        let refused = stand
            .verify(&forged("myapp", key.id(), &"S".repeat(43)))
            .await
            .err()
            .unwrap();
        let caller = stand.verify(key.expose()).await.unwrap();
        let digest = format!("{:?}", record.digest.as_bytes());
        for shown in [
            format!("{refused:?} {}", String::from_utf8(refused.document()).unwrap()),
            format!(
                "{record:?} {caller:?} {:?} {:?}",
                stand.manager,
                caller.claims::<Value>().unwrap()
            ),
            format!("{:?} {:?} {:?}", new_key(), MemoryStore::new(), pepper("a")),
        ] {
            let (secret, forged) = (secret_of(&key), "S".repeat(43));
            assert!(
                !shown.contains(secret) && !shown.contains(&forged) && !shown.contains(&digest),
                "{shown}"
            );
        }
        assert_eq!(Form::new("myapp").unwrap().len(), key.expose().len());
    });
}
