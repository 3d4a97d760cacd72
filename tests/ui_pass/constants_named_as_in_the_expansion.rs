#![deny(warnings)]
#![allow(dead_code)]
use axum::Json;
use axum::extract::Path;
use secure_runtime::secure;

mod support;

const ANSWER: u32 = 42;
const POLICY: &str = "policy";
const ARGUMENT_0: u64 = 7;
const ARGUMENT_1: u64 = 8;
const STEPS: &str = "steps";
const LIMIT_0: u32 = 3;

secure_runtime::limits! { LIMIT_1 = "7/s"; }

#[secure(
    post = "/users/{user_id}",
    scope = "a | b",
    shared = "user_id",
    when = *user_id == ARGUMENT_0 || *number == ANSWER || POLICY == STEPS || *user_id < ARGUMENT_1,
    rate(LIMIT_1, cost = LIMIT_0)
)]
async fn show(Path(user_id): Path<u64>, Json(number): Json<u32>) -> String {
    let all = u64::from(ANSWER) + ARGUMENT_0 + ARGUMENT_1 + user_id + u64::from(number);
    format!("{all} {POLICY} {STEPS}")
}

fn main() {
    support::starts(show, 1);
}
