#![deny(warnings)]
#![allow(dead_code, unused_macros)]
use axum::Json;
use secure_runtime::{input, output, secure};

mod support;

struct Result;
struct Option;
struct String;
struct Vec;
struct Box;
struct Ok;
struct Err;
struct Some;
struct None;
trait Clone {}
trait Copy {}
trait Debug {}
trait Default {}
trait Send {}
trait Sync {}
trait Sized {}
trait Into {}
trait From {}
trait Iterator {}
trait Serialize {}
trait Serializer {}
trait Deserialize {}
trait Deserializer {}
trait JsonSchema {}
trait Input {}
trait Output {}
struct Report;
struct Schema;
struct SchemaGenerator;
struct Node;
struct Members;
struct Viewer;
struct Audience;
struct Shown;
struct Patch;
mod serde {}
mod schemars {}
mod core {}
mod std {}
mod alloc {}

macro_rules! vec { () => {}; }
macro_rules! stringify { () => {}; }
macro_rules! concat { () => {}; }
macro_rules! module_path { () => {}; }
macro_rules! format { () => {}; }
macro_rules! matches { () => {}; }
macro_rules! panic { () => {}; }

type Text = ::std::string::String;
type Maybe<T> = ::core::option::Option<T>;
type List<T> = ::std::vec::Vec<T>;

#[input]
#[serde(rename_all = "camelCase")]
struct Sent {
    #[input(length(max = 9), pattern = "^[a-z]*$")]
    text: Text,
    #[input(scope = "a", range(max = 5))]
    maybe: Maybe<u8>,
    #[input(length(max = 5), inner(length(max = 5)))]
    list: List<Text>,
    five: u8,
    #[input(server)]
    created: u64,
    #[input(custom = small)]
    small: u8,
    #[input(owner)]
    user_id: Text,
    choice: Choice,
    word: Word,
}

#[input]
enum Choice {
    Unit,
    Newtype(#[input(email)] Text),
    Members { number: Maybe<u8> },
}

#[input]
#[serde(tag = "kind")]
enum Tagged {
    Members { number: u8 },
}

#[input]
struct Word(#[input(url, length(max = 99))] Text);

#[input]
struct Generic<T> {
    value: T,
}

fn small(value: &u8) -> ::core::result::Result<(), &'static str> {
    if *value < 5 { ::core::result::Result::Ok(()) } else { ::core::result::Result::Err("must be small") }
}

/// What is shown.
#[output(owner = "user_id")]
struct Out {
    #[expose]
    user_id: u8,
    #[expose(owner, or_scope = "a | b", role = "c")]
    text: Text,
    #[expose(scope = "a")]
    #[serde(skip_serializing_if = "::core::option::Option::is_none")]
    maybe: Maybe<u8>,
    #[expose]
    choice: OutChoice,
}

#[output(owner = "id")]
#[serde(tag = "kind", content = "value")]
enum OutChoice {
    Unit,
    Newtype(#[expose] Text),
    Members {
        #[expose]
        id: u8,
        #[expose(owner)]
        own: u8,
    },
}

#[output]
struct OutWord(#[expose] Text);

#[secure(post = "/shadowed", authenticated)]
async fn shadowed(Json((sent, word)): Json<(Sent, Word)>) -> Json<(Out, OutWord)> {
    let choice = match sent.choice {
        Choice::Unit => OutChoice::Unit,
        Choice::Newtype(text) => OutChoice::Newtype(text),
        Choice::Members { number } => OutChoice::Members { id: 1, own: number.unwrap_or(1) },
    };
    let out = Out { user_id: sent.five, text: sent.text, maybe: sent.maybe, choice };
    Json((out, OutWord(word.0)))
}

#[secure(post = "/generic", authenticated)]
async fn generic(Json(sent): Json<Generic<Tagged>>) {
    let Tagged::Members { number } = sent.value;
    let _ = number;
}

fn main() {
    support::starts((shadowed, generic), 2);
}
