#![deny(warnings)]
use axum::Json;

mod support;

mod own {
    pub(crate) use secure_runtime as guard;
}

use own::guard;

#[guard::input(crate = guard)]
struct Sent {
    #[input(length(max = 9), pattern = "^[a-z]+$")]
    text: String,
    #[input(scope = "a")]
    number: Option<u8>,
    word: Word,
}

#[guard::input(crate = "own::guard")]
struct Word(#[input(range(max = 5))] u8);

#[guard::output(crate = crate::own::guard, owner = "id")]
struct Shown {
    #[expose]
    id: u8,
    #[expose(owner)]
    text: String,
}

#[guard::output(owner = "id", crate = "crate::own::guard")]
#[serde(tag = "kind", content = "value")]
enum Choice {
    Members {
        #[expose(never)]
        id: u8,
        #[expose(owner)]
        text: String,
    },
}

guard::limits! {
    TYPES = rate("30/min", per = "tenant");
}

#[guard::secure(crate = guard, post = "/types", authenticated, rate(TYPES, cost = sent.word.0))]
async fn types(Json(sent): Json<Sent>) -> Json<(Shown, Choice)> {
    let id = sent.number.unwrap_or(sent.word.0);
    let choice = Choice::Members { id, text: sent.text.clone() };
    Json((Shown { id, text: sent.text }, choice))
}

fn main() {
    support::starts(types, 1);
}
