//! A type for each rule of values.

use std::collections::{BTreeMap, HashMap};

use secure_runtime::{Patch, input};

#[input]
pub(super) struct Text {
    #[input(length(min = 2, max = 4))]
    value: String,
}

#[input]
pub(super) struct ExactText {
    #[input(length(equal = 3))]
    value: Box<str>,
}

#[input]
pub(super) struct MaybeText {
    #[input(length(min = 2, max = 4))]
    value: Option<String>,
}

#[input]
pub(super) struct PatchText {
    #[input(length(min = 2, max = 4))]
    value: Patch<String>,
}

#[input]
pub(super) struct List {
    #[input(length(min = 1, max = 3))]
    value: Vec<u8>,
}

#[input]
pub(super) struct MaybeList {
    #[input(length(min = 1, max = 3))]
    value: Option<Vec<bool>>,
}

#[input]
pub(super) struct Map {
    #[input(length(min = 1, max = 2))]
    value: BTreeMap<String, u8>,
}

#[input]
pub(super) struct PatchMap {
    #[input(length(min = 1, max = 2), inner(range(max = 9)))]
    value: Patch<HashMap<String, u8>>,
}

#[input]
pub(super) struct Unsigned {
    #[input(range(min = 1, max = 9))]
    value: u8,
}

#[input]
pub(super) struct Signed {
    #[input(range(min = -3, max = 3))]
    value: i32,
}

#[input]
pub(super) struct Least {
    #[input(range(min = 10))]
    value: u32,
}

#[input]
pub(super) struct Most {
    #[input(range(max = 10))]
    value: i64,
}

#[input]
pub(super) struct MaybeNumber {
    #[input(range(min = 1, max = 9))]
    value: Option<u64>,
}

#[input]
pub(super) struct PatchNumber {
    #[input(range(min = -9, max = -1))]
    value: Patch<i16>,
}

#[input]
pub(super) struct Double {
    #[input(range(min = -0.5, max = 0.5))]
    value: f64,
}

#[input]
pub(super) struct Single {
    #[input(range(min = -0.5, max = 0.5))]
    value: f32,
}

#[input]
pub(super) struct Bits {
    a: Option<u8>,
    b: Option<i8>,
    c: Option<u16>,
    d: Option<i16>,
    e: Option<u32>,
    f: Option<i32>,
    g: Option<u64>,
    h: Option<i64>,
    i: Option<f32>,
    j: Option<f64>,
}

#[input]
pub(super) struct Plain {
    flag: bool,
    letter: char,
    nothing: (),
    pair: (u8, bool),
    count: std::num::NonZeroU8,
}

#[input]
pub(super) struct Word {
    #[input(pattern = "^[a-z]+(-[a-z]+)*$", length(max = 9))]
    value: String,
}

#[input]
pub(super) struct Letters {
    #[input(pattern = "^\\p{Lu}\\p{Ll}{0,3}$")]
    value: String,
}

#[input]
pub(super) struct Ranges {
    #[input(pattern = "^[ä-ü\\u0041-\\x5A]{1,3}$")]
    value: Option<String>,
}

#[input]
pub(super) struct Line {
    #[input(pattern = "^[^\\n\\t]{1,4}$")]
    value: Patch<String>,
}

#[input]
pub(super) struct Either {
    #[input(pattern = "^(?:ab|a|b{2,3})?\\.?$")]
    value: String,
}

#[input]
pub(super) struct TwoEnds {
    #[input(pattern = "^a{2}$|^[+*/()-]{1,2}$")]
    value: String,
}

#[input]
pub(super) struct Mail {
    #[input(email)]
    value: String,
}

#[input]
pub(super) struct MaybeMail {
    #[input(email, length(max = 12), pattern = "^[^+]*$")]
    value: Option<String>,
}

#[input]
pub(super) struct Link {
    #[input(url, length(max = 40))]
    value: String,
}

#[input]
pub(super) struct Tags {
    #[input(length(max = 3), inner(length(min = 1, max = 2)))]
    value: Vec<String>,
}

#[input]
pub(super) struct Mails {
    #[input(length(max = 2), inner(email))]
    value: Option<Vec<String>>,
}

#[input]
pub(super) struct Grid {
    #[input(length(max = 2), inner(length(min = 1, max = 2), inner(range(max = 9))))]
    value: Vec<Vec<u8>>,
}

#[input]
pub(super) struct Names {
    #[input(length(max = 2), inner(length(max = 3), pattern = "^[a-z]*$"))]
    value: BTreeMap<String, String>,
}

#[input]
pub(super) struct Holes {
    #[input(length(max = 3), inner(range(min = 1)))]
    value: Vec<Option<i8>>,
}
