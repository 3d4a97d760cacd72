//! What of a profile who may change, and who may see.

use secure_runtime::testing::TestToken;
use serde_json::{Value, json};

use crate::example_stand::Stand;
use crate::support::{Answer, get, request};

const SCOPES: &str = "read:profile write:profile";
const ADMIN: &str = "read:profile write:profile admin:users";

async fn put(stand: &Stand, token: TestToken<'_>, user: &str, update: &str) -> Answer {
    let authorization = format!("Bearer {}", token.sign());
    let headers = [
        ("authorization", authorization.as_str()),
        ("content-type", "application/json"),
    ];
    let path = format!("/users/{user}/profile");
    stand.ask(request("PUT", &path, &headers, update.to_owned())).await.0
}

async fn see(stand: &Stand, token: TestToken<'_>, user: &str) -> Value {
    let authorization = format!("Bearer {}", token.sign());
    let path = format!("/users/{user}/profile");
    let (answer, _) = stand.ask(get(&path, &[("authorization", &authorization)])).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

async fn role_of(stand: &Stand, user: &'static str) -> String {
    let query = stand.db.query(move |connection| {
        connection.query_row("SELECT role FROM profiles WHERE user_id = ?1", [user], |row| row.get(0))
    });
    query.await.unwrap()
}

/// API3, Z4: nobody promotes themselves, however the member is written; and nothing else of the request is carried out.
#[tokio::test]
async fn z4_mass_assignment_of_a_role_is_403_and_changes_nothing() {
    for role in [
        "\"role\":\"manager\"",
        "\"\\u0072ole\":\"manager\"",
        "\"role\":\"root\"",
        "\"role\":7",
    ] {
        let stand = Stand::new();
        let update = format!("{{\"name\":\"Mallory\",\"bio\":\"\",{role}}}");
        let answer = put(&stand, stand.token("alice").scope(SCOPES), "alice", &update).await;
        answer.assert_problem(403);
        assert_eq!(answer.json()["errors"][0]["pointer"], "#/role", "{role}");
        assert_eq!(role_of(&stand, "alice").await, "customer", "{role}");
        let name = see(&stand, stand.token("alice").scope(SCOPES), "alice").await["name"].clone();
        assert_eq!(name, "Alice Example", "{role}");
    }
    // What is no member at all is none for anybody.
    for unknown in ["Role", "roles", "is_admin", "user_id", "email"] {
        let stand = Stand::new();
        let update = format!("{{\"name\":\"M\",\"bio\":\"\",\"{unknown}\":\"x\"}}");
        let answer = put(&stand, stand.token("root").scope(ADMIN), "alice", &update).await;
        answer.assert_problem(422);
        assert_eq!(answer.json()["errors"][0]["pointer"], format!("#/{unknown}"));
    }
}

#[tokio::test]
async fn z4_an_administrator_gives_roles_that_there_are() {
    let stand = Stand::new();
    let update = |role: &str| json!({ "name": "Alice", "bio": "b", "role": role }).to_string();
    let admin = || stand.token("root").scope(ADMIN);
    let answer = put(&stand, admin(), "alice", &update("manager")).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["role"]),
        (200, &json!("manager"))
    );
    assert_eq!(role_of(&stand, "alice").await, "manager");
    put(&stand, admin(), "alice", &update("emperor"))
        .await
        .assert_problem(422);
    // Left out, it stays what it is.
    let answer = put(&stand, admin(), "alice", r#"{"name":"Alice","bio":""}"#).await;
    assert_eq!(answer.json()["role"], "manager");
}

/// API3: the bytes have what the caller may see, and nothing else.
#[tokio::test]
async fn z4_only_administrators_see_roles() {
    let stand = Stand::new();
    let own = see(&stand, stand.token("alice").scope(SCOPES), "alice").await;
    let all = ["bio", "email", "name", "user_id"];
    assert_eq!(own.as_object().unwrap().keys().collect::<Vec<_>>(), all, "{own}");
    let full = see(&stand, stand.token("root").scope(ADMIN), "alice").await;
    assert_eq!(
        (&full["role"], &full["email"]),
        (&json!("customer"), &json!("alice@example.com"))
    );
}

/// The owner's number is nobody's to see, and the database's other columns neither.
#[tokio::test]
async fn z4_an_order_does_not_say_whose_it_is() {
    let stand = Stand::new();
    let authorization = format!("Bearer {}", stand.token("alice").scope("read:orders").sign());
    for path in ["/orders/1", "/users/alice/orders"] {
        let (answer, _) = stand.ask(get(path, &[("authorization", &authorization)])).await;
        assert!(!String::from_utf8(answer.body).unwrap().contains("user"), "{path}");
    }
}

/// B4, B6: pages have a size, and the query says each thing once.
#[tokio::test]
async fn b4_pages_are_bounded() {
    let page = |query: &'static str| async move {
        let stand = Stand::new();
        let authorization = format!("Bearer {}", stand.token("alice").scope("read:orders").sign());
        let path = format!("/users/alice/orders{query}");
        stand.ask(get(&path, &[("authorization", &authorization)])).await.0
    };
    let first = page("?limit=1").await.json();
    assert_eq!(
        (first["items"].as_array().unwrap().len(), &first["next"]),
        (1, &json!("1"))
    );
    let second = page("?limit=1&after=1").await.json();
    assert_eq!((&second["items"][0]["id"], &second["next"]), (&json!(2), &Value::Null));
    for (query, status) in [
        ("?limit=0", 422),
        ("?limit=101", 422),
        ("?limit=-1", 422),
        ("?limit=1e2", 422),
        ("?offset=5", 422),
        ("?limit=1&limit=100", 400),
        ("?limit=%31%", 400),
        ("?after=%ff", 400),
        ("?after=1%20OR%201=1", 404),
    ] {
        page(query).await.assert_problem(status);
    }
}
