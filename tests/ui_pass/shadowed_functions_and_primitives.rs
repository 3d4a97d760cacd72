#![deny(warnings)]
#![allow(dead_code, non_camel_case_types, non_snake_case)]
use axum::extract::Path;
use secure_runtime::secure;

mod support;

struct bool;
struct str;
struct u32;
struct usize;
fn Ok() {}
fn Err() {}
fn Some() {}
fn drop() {}

#[secure(
    get = "/users/{user_id}",
    role = "admin",
    owner = "user_id",
    when = caller.has_role("x"),
    rate("10/s", burst = 20, cost = 2),
    timeout = "5s"
)]
async fn show(Path(user_id): Path<String>) -> String {
    user_id
}

#[secure(post = "/open", optional, when = caller.is_none(), max_body = "5KiB")]
async fn open() {}

fn main() {
    support::starts((show, open), 2);
}
