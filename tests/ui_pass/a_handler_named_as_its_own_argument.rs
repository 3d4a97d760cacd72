#![deny(warnings)]
use axum::Json;
use axum::extract::Path;
use secure_runtime::secure;

mod support;

#[secure(get = "/users/{user_id}", authenticated, owner = "user_id", when = user_id.len() < 5)]
async fn user_id(Path(user_id): Path<String>) -> String {
    user_id
}

#[secure(post = "/orders", authenticated, when = order.len() < 5)]
async fn order(Json(order): Json<String>) -> String {
    let order = order + "!";
    order
}

fn main() {
    support::starts((user_id, order), 2);
}
