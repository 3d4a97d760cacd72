#![deny(warnings)]
use axum::Json;
use secure_runtime::{input, output, secure};

mod support;

#[input]
#[output(owner = "user_id")]
#[serde(rename_all = "camelCase")]
#[derive(Clone, Debug)]
struct InFirst {
    #[input(owner)]
    #[expose]
    user_id: String,
    #[expose(scope = "a")]
    #[input(length(max = 9))]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    some_texts: Vec<Word>,
    #[input(server)]
    #[expose(never)]
    created_at: u64,
    /// Documented.
    #[expose]
    kind: Kind,
}

#[output]
#[input]
#[derive(Clone, Debug, PartialEq)]
struct Word(#[input(length(max = 9))] #[expose] String);

#[derive(Clone, Debug, PartialEq)]
#[output]
#[serde(rename_all = "snake_case", tag = "kind")]
#[input]
enum Kind {
    Nothing {},
    #[serde(rename = "other")]
    Members {
        #[expose]
        #[input(range(max = 5))]
        some_number: u8,
    },
}

#[output]
#[serde(rename_all = "camelCase")]
#[input]
struct OutFirst<T> {
    #[expose]
    some_value: T,
    #[expose(role = "support")]
    #[input(role = "support")]
    some_option: Option<T>,
}

#[secure_runtime::input]
#[secure_runtime::output]
struct Qualified {
    #[input(range(max = 5))]
    #[expose]
    number: u8,
}

#[secure(post = "/in-first", authenticated)]
async fn in_first(Json(value): Json<InFirst>) -> Json<InFirst> {
    let _ = (format!("{value:?}"), value.created_at);
    Json(value.clone())
}

#[secure(post = "/out-first", authenticated)]
async fn out_first(Json(value): Json<OutFirst<Word>>) -> Json<OutFirst<Word>> {
    Json(value)
}

#[secure(post = "/qualified", authenticated)]
async fn qualified(Json(value): Json<Qualified>) -> Json<Qualified> {
    Json(value)
}

fn main() {
    support::starts((in_first, out_first, qualified), 3);
}
