//! How keys end, are replaced and are listed, and what is noted of their use.

use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use axum::http::StatusCode;

use super::stand::{DAY, START, Stand, new_key, run};
use crate::Problem;
use crate::api_key::{ManageError, NewKey};
use crate::authn::api_key::store::ApiKeyStore as _;

#[test]
fn p1_a_key_ends_at_its_second() {
    run(async {
        let stand = Stand::new();
        let key = stand.issue().await;
        stand.clock.advance(10 * DAY - Duration::from_millis(1));
        assert!(stand.accepts(&key).await);
        stand.clock.advance(Duration::from_millis(1));
        assert!(!stand.accepts(&key).await);
    });
}

#[test]
fn p1_a_clock_that_cannot_be_right_ends_all_keys() {
    run(async {
        let stand = Stand::new();
        let key = stand.issue().await;
        let roles = crate::RoleHierarchy::new();
        for now in [f64::INFINITY, f64::NAN] {
            assert!(stand.verifier.verify(key.expose(), now, &roles).await.is_err(), "{now}");
        }
    });
}

#[test]
fn p1_a_revoked_key_ends_at_once_and_stays_ended() {
    run(async {
        let stand = Stand::new();
        let (key, other) = (stand.issue().await, stand.issue().await);
        assert!(stand.accepts(&key).await);
        stand.manager.revoke(key.id()).await.unwrap();
        assert!(!stand.accepts(&key).await && stand.accepts(&other).await);
        stand.clock.advance(DAY);
        stand.manager.revoke(key.id()).await.unwrap();
        assert_eq!(stand.record(key.id()).await.revoked_at, Some(START));
        let unknown = stand.manager.revoke("nobody").await;
        assert!(matches!(unknown, Err(ManageError::Unknown)));
    });
}

#[test]
fn p1_a_rotated_key_is_good_for_the_overlap_and_no_longer() {
    run(async {
        let stand = Stand::new();
        let new = new_key().role("manager").tenant("acme");
        let (old, before) = stand.manager.issue(new).await.unwrap();
        stand.clock.advance(DAY);
        let (new, after) = stand.manager.rotate(old.id(), DAY).await.unwrap();
        assert_eq!((&after.client, &after.tenant), (&before.client, &before.tenant));
        assert_eq!((&after.scope, &after.roles), (&before.scope, &before.roles));
        assert_eq!(
            (after.created_at, after.expires_at),
            (START + 86_400, START + 11 * 86_400)
        );
        let replaced = stand.record(old.id()).await;
        assert_eq!(
            (replaced.expires_at, replaced.replaced_by.as_deref()),
            (START + 2 * 86_400, Some(new.id()))
        );

        stand.clock.advance(DAY - Duration::from_secs(1));
        assert!(stand.accepts(&old).await && stand.accepts(&new).await);
        stand.clock.advance(Duration::from_secs(1));
        assert!(!stand.accepts(&old).await && stand.accepts(&new).await);
    });
}

#[test]
fn p1_rotation_never_prolongs_the_old_key() {
    run(async {
        let stand = Stand::new();
        let old = stand.issue().await;
        stand.clock.advance(9 * DAY);
        let (new, _) = stand.manager.rotate(old.id(), Duration::MAX).await.unwrap();
        stand.clock.advance(DAY);
        assert!(!stand.accepts(&old).await && stand.accepts(&new).await);

        let (newer, _) = stand.manager.rotate(new.id(), Duration::ZERO).await.unwrap();
        assert!(!stand.accepts(&new).await && stand.accepts(&newer).await);

        // The maximum was lowered meanwhile.
        let strict = stand.beside(|keys| keys.max_lifetime(DAY));
        let (newest, record) = strict.manager.rotate(newer.id(), Duration::ZERO).await.unwrap();
        assert_eq!(record.expires_at - record.created_at, 86_400);
        assert!(strict.accepts(&newest).await);
    });
}

#[test]
fn p1_a_key_that_ended_has_no_successor_and_no_key_has_two() {
    run(async {
        let stand = Stand::new();
        let rotate = async |id: &str| stand.manager.rotate(id, DAY).await.map(drop);
        let (replaced, revoked, expired) = (stand.issue().await, stand.issue().await, stand.issue().await);
        rotate(replaced.id()).await.unwrap();
        stand.manager.revoke(revoked.id()).await.unwrap();
        for ended in [&replaced, &revoked] {
            assert!(matches!(rotate(ended.id()).await, Err(ManageError::Ended)));
        }
        stand.clock.advance(10 * DAY);
        assert!(matches!(rotate(expired.id()).await, Err(ManageError::Ended)));
        assert!(matches!(rotate("nobody").await, Err(ManageError::Unknown)));
        // Nothing was added by those that failed.
        assert_eq!(stand.manager.list("billing").await.unwrap().len(), 4);
    });
}

#[test]
fn p1_what_cannot_be_is_not_issued() {
    run(async {
        let stand = Stand::new();
        for bad in [
            NewKey::for_client("", DAY),
            NewKey::for_client("billing", Duration::ZERO),
            NewKey::for_client("billing", 366 * DAY),
            new_key().scope("a b"),
        ] {
            assert!(matches!(stand.manager.issue(bad).await, Err(ManageError::Invalid(_))));
        }
        assert!(
            stand
                .manager
                .issue(NewKey::for_client("billing", 365 * DAY))
                .await
                .is_ok()
        );
        assert_eq!(stand.manager.list("billing").await.unwrap().len(), 1);
    });
}

#[test]
fn records_of_ended_keys_are_forgotten_when_they_are_asked_to_be() {
    run(async {
        let stand = Stand::new();
        let (key, revoked) = (stand.issue().await, stand.issue().await);
        stand.manager.revoke(revoked.id()).await.unwrap();
        stand.clock.advance(10 * DAY);
        assert_eq!(stand.manager.forget_expired(Duration::ZERO).await.unwrap(), 0);
        stand.clock.advance(Duration::from_secs(1));
        assert_eq!(stand.manager.forget_expired(DAY).await.unwrap(), 0);
        assert_eq!(stand.manager.forget_expired(Duration::ZERO).await.unwrap(), 2);
        assert!(stand.store.find(key.id()).await.unwrap().is_none());
    });
}

#[test]
fn a_use_is_noted_once_a_minute() {
    run(async {
        let stand = Stand::new();
        let key = stand.issue().await;
        let last_use = async || {
            tokio::task::yield_now().await;
            stand.record(key.id()).await.last_used_at
        };
        assert!(stand.verify(&key.expose()[1..]).await.is_err());
        assert_eq!(last_use().await, None);
        for _ in 0..100 {
            assert!(stand.accepts(&key).await);
        }
        assert_eq!(last_use().await, Some(START));
        stand.clock.advance(Duration::from_secs(59));
        assert!(stand.accepts(&key).await);
        assert_eq!(last_use().await, Some(START));
        assert_eq!(stand.store.touches.load(SeqCst), 1);
        stand.clock.advance(Duration::from_secs(1));
        assert!(stand.accepts(&key).await);
        assert_eq!(last_use().await, Some(START + 60));
        assert_eq!(stand.store.touches.load(SeqCst), 2);

        stand.manager.revoke(key.id()).await.unwrap();
        stand.clock.advance(DAY);
        assert!(!stand.accepts(&key).await);
        assert_eq!(last_use().await, Some(START + 60));
    });
}

#[test]
fn a_use_that_cannot_be_noted_is_in_nobodys_way() {
    run(async {
        let stand = Stand::new();
        stand.store.touch_is.broken();
        let key = stand.issue().await;
        assert!(stand.accepts(&key).await);
        tokio::task::yield_now().await;
        assert!(stand.accepts(&key).await);
        tokio::task::yield_now().await;

        stand.store.touch_is.hung();
        let mut keys = vec![];
        for _ in 0..40 {
            keys.push(stand.issue().await);
        }
        let began = std::time::Instant::now();
        for _ in 0..3 {
            for key in &keys {
                assert!(stand.accepts(key).await);
                tokio::task::yield_now().await;
            }
        }
        assert!(began.elapsed() < Duration::from_secs(5));
        // 2 of the first key, which failed and were tried again; then as many as may hang at once.
        assert_eq!(stand.store.touches.load(SeqCst), 2 + 16);
    });
}

#[test]
fn errors_of_managing_have_their_status() {
    let status = |error: ManageError| Problem::from(error).status();
    assert_eq!(status(ManageError::Invalid("why")), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(status(ManageError::Unknown), StatusCode::NOT_FOUND);
    assert_eq!(status(ManageError::Ended), StatusCode::CONFLICT);
    assert_eq!(status(ManageError::System("why")), StatusCode::INTERNAL_SERVER_ERROR);
    let away = crate::api_key::StoreError::Failed("secret of the house".into());
    let problem = Problem::from(ManageError::from(away));
    assert_eq!(problem.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(!String::from_utf8(problem.document()).unwrap().contains("house"));
}
