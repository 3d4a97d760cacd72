//! The contract of a store of API keys, method by method.

use secure_runtime::api_key::{ApiKeyStore, Digest, LAST_USE_STEP, MAX_LISTED, Record, StoreError};

pub(super) const NOW: u64 = 1_800_000_000;

/// Every rule that [`ApiKeyStore`] states.
pub(super) async fn keeps_the_contract(store: &impl ApiKeyStore) {
    keeps_what_is_inserted(store).await;
    lists_the_newest_first(store).await;
    replaces_what_may_be_replaced(store).await;
    revokes_for_good(store).await;
    notes_uses_by_the_minute(store).await;
    forgets_what_expired(store).await;
}

async fn keeps_what_is_inserted(store: &impl ApiKeyStore) {
    assert!(store.find("Aa").await.unwrap().is_none());
    let full = Record {
        client: "Client".to_owned(),
        tenant: Some("Müller ' \" \\ % _ ; -- 中".to_owned()),
        scope: "read:a write:b".to_owned(),
        roles: "r1 r2".to_owned(),
        revoked_at: Some(NOW + 1),
        last_used_at: Some(NOW + 2),
        replaced_by: Some("b".to_owned()),
        digest: Digest::from_bytes(std::array::from_fn(|i| u8::try_from(i * 8).unwrap())),
        ..record("Aa")
    };
    store.insert(&full).await.unwrap();
    assert_eq!(store.find("Aa").await.unwrap().unwrap(), full);
    let plain = record("plain");
    store.insert(&plain).await.unwrap();
    assert_eq!(store.find("plain").await.unwrap().unwrap(), plain);

    // A second of the same id changes nothing.
    let taken = store
        .insert(&Record {
            client: "thief".to_owned(),
            ..record("Aa")
        })
        .await;
    assert!(matches!(taken, Err(StoreError::Taken)));
    assert_eq!(store.find("Aa").await.unwrap().unwrap(), full);

    for other in ["aA", "AA", "aa", "A", "Aa ", " Aa", "%", "A_", "' OR '1'='1", "Áa", ""] {
        assert!(store.find(other).await.unwrap().is_none(), "{other:?}");
    }
}

async fn lists_the_newest_first(store: &impl ApiKeyStore) {
    assert!(store.list("lister").await.unwrap().is_empty());
    for i in [2, 0, 1] {
        let id = format!("list{i}");
        let listed = Record {
            client: "lister".to_owned(),
            created_at: NOW + i,
            ..record(&id)
        };
        store.insert(&listed).await.unwrap();
    }
    let ids = async |client: &str| -> Vec<String> {
        store
            .list(client)
            .await
            .unwrap()
            .into_iter()
            .map(|record| record.id)
            .collect()
    };
    assert_eq!(ids("lister").await, ["list2", "list1", "list0"]);
    for other in ["Lister", "liste", "lister ", "%", "' OR '1'='1"] {
        assert!(ids(other).await.is_empty(), "{other:?}");
    }
    for i in 0..MAX_LISTED {
        let id = format!("many{i}");
        store
            .insert(&Record {
                client: "many".to_owned(),
                ..record(&id)
            })
            .await
            .unwrap();
    }
    let newest = Record {
        client: "many".to_owned(),
        created_at: NOW + 1,
        ..record("many")
    };
    store.insert(&newest).await.unwrap();
    let listed = ids("many").await;
    assert_eq!((listed.len(), listed[0].as_str()), (MAX_LISTED, "many"));
}

async fn replaces_what_may_be_replaced(store: &impl ApiKeyStore) {
    store.insert(&record("old")).await.unwrap();
    assert!(store.replace("old", &record("new"), NOW + 10, NOW).await.unwrap());
    let old = store.find("old").await.unwrap().unwrap();
    assert_eq!((old.expires_at, old.replaced_by.as_deref()), (NOW + 10, Some("new")));
    assert_eq!(store.find("new").await.unwrap().unwrap(), record("new"));

    // What ends sooner anyway is not prolonged.
    assert!(store.replace("new", &record("newer"), NOW + 5_000, NOW).await.unwrap());
    assert_eq!(
        store.find("new").await.unwrap().unwrap().expires_at,
        record("new").expires_at
    );

    store
        .insert(&Record {
            revoked_at: Some(NOW),
            ..record("revoked")
        })
        .await
        .unwrap();
    store
        .insert(&Record {
            expires_at: NOW,
            ..record("expired")
        })
        .await
        .unwrap();
    for ended in ["old", "revoked", "expired", "nobody"] {
        let before = store.find(ended).await.unwrap();
        assert!(
            !store.replace(ended, &record("never"), NOW + 10, NOW).await.unwrap(),
            "{ended}"
        );
        assert_eq!(store.find(ended).await.unwrap(), before);
        assert!(store.find("never").await.unwrap().is_none());
    }

    // All of it or nothing: the successor's id is taken.
    let before = store.find("newer").await.unwrap();
    let taken = store.replace("newer", &record("plain"), NOW + 10, NOW).await;
    assert!(matches!(taken, Err(StoreError::Taken)));
    assert_eq!(store.find("newer").await.unwrap(), before);
}

async fn revokes_for_good(store: &impl ApiKeyStore) {
    store.insert(&record("revoke")).await.unwrap();
    assert!(store.revoke("revoke", NOW + 3).await.unwrap());
    assert!(store.revoke("revoke", NOW + 9).await.unwrap());
    let expected = Record {
        revoked_at: Some(NOW + 3),
        ..record("revoke")
    };
    assert_eq!(store.find("revoke").await.unwrap().unwrap(), expected);
    assert!(!store.revoke("Revoke", NOW).await.unwrap());
}

async fn notes_uses_by_the_minute(store: &impl ApiKeyStore) {
    store.insert(&record("used")).await.unwrap();
    let used = async |now: u64| {
        store.touch("used", now).await.unwrap();
        store.find("used").await.unwrap().unwrap().last_used_at
    };
    assert_eq!(used(NOW).await, Some(NOW));
    assert_eq!(used(NOW + LAST_USE_STEP - 1).await, Some(NOW));
    assert_eq!(used(NOW + LAST_USE_STEP).await, Some(NOW + LAST_USE_STEP));
    // Time that is told by another machine does not run backwards.
    assert_eq!(used(NOW).await, Some(NOW + LAST_USE_STEP));
    store.touch("nobody", NOW).await.unwrap();
    assert!(store.find("nobody").await.unwrap().is_none());
}

async fn forgets_what_expired(store: &impl ApiKeyStore) {
    for (id, expires_at) in [("gone", 99), ("revoked and gone", 98), ("there", 100)] {
        let revoked_at = id.starts_with("revoked").then_some(1);
        store
            .insert(&Record {
                expires_at,
                revoked_at,
                ..record(id)
            })
            .await
            .unwrap();
    }
    assert_eq!(store.forget(100).await.unwrap(), 2);
    assert_eq!(store.forget(100).await.unwrap(), 0);
    for (id, stays) in [
        ("gone", false),
        ("revoked and gone", false),
        ("there", true),
        ("plain", true),
    ] {
        assert_eq!(store.find(id).await.unwrap().is_some(), stays, "{id}");
    }
}

/// A record that is live at [`NOW`].
pub(super) fn record(id: &str) -> Record {
    Record {
        id: id.to_owned(),
        prefix: "myapp".to_owned(),
        digest: Digest::from_bytes([0xd1; 32]),
        pepper: "a".to_owned(),
        client: "anybody".to_owned(),
        tenant: None,
        scope: String::new(),
        roles: String::new(),
        created_at: NOW,
        expires_at: NOW + 1_000,
        revoked_at: None,
        last_used_at: None,
        replaced_by: None,
    }
}
