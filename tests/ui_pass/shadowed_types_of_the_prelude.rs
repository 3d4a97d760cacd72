#![deny(warnings)]
#![allow(dead_code)]
use axum::extract::{Path, State};
use secure_runtime::secure;

mod support;

struct Result;
struct Option;
struct String;
struct Vec;
struct Box;
trait Clone {}
trait Copy {}
trait Debug {}
trait Send {}
trait Sync {}
trait Future {}
trait Into {}
trait From {}
#[derive(::core::clone::Clone)]
struct Problem;
struct Gate;
struct Arrived;
struct Response;
struct Policy;
struct Endpoint;
struct SecureEndpoint;
struct Read;
struct Render;
struct Rate;
struct Cost;
struct NonZeroU32;

secure_runtime::limits! { SEARCH = "30/min"; }

#[secure(
    get = "/users/{user_id}",
    authenticated,
    owner("user_id", or_scope = "admin"),
    when = user_id.len() < 100,
    rate("5/s", cost = user_id.len()),
    rate = SEARCH,
    concurrency = 5,
    timeout = "1s"
)]
async fn show(State(()): State<()>, Path(user_id): Path<std::string::String>) -> std::string::String {
    user_id
}

#[secure(get = "/open", optional, when = caller.is_none_or(|caller| caller.has_scope("x")))]
async fn open() {}

fn main() {
    support::starts((show, open), 2);
}
