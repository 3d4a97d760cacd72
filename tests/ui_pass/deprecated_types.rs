#![deny(warnings)]
use axum::Json;
use secure_runtime::{input, output, secure};

mod support;

#[output]
#[deprecated]
struct OldOutput {
    #[expose]
    text: String,
}

#[deprecated]
#[output(owner = "id")]
#[serde(tag = "kind", content = "value")]
enum OldChoice {
    Members {
        #[expose]
        id: u8,
        #[expose(owner)]
        own: u8,
    },
}

#[input]
struct WithOld {
    #[deprecated]
    number: u8,
    #[deprecated]
    #[input(length(max = 9))]
    text: String,
}

#[output(owner = "id")]
#[allow(deprecated)]
struct ShowsOld {
    #[expose]
    of: OldOutput,
    #[expose(scope = "a")]
    choice: OldChoice,
    #[deprecated]
    #[expose(owner)]
    number: u8,
    #[deprecated]
    #[expose]
    id: u8,
}

#[input]
enum Choice {
    #[deprecated]
    Old,
    New,
    #[deprecated]
    Members {
        #[deprecated]
        number: u8,
    },
}

#[output]
enum ShownChoice {
    #[deprecated]
    #[allow(dead_code)]
    Old(#[expose] u8),
    New,
}

#[secure(post = "/old", authenticated)]
#[allow(deprecated)]
async fn old(Json((input, choice)): Json<(WithOld, Choice)>) -> Json<(ShowsOld, ShownChoice)> {
    let number = input.number;
    let number = match choice {
        Choice::Old | Choice::New => number,
        Choice::Members { number } => number,
    };
    let choice = OldChoice::Members { id: 1, own: 2 };
    Json((ShowsOld { of: OldOutput { text: input.text }, choice, number, id: 1 }, ShownChoice::New))
}

fn main() {
    support::starts(old, 1);
}
