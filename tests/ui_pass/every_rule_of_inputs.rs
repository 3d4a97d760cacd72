#![deny(warnings)]
use std::collections::{BTreeMap, HashMap};

use axum::Json;
use axum::extract::{Form, Path, Query};
use secure_runtime::{Patch, Secret, Untrusted, input, secure};

mod support;

const MOST: u32 = 100;

mod limits {
    pub(crate) const LEAST: i64 = -5;
}

#[input]
struct Texts {
    #[input(length(max = 80))]
    at_most: String,
    #[input(length(min = 1, max = 80))]
    between: String,
    #[input(length(equal = 2))]
    exactly: String,
    #[input(length(max = 0x10,),)]
    commas: Box<str>,
    #[input(pattern = "^[a-z0-9-]{1,40}$")]
    bounded_by_its_pattern: String,
    #[input(pattern = r"^[a-z]+\.(csv|json)$", length(max = 40))]
    pattern_and_length: String,
    #[input(email)]
    email: String,
    #[input(url, length(max = 200))]
    url: String,
    #[input(custom = is_a_color, length(max = 9))]
    named_function: String,
    #[input(custom = "self::is_a_color", length(max = 20))]
    function_in_a_string: String,
    #[input(length(max = 80))]
    #[cfg(any())]
    absent: String,
}

#[input]
struct Numbers {
    #[input(range(min = 1, max = 100))]
    between: u32,
    #[input(range(min = -10))]
    at_least: i8,
    #[input(range(max = MOST))]
    named: u32,
    #[input(range(min = limits::LEAST, max = i64::MAX))]
    paths: i64,
    #[input(range(min = 0.5, max = 99.5))]
    float: f64,
    #[input(range(max = 1_000u64), custom = is_even)]
    suffix: u64,
    unbounded: u128,
    flag: bool,
    letter: char,
}

#[input]
struct Collections {
    #[input(length(max = 10), inner(length(max = 40)))]
    texts: Vec<String>,
    #[input(length(min = 1, max = 10), inner(range(max = 5)))]
    numbers: Vec<u8>,
    #[input(length(max = 5), inner(length(max = 5), inner(email)))]
    nested: Vec<Vec<String>>,
    #[input(length(max = 5), inner(pattern = "^[a-z]{1,9}$", custom = is_a_color))]
    sorted: BTreeMap<String, String>,
    #[input(length(max = 5), inner(url, length(max = 100)))]
    hashed: HashMap<String, String>,
    #[input(length(max = 5))]
    plain: Vec<u64>,
}

#[input]
struct MaybeThere {
    #[input(length(max = 80))]
    text: Option<String>,
    #[input(range(min = 1))]
    number: Option<u16>,
    #[input(length(max = 3), inner(email))]
    list: Option<Vec<String>>,
    #[input(length(max = 80))]
    patched: Patch<String>,
    #[input(length(max = 3), inner(length(max = 9)))]
    patched_list: Patch<Vec<String>>,
    #[input(range(max = 9))]
    boxed: Option<Patch<u8>>,
    #[serde(default)]
    left_out: u8,
    #[input(range(max = 50))]
    #[serde(default = "ten")]
    ten: u8,
}

#[input]
struct Wrapped {
    #[input(length(min = 12, max = 128))]
    password: Secret<String>,
    #[input(length(max = 500))]
    bio: Untrusted,
    #[input(length(max = 3), inner(length(max = 9)))]
    lines: Untrusted<Vec<String>>,
    #[input(email)]
    mail: Option<Untrusted<String>>,
}

#[input]
struct Setters {
    #[input(owner)]
    user_id: String,
    #[input(owner, length(max = 64))]
    or_nobody: String,
    #[input(scope = "admin:users | root")]
    admin: Option<bool>,
    #[input(role = "support", range(max = 5))]
    level: Patch<u8>,
    #[input(scope = support_scopes::ADMIN, role = "support & lead", length(max = 9))]
    note: Option<String>,
    #[input(server)]
    created: u64,
    #[input(server)]
    never_read: Vec<String>,
}

mod support_scopes {
    secure_runtime::scopes! { pub(crate) ADMIN = "admin:all"; }
}

fn ten() -> u8 {
    10
}

fn is_a_color(text: &String) -> Result<(), &'static str> {
    if text.starts_with('#') { Ok(()) } else { Err("must be a color") }
}

fn is_even(number: &u64) -> Result<(), String> {
    if number % 2 == 0 { Ok(()) } else { Err("must be even".to_owned()) }
}

#[secure(post = "/texts", authenticated)]
async fn texts(Json(texts): Json<Texts>) -> String {
    let Texts { at_most, between, exactly, commas, bounded_by_its_pattern, pattern_and_length, email, url, .. } = texts;
    let all = [at_most, between, exactly, commas.into(), bounded_by_its_pattern, pattern_and_length, email, url];
    all.concat() + &texts.named_function + &texts.function_in_a_string
}

#[secure(get = "/numbers", authenticated)]
async fn numbers(Query(numbers): Query<Numbers>) -> String {
    let Numbers { between, at_least, named, paths, float, suffix, unbounded, flag, letter } = numbers;
    format!("{between}{at_least}{named}{paths}{float}{suffix}{unbounded}{flag}{letter}")
}

#[secure(post = "/collections", authenticated)]
async fn collections(Json(all): Json<Collections>) -> String {
    let Collections { texts: first, numbers: second, nested, sorted, hashed, plain } = all;
    format!("{first:?}{second:?}{nested:?}{sorted:?}{hashed:?}{plain:?}")
}

#[secure(patch = "/maybe", authenticated)]
async fn maybe(Json(all): Json<MaybeThere>) -> String {
    let MaybeThere { text, number, list, patched, patched_list, boxed, left_out, ten } = all;
    format!("{text:?}{number:?}{list:?}{patched:?}{patched_list:?}{boxed:?}{left_out}{ten}")
}

#[secure(post = "/wrapped", authenticated)]
async fn wrapped(Form(all): Form<Wrapped>) -> String {
    let lines = all.lines.items().map(|line| line.html()).collect::<String>();
    format!("{}{}{lines}{}", all.password.equals("x"), all.bio.html(), all.mail.is_some())
}

#[secure(post = "/setters/{user_id}", authenticated, owner = "user_id")]
async fn setters(Path(user_id): Path<String>, Json(all): Json<Setters>) -> String {
    let Setters { user_id: own, or_nobody, admin, level, note, created, never_read } = all;
    format!("{user_id}{own}{or_nobody}{admin:?}{level:?}{note:?}{created}{never_read:?}")
}

fn main() {
    support::starts((texts, numbers, collections, maybe, wrapped, setters), 6);
}
