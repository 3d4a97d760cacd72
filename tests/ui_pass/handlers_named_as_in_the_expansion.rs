#![deny(warnings)]
use axum::Json;
use axum::extract::{Path, State};
use secure_runtime::secure;

mod support;

#[secure(get = "/gate", authenticated)]
async fn gate() {}

#[secure(get = "/state", authenticated)]
async fn state() {}

#[secure(get = "/call", authenticated)]
async fn call() {}

#[secure(get = "/argument", authenticated)]
async fn argument_0() {}

#[secure(get = "/argument/1", authenticated)]
async fn argument_1() {}

#[secure(post = "/users/{user_id}", authenticated, owner = "user_id", when = caller.has_scope("x") && text.len() < 5)]
async fn show(State(()): State<()>, Path(user_id): Path<String>, Json(text): Json<String>) -> String {
    user_id + &text
}

fn main() {
    support::starts((gate, state, call, argument_0, argument_1, show), 6);
}
