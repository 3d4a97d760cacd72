#![deny(warnings)]
use axum::extract::{Path, State};
use secure_runtime::{output, secure};

mod support;

type Id = Path<u64>;
type Users = Path<(String, u64)>;
type MyJson<T> = axum::Json<T>;
type Db = State<()>;
type Caller = secure_runtime::Principal;
type Maybe = Option<Caller>;

use axum::extract::Path as Segment;
use axum::extract::Query as Q;

#[output]
struct Page<T>(#[expose] Vec<T>);

#[secure(get = "/ids/{id}", authenticated, owner = "id")]
async fn by_name(id: Id) -> String {
    id.to_string()
}

#[secure(delete = "/ids/{id}", authenticated, shared = "id", when = *id < 5)]
async fn by_pattern(Path(id): Id, _: Db) -> String {
    id.to_string()
}

#[secure(get = "/users/{user_id}/{id}", authenticated, owner = "user_id", shared = "id")]
async fn pair(Segment((user_id, id)): Users, Q(()): Q<()>) -> String {
    format!("{user_id}{id}")
}

#[secure(post = "/json", authenticated, owner = "text")]
async fn json(caller: Caller, axum::Json(text): MyJson<String>) -> MyJson<Page<String>> {
    axum::Json(Page(vec![text, caller.subject().to_owned()]))
}

#[secure(post = "/maybe", optional)]
async fn maybe(caller: Maybe, axum::Json(text): axum::Json<String>) -> String {
    format!("{}{text}", caller.is_some())
}

fn main() {
    support::starts((by_name, by_pattern, pair, json, maybe), 5);
}
