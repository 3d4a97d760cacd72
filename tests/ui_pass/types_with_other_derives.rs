#![deny(warnings)]
use axum::Json;
use secure_runtime::{input, output, secure};
use serde::{Deserialize, Serialize};

mod support;

/// As the database has it, as it is answered, and as it is logged.
#[output(owner = "user_id")]
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Row {
    #[expose]
    #[serde(rename = "user")]
    user_id: String,
    #[expose(owner)]
    #[serde(skip_serializing_if = "Option::is_none")]
    mail: Option<String>,
    #[expose(never)]
    #[serde(skip_deserializing)]
    hash: Vec<u8>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[input]
#[serde(rename_all = "kebab-case")]
enum Kind {
    #[default]
    FirstOne,
    SecondOne,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[input]
#[serde(rename_all = "camelCase")]
struct Sent {
    #[input(length(max = 9))]
    #[serde(rename = "text")]
    some_text: String,
    kind: Kind,
    #[input(server)]
    created: u64,
}

#[input]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(default)]
struct Defaults {
    number: u8,
    #[input(length(max = 9))]
    texts: Vec<Kind>,
}

#[input]
#[derive(Clone)]
#[derive(Debug)]
#[must_use]
#[repr(transparent)]
struct Id(u64);

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[input]
#[derive(Debug)]
#[non_exhaustive]
#[repr(u8)]
enum Numbered {
    One = 1,
    Two = 2,
}

#[input]
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Tagged {
    FirstOne { number: u8 },
}

#[output]
#[derive(Clone, Copy, Debug)]
#[repr(u8)]
enum ShownNumber {
    One = 1,
    Two = 2,
}

#[secure(post = "/rows", authenticated)]
async fn rows(Json(sent): Json<Sent>) -> Json<Row> {
    assert_eq!(sent.clone(), sent);
    Json(Row { mail: Some(format!("{:?}{}", sent.kind, sent.some_text)), ..Row::default() })
}

#[secure(post = "/defaults", authenticated)]
async fn defaults(Json(sent): Json<Defaults>) -> String {
    format!("{}{:?}{}", sent.number, sent.texts, serde_json::to_string(&sent).unwrap_or_default())
}

#[secure(post = "/ids", authenticated)]
async fn ids(Json((id, number)): Json<(Id, Numbered)>) -> Json<ShownNumber> {
    let shown = match number {
        Numbered::One => ShownNumber::One,
        Numbered::Two => ShownNumber::Two,
    };
    let _ = (id.to_string(), shown as u8, number as u8);
    Json(shown)
}

fn main() {
    support::starts((rows, defaults, ids), 3);
    let sent = Sent { some_text: "a".to_owned(), kind: Kind::SecondOne, created: 5 };
    let text = serde_json::to_string(&sent).unwrap();
    assert_eq!(text, r#"{"text":"a","kind":"second-one","created":5}"#);
    // What the attribute keeps to itself is not in the way of other derives.
    let tagged: Tagged = serde_json::from_str(r#"{"number":5,"kind":"first_one"}"#).unwrap();
    assert_eq!(serde_json::to_string(&tagged).unwrap(), r#"{"kind":"first_one","number":5}"#);
    assert_eq!((Numbered::One as u8, Numbered::Two as u8), (1, 2));
    let row: Row = serde_json::from_str(r#"{"user":"alice","hash":[1]}"#).unwrap();
    assert_eq!(serde_json::to_string(&row).unwrap(), r#"{"user":"alice","hash":[]}"#);
}
