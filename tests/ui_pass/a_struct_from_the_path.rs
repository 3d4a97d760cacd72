#![deny(warnings)]
use axum::extract::{Path, Query};
use secure_runtime::{input, secure};

mod support;

#[input]
struct UserId(#[input(length(max = 64))] String);

#[input]
struct OrderPath {
    user_id: UserId,
    order_id: u64,
}

#[secure(get = "/users/{user_id}/orders/{order_id}", authenticated, owner = "p.user_id", shared = "p.order_id")]
async fn by_variable(Path(p): Path<OrderPath>) -> String {
    format!("{}/{}", p.user_id.0, p.order_id)
}

#[secure(post = "/users/{user_id}/orders/{order_id}", authenticated, owner = "user_id", shared = "order_id")]
async fn by_fields(Path(OrderPath { user_id, order_id }): Path<OrderPath>) -> String {
    format!("{}/{order_id}", user_id.0)
}

#[secure(put = "/users/{user_id}/orders/{order_id}", authenticated, owner = "p.0.user_id", shared = "p.0.order_id")]
async fn by_the_extractor(p: Path<OrderPath>, Query(all): Query<Vec<(String, String)>>) -> String {
    format!("{}/{} {}", p.user_id.0, p.order_id, all.len())
}

#[secure(patch = "/users/{user_id}/orders/{order_id}", authenticated, owner = "name", shared = "order_id", when = name.0.len() < 9 && user_id.0.len() < 9)]
async fn renamed(Path(OrderPath { user_id: ref user_id @ UserId(_), order_id }): Path<OrderPath>, Query((name,)): Query<(Name,)>) -> String {
    format!("{}/{order_id} {}", user_id.0, name.0)
}

#[input]
struct Name(#[input(length(max = 64))] String);

fn main() {
    support::starts((by_variable, by_fields, by_the_extractor, renamed), 4);
}
