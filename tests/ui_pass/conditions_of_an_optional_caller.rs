#![deny(warnings)]
use axum::Json;
use axum::extract::Path;
use secure_runtime::{Principal, secure};

mod support;

#[secure(get = "/drafts/{id}", optional, shared = "id", when = caller.is_some_and(|caller| caller.has_scope("drafts")))]
async fn drafts(Path(id): Path<u64>) -> String {
    id.to_string()
}

#[secure(post = "/orders", optional, when = *amount < 5 || caller.is_some_and(Principal::is_client))]
async fn orders_post(Json(amount): Json<u64>, ) -> String {
    amount.to_string()
}

#[secure(get = "/match", optional, when = match caller { Some(caller) => caller.tenant().is_some(), None => true })]
async fn matched(caller: Option<Principal>) -> String {
    caller.map_or_else(String::new, |caller| caller.subject().to_owned())
}

#[secure(get = "/users/{user_id}", optional, owner = "user_id", when = caller.map(|c| c.subject()) != Some("x"))]
async fn owned(Path(user_id): Path<String>) -> String {
    user_id
}

fn main() {
    support::starts((drafts, orders_post, matched, owned), 4);
}
