//! Types in a crate that allows itself little.
#![deny(
    missing_docs,
    missing_debug_implementations,
    missing_copy_implementations,
    unreachable_pub,
    unsafe_code,
    unused_qualifications,
    unused_results,
    unused_import_braces,
    unused_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    variant_size_differences,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    let_underscore_drop,
    non_ascii_idents,
    redundant_lifetimes,
    meta_variable_misuse,
    private_bounds,
    private_interfaces,
    future_incompatible,
    nonstandard_style,
    rust_2018_idioms,
    rust_2024_compatibility,
    keyword_idents,
    unused,
    warnings,
    clippy::all,
    clippy::pedantic
)]
#![forbid(unsafe_code)]

use axum::Json;
use secure_runtime::{Patch, input, output, secure};

/// What comes in.
#[input]
#[derive(Debug)]
pub struct Sent {
    /// A text.
    #[input(length(min = 1, max = 9), pattern = "^[a-z]+$")]
    pub text: String,
    /// Not for everybody.
    #[input(scope = "a & b", role = "c", range(max = 5))]
    pub number: Option<u8>,
    /// The caller.
    #[input(owner, length(max = 64))]
    pub user_id: String,
    /// May be removed.
    #[input(length(max = 5), inner(length(max = 5)))]
    pub texts: Patch<Vec<String>>,
    /// Is set here.
    #[input(server)]
    pub created: u64,
    /// One of some.
    pub choice: Choice,
    /// By a rule of one's own.
    #[input(custom = Word::is_fine)]
    pub word: Word,
}

/// A choice.
#[input]
#[derive(Clone, Copy, Debug)]
pub enum Choice {
    /// Nothing.
    Unit,
    /// A number.
    Number(#[input(range(max = 5))] u8),
    /// Members.
    Members {
        /// A number.
        number: u8,
    },
}

/// A word.
#[input]
#[derive(Clone, Debug)]
pub struct Word(#[input(length(max = 9))] String);

impl Word {
    fn is_fine(&self) -> Result<(), &'static str> {
        if self.0.is_empty() { Err("must not be empty") } else { Ok(()) }
    }
}

/// Anything.
#[input]
#[derive(Debug)]
pub struct Generic<T: Clone> {
    /// It.
    pub value: T,
}

/// What goes out.
#[output(owner = "user_id")]
#[derive(Debug)]
pub struct Shown<'a, T> {
    /// Whose it is.
    #[expose]
    pub user_id: String,
    /// For the owner.
    #[expose(owner, or_scope = "admin")]
    pub text: &'a str,
    /// For some.
    #[expose(role = "support")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<T>,
    /// For nobody.
    #[expose(never)]
    pub hash: Vec<u8>,
    /// One of some.
    #[expose]
    pub choice: ShownChoice,
}

/// A choice.
#[output(owner = "id")]
#[derive(Clone, Copy, Debug)]
#[serde(tag = "kind", content = "value")]
pub enum ShownChoice {
    /// Nothing.
    Unit,
    /// A number.
    Number(#[expose] u8),
    /// Members.
    Members {
        /// Whose it is.
        #[expose]
        id: u8,
        /// For the owner.
        #[expose(owner)]
        number: u8,
    },
}

/// A word.
#[output]
#[derive(Debug)]
pub struct ShownWord(#[expose] pub String);

/// Takes and shows.
#[secure(post = "/types", authenticated)]
pub async fn types(Json(sent): Json<Sent>) -> Json<Shown<'static, ShownWord>> {
    let choice = match sent.choice {
        Choice::Unit => ShownChoice::Unit,
        Choice::Number(number) => ShownChoice::Number(number),
        Choice::Members { number } => ShownChoice::Members { id: 1, number },
    };
    Json(Shown {
        user_id: sent.user_id,
        text: "text",
        value: Some(ShownWord(sent.text + &sent.word.0)),
        hash: vec![],
        choice,
    })
}

/// Takes a generic type.
#[secure(post = "/generic", authenticated)]
pub async fn generic(Json(sent): Json<Generic<Word>>) -> String {
    sent.value.0
}

fn main() {
    let routes: secure_runtime::Routes = secure_runtime::Routes::new().mount((types, generic));
    drop(routes);
}
