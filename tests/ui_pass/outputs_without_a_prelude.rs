#![no_implicit_prelude]
#![deny(warnings)]
use ::axum::Json;
use ::secure_runtime::{output, secure};

mod support;

/// What goes out.
#[output(owner = "user_id")]
struct Shown {
    /// Whose it is.
    #[expose]
    user_id: u8,
    #[expose(owner, or_scope = "a", role = "b")]
    text: ::std::string::String,
    #[expose]
    #[serde(skip_serializing_if = "::core::option::Option::is_none")]
    maybe: ::core::option::Option<u8>,
    #[expose(scope = "a & b")]
    choice: ShownChoice,
}

#[output]
enum ShownChoice {
    Unit,
    Newtype(#[expose] ::std::string::String),
    Members {
        #[expose]
        number: u8,
    },
}

#[output]
#[serde(tag = "kind", content = "value")]
enum ShownTagged {
    Members {
        #[expose]
        number: u8,
    },
}

#[secure(get = "/types", authenticated)]
async fn types() -> Json<Shown> {
    let text = ::std::string::String::new();
    let choice = ShownChoice::Newtype(text);
    let text = ::std::string::String::new();
    Json(Shown { user_id: 1, text, maybe: ::core::option::Option::None, choice })
}

#[secure(get = "/choices", authenticated)]
async fn choices() -> Json<(ShownChoice, ShownChoice, ShownTagged)> {
    Json((ShownChoice::Unit, ShownChoice::Members { number: 1 }, ShownTagged::Members { number: 1 }))
}

fn main() {
    support::starts((types, choices), 2);
}
