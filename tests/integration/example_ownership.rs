//! Whose things are: hidden orders, tenants, approvals.

use secure_runtime::testing::TestToken;
use serde_json::json;

use crate::example_stand::Stand;
use crate::support::{Answer, get, request};

async fn get_as(stand: &Stand, token: TestToken<'_>, path: &str) -> (Answer, u64) {
    let authorization = format!("Bearer {}", token.sign());
    stand.ask(get(path, &[("authorization", &authorization)])).await
}

/// Asks a fresh example as alice: the same caller, the same limits, nothing but the path differs.
async fn order(path: &str) -> (Answer, u64) {
    let stand = Stand::new();
    let (mut answer, queries) = get_as(&stand, stand.token("alice").scope("read:orders"), path).await;
    // The one header that is never the same twice, whatever is refused.
    let named = answer.headers.remove("x-request-id").is_some();
    assert_eq!(named, answer.status != 200, "{answer:?}");
    (answer, queries)
}

#[tokio::test]
async fn z3_somebody_elses_order_looks_like_one_that_does_not_exist() {
    let (own, queries) = order("/orders/1").await;
    assert_eq!(
        (own.status.as_u16(), queries),
        (200, 1),
        "one load, and no second query"
    );
    let (absent, queries) = order("/orders/999").await;
    absent.assert_problem(404);
    assert_eq!(queries, 1);
    // Bob's order.
    let (hidden, queries) = order("/orders/3").await;
    assert_eq!(hidden.status, absent.status);
    assert_eq!(hidden.body, absent.body);
    // Not only the same names: the same values as well.
    assert_eq!(hidden.headers, absent.headers);
    assert_eq!(queries, 1, "the same work is done for both");
}

/// What is wrong with a number is said before it is asked whose the order is, so it says nothing about whose it is.
#[tokio::test]
async fn z3_a_malformed_number_is_refused_before_anything_is_loaded() {
    for number in [
        "x",
        "1x",
        "%31x",
        "1.0",
        "99999999999999999999",
        "%20",
        "%ff",
        "%001",
        "1%00",
    ] {
        let (refused, queries) = order(&format!("/orders/{number}")).await;
        refused.assert_problem(400);
        assert_eq!(queries, 0, "{number}");
    }
    for number in ["0", "-1"] {
        let (refused, queries) = order(&format!("/orders/{number}")).await;
        refused.assert_problem(422);
        assert_eq!(queries, 0, "{number}");
    }
}

#[tokio::test]
async fn z5_the_tenant_comes_from_the_token_alone() {
    let hints = ["", "?tenant=globex", "?org_id=globex", "?tenant=acme&tenant=globex"];
    let headers = [
        "x-tenant",
        "x-tenant-id",
        "x-org-id",
        "x-forwarded-host",
        "tenant",
        "cookie",
    ];
    for (org, allowed) in [("acme", true), ("globex", false)] {
        for hint in hints {
            let stand = Stand::new();
            let token = stand.token("alice").tenant("acme").scope("read:reports").sign();
            let mut all = vec![("authorization", format!("Bearer {token}"))];
            all.extend(headers.map(|name| (name, "tenant=globex; globex".to_owned())));
            let all: Vec<_> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let (answer, queries) = stand
                .ask(get(&format!("/organisations/{org}/report{hint}"), &all))
                .await;
            if allowed {
                assert_eq!((answer.status.as_u16(), queries), (200, 1), "{org}{hint}");
                assert_eq!(answer.json(), json!({ "revenue": 120_000 }), "{org}{hint}");
            } else {
                answer.assert_problem(403);
                assert_eq!(answer.json()["detail"], "this belongs to another tenant");
                assert_eq!(queries, 0, "{org}{hint}");
            }
        }
    }
}

#[tokio::test]
async fn z5_a_subject_or_scope_is_no_tenant() {
    let stand = Stand::new();
    // Everything says `acme`, but the claim that counts.
    let token = stand
        .token("acme")
        .claim("org_id", "acme")
        .claim("organisation", "acme");
    let token = token
        .roles(&["acme", "vice-president"])
        .scope("read:reports acme admin:users");
    for token in [token.clone(), token.tenant("globex")] {
        let (answer, queries) = get_as(&stand, token, "/organisations/acme/report").await;
        answer.assert_problem(403);
        assert_eq!(queries, 0);
    }
}

/// Approves an order of this amount on a fresh example; the answer, the queries, and which orders are approved then.
async fn approve(roles: &[&str], scope: &str, order: u64, amount: i64) -> (Answer, u64, Vec<i64>) {
    let stand = Stand::new();
    let token = stand.token("mona").scope(scope).roles(roles).sign();
    let authorization = format!("Bearer {token}");
    let headers = [
        ("authorization", authorization.as_str()),
        ("content-type", "application/json"),
    ];
    let uri = format!("/orders/{order}/approval");
    let (answer, queries) = stand
        .ask(request("POST", &uri, &headers, json!({ "amount": amount }).to_string()))
        .await;
    let approved = stand.db.query(|connection| {
        let mut statement = connection.prepare("SELECT id FROM orders WHERE approved ORDER BY id")?;
        let ids = statement.query_map((), |row| row.get(0))?;
        ids.collect()
    });
    let approved = approved.await.unwrap();
    (answer, queries, approved)
}

const SCOPE: &str = "approve:orders";

#[tokio::test]
async fn z6_managers_approve_below_ten_thousand() {
    let (answer, queries, approved) = approve(&["manager"], SCOPE, 1, 4000).await;
    assert_eq!((answer.status.as_u16(), queries, approved), (204, 1, vec![1]));
    // The last cent below the condition's edge reaches the handler, which knows no such order …
    let (answer, queries, approved) = approve(&["manager"], SCOPE, 1, 9999).await;
    answer.assert_problem(409);
    assert_eq!((queries, approved), (1, vec![]));
    // … and the edge itself does not.
    for amount in [10_000, 10_001, 25_000, i64::MAX] {
        let (answer, queries, approved) = approve(&["manager"], SCOPE, 2, amount).await;
        answer.assert_problem(403);
        assert_eq!(answer.json()["detail"], "the conditions of this endpoint are not met");
        assert_eq!(answer.header("www-authenticate"), None);
        assert_eq!((queries, approved), (0, vec![]), "{amount}");
    }
}

#[tokio::test]
async fn z6_vice_presidents_approve_any_amount() {
    for (order, amount) in [(1, 4000), (2, 25_000)] {
        // The role alone is enough: it includes `manager`.
        let (answer, queries, approved) = approve(&["vice-president"], SCOPE, order, amount).await;
        assert_eq!((answer.status.as_u16(), queries), (204, 1), "{amount}");
        assert_eq!(approved, [i64::try_from(order).unwrap()]);
    }
}

/// The amount that was checked is the amount that is approved: naming a small one does not approve a large order.
#[tokio::test]
async fn z9_a_manager_cannot_approve_a_large_order_by_calling_it_small() {
    let (answer, queries, approved) = approve(&["manager"], SCOPE, 2, 1).await;
    answer.assert_problem(409);
    assert_eq!((queries, approved), (1, vec![]));
}

#[tokio::test]
async fn z6_without_the_role_nothing_is_approved() {
    let others: [&[&str]; 6] = [
        &[],
        &["employee"],
        &["Manager"],
        &["managers"],
        &["admin"],
        &["vice-president2"],
    ];
    for roles in others {
        for (order, amount) in [(1, 4000), (2, 25_000)] {
            let (answer, queries, approved) = approve(roles, SCOPE, order, amount).await;
            answer.assert_problem(403);
            assert_eq!(
                answer.json()["detail"],
                "this needs a role that the caller does not have"
            );
            assert_eq!((queries, approved), (0, vec![]), "{roles:?} {amount}");
        }
    }
}

#[tokio::test]
async fn z6_without_the_scope_no_role_approves() {
    for role in ["manager", "vice-president"] {
        for scope in ["", "approve", "approve:orders2", "read:orders admin:users"] {
            let (answer, queries, approved) = approve(&[role], scope, 1, 4000).await;
            answer.assert_problem(403);
            let challenge = answer.header("www-authenticate").unwrap();
            assert!(challenge.ends_with("scope=\"approve:orders\""), "{challenge}");
            assert_eq!((queries, approved), (0, vec![]), "{role} {scope}");
        }
    }
}

/// B5: which rule is broken, and where. A vice president's role does not lift the rules of the input.
#[tokio::test]
async fn b5_amounts_that_are_none_are_422() {
    for amount in [0, -1, i64::MIN] {
        let (answer, queries, approved) = approve(&["vice-president"], SCOPE, 1, amount).await;
        answer.assert_problem(422);
        let errors = json!([{ "detail": "lower than 1", "pointer": "#/amount", "rule": "range" }]);
        assert_eq!(answer.json()["errors"], errors);
        assert_eq!((queries, approved), (0, vec![]), "{amount}");
    }
}
