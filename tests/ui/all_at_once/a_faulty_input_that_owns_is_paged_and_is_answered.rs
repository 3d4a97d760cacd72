use axum::Json;
use axum::extract::{Path, Query};
use secure_runtime::{Page, SecureRouter, Security, input, output, secure};

#[input]
#[output]
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct UserId(#[input(lenght(max = 64))] #[expose] String);

#[input]
struct Search {
    name: String,
}

#[output]
#[serde(tag = "kind")]
enum Found {
    User {
        user_id: UserId,
    },
}

#[input]
#[serde(tag = "kind")]
enum Change<T> {
    Nothing,
    To { user_id: UserId, value: T },
}

#[secure(get = "/users/{user_id}", authenticated, owner = "user_id")]
async fn list(Path(user_id): Path<UserId>, Query(search): Query<Search>) -> Json<Page<Found>> {
    let items = vec![Found::User { user_id }];
    Json(Page { items, next: Some(search.name) })
}

#[secure(post = "/users/{user_id}", authenticated, owner = "user_id", when = caller.has_scope("x"))]
async fn change(Path(user_id): Path<UserId>, Json(change): Json<Vec<Change<u8>>>) -> Json<UserId> {
    let first = change.into_iter().next();
    Json(match first {
        Some(Change::To { user_id, value: 1 }) => user_id,
        _ => user_id.clone(),
    })
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount((list, change))
}

fn main() {}
