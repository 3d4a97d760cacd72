//! Types for the ways in which rules stand together.

use std::collections::BTreeMap;

use secure_runtime::{Patch, Secret, Untrusted, input};

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
