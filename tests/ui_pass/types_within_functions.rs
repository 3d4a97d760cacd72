#![deny(warnings)]
use axum::Json;
use secure_runtime::{input, output, secure};

mod support;

fn first() {
    #[input]
    struct Here {
        #[input(length(max = 9), custom = is_fine)]
        text: String,
        #[serde(default = "one")]
        nested: u8,
    }
    fn is_fine(text: &String) -> Result<(), &'static str> {
        if text.is_empty() { Err("must not be empty") } else { Ok(()) }
    }
    fn one() -> u8 {
        1
    }
    #[output(owner = "id")]
    struct Shown {
        #[expose]
        id: u8,
        #[expose(owner)]
        text: String,
    }
    #[secure(post = "/here", authenticated)]
    async fn here(Json(here): Json<Here>) -> Json<Shown> {
        Json(Shown { id: here.nested, text: here.text })
    }
    support::starts(here, 1);
}

fn second() {
    /// The same name in another function.
    #[input]
    enum Here {
        One(Within),
    }
    #[input]
    struct Within {
        number: u8,
    }
    #[secure(post = "/here", authenticated)]
    async fn here(Json(Here::One(within)): Json<Here>) -> String {
        #[output]
        struct Deeper {
            #[expose]
            number: u8,
        }
        Deeper { number: within.number }.number.to_string()
    }
    support::starts(here, 1);
}

fn main() {
    first();
    second();
    let closure = || {
        #[input]
        struct InAClosure(u8);
        #[output]
        #[serde(tag = "kind", content = "value")]
        enum OfAClosure {
            Members {
                #[expose]
                number: u8,
            },
        }
        #[secure(post = "/closure", authenticated)]
        async fn within_a_closure(Json(number): Json<InAClosure>) -> Json<OfAClosure> {
            Json(OfAClosure::Members { number: number.0 })
        }
        support::starts(within_a_closure, 1);
    };
    closure();
}
