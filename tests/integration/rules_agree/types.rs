//! A type for each rule, and for each way in which rules stand together.

use std::collections::{BTreeMap, HashMap};

use axum::Json;
use axum::http::StatusCode;
use secure_runtime::{Paging, Patch, Secret, SecureApp, SecureRouter, SecurityBuilder, Untrusted, input, secure};

/// An endpoint for each type, at a path with the type's name.
macro_rules! subjects {
    ($($module:ident $ty:ty;)+) => {
        $(
            mod $module {
                use super::*;

                #[secure(authenticated)]
                pub(super) async fn take(Json(_): Json<$ty>) -> StatusCode {
                    StatusCode::NO_CONTENT
                }
            }
        )+

        /// An endpoint for each type.
        pub(super) fn app(security: SecurityBuilder) -> SecureApp {
            let mut router = SecureRouter::new(security);
            $(router = router.route(concat!("/", stringify!($module)), secure_runtime::post($module::take));)+
            router.build().unwrap()
        }
    };
}

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

#[input]
pub(super) struct Point {
    #[input(range(min = 0, max = 9))]
    x: i16,
    #[input(range(min = 0, max = 9))]
    y: Option<i16>,
}

#[input]
pub(super) struct Nested {
    point: Point,
    maybe: Option<Point>,
    boxed: Option<Box<Point>>,
    patch: Patch<Point>,
    #[input(length(max = 2))]
    list: Vec<Point>,
    #[input(length(max = 2))]
    map: BTreeMap<String, Point>,
}

#[input]
pub(super) struct Tree {
    #[input(range(max = 9))]
    value: u8,
    #[input(length(max = 2))]
    children: Vec<Tree>,
    next: Option<Box<Tree>>,
}

#[input]
pub(super) struct Name(#[input(length(min = 1, max = 3))] String);

#[input]
pub(super) struct Age(#[input(range(max = 150))] u8);

#[input]
pub(super) struct Outer(Name);

#[input]
pub(super) struct Few(#[input(length(max = 2), inner(length(max = 1)))] Vec<String>);

#[input]
pub(super) struct Place(Point);

#[input]
pub(super) struct Newtypes {
    name: Name,
    age: Option<Age>,
    outer: Patch<Outer>,
    few: Few,
    place: Place,
    #[input(length(max = 2))]
    names: Vec<Name>,
}

#[input]
#[serde(rename_all = "kebab-case")]
pub(super) enum Word3 {
    Red,
    DarkBlue,
    #[serde(rename = "other colour")]
    Other,
}

#[input]
pub(super) enum External {
    Nothing,
    One(Point),
    Short(#[input(length(max = 2))] String),
    Line { from: Point, to: Option<Point> },
}

#[input]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Internal {
    Nothing {},
    Line {
        from: Point,
        #[input(length(max = 2))]
        label: Option<String>,
    },
}

#[input]
#[serde(tag = "kind", content = "value")]
pub(super) enum Adjacent {
    Nothing,
    One(Point),
    Line {
        from: Point,
        #[input(range(min = 1))]
        width: u8,
    },
}

#[input]
pub(super) struct Choices {
    word: Word3,
    external: Option<External>,
    internal: Option<Internal>,
    adjacent: Patch<Adjacent>,
    #[input(length(max = 2))]
    list: Vec<External>,
}

#[input]
#[serde(rename_all = "camelCase")]
pub(super) struct Renamed {
    first_name: bool,
    #[serde(rename = "x-y z")]
    other: Option<bool>,
    r#type: bool,
    #[serde(default)]
    left_out: u8,
    #[input(server)]
    #[expect(dead_code, reason = "it is only refused")]
    created_by: String,
}

#[input]
#[serde(default)]
#[derive(Default)]
pub(super) struct Defaults {
    #[input(range(max = 9))]
    a: u8,
    #[input(length(max = 2))]
    b: String,
}

#[input]
pub(super) struct Wrapper<T> {
    inner: T,
    #[input(length(max = 2))]
    list: Vec<T>,
}

#[input]
pub(super) struct Guarded {
    #[input(length(min = 2, max = 4))]
    secret: Secret<String>,
    #[input(length(min = 2, max = 4))]
    text: Untrusted,
    #[input(length(max = 2), inner(length(max = 1)))]
    list: Untrusted<Vec<String>>,
}

/// Members that only some callers may set: whoever may, is bound by the same rules.
#[input]
pub(super) struct Restricted {
    #[input(scope = "admin", range(max = 9))]
    scope: Option<u8>,
    #[input(role = "boss", length(max = 2))]
    role: Patch<String>,
    #[input(owner, length(max = 9))]
    owner: String,
}

subjects! {
    text Text;
    exact_text ExactText;
    maybe_text MaybeText;
    patch_text PatchText;
    list List;
    maybe_list MaybeList;
    map Map;
    patch_map PatchMap;
    unsigned Unsigned;
    signed Signed;
    least Least;
    most Most;
    maybe_number MaybeNumber;
    patch_number PatchNumber;
    double Double;
    single Single;
    bits Bits;
    plain Plain;
    word Word;
    letters Letters;
    ranges Ranges;
    line Line;
    either Either;
    two_ends TwoEnds;
    mail Mail;
    maybe_mail MaybeMail;
    link Link;
    tags Tags;
    mails Mails;
    grid Grid;
    names Names;
    holes Holes;
    point Point;
    nested Nested;
    tree Tree;
    newtypes Newtypes;
    name Name;
    age Age;
    few Few;
    maybe_name Option<Name>;
    ages Vec<Age>;
    points BTreeMap<String, Point>;
    word3 Word3;
    external External;
    internal Internal;
    adjacent Adjacent;
    choices Choices;
    renamed Renamed;
    defaults Defaults;
    wrapped_point Wrapper<Point>;
    wrapped_name Wrapper<Name>;
    guarded Guarded;
    restricted Restricted;
    paging Paging;
}
