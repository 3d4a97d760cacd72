#![deny(warnings)]
#![allow(non_camel_case_types)]
use axum::Json;
use axum::extract::Path;
use secure_runtime::{Identifier, Shown, input, output, secure};

mod support;

#[input]
struct r#struct {
    #[input(length(max = 9))]
    r#type: String,
    r#match: r#enum,
    #[serde(rename = "loop")]
    r#while: Option<u8>,
}

#[input]
enum r#enum {
    r#fn,
    r#impl { r#in: u8 },
}

#[input]
#[serde(rename_all = "camelCase")]
struct Renamed {
    r#type: u8,
    r#some_type: u8,
}

#[input]
struct r#use(#[input(length(max = 9))] String);

#[output(owner = "type")]
struct r#mod {
    #[expose]
    r#type: String,
    #[expose(owner)]
    r#match: r#move,
}

#[output(owner = "r#for")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct r#ref {
    #[expose(owner)]
    r#if: u8,
    #[expose]
    r#for: u8,
}

#[output]
enum r#move {
    r#fn,
    r#impl {
        #[expose]
        r#in: u8,
    },
}

#[secure(post = "/structs/{type}", authenticated, owner = "r#type.0")]
async fn structs(Path(r#type): Path<r#use>, Json(sent): Json<r#struct>) -> Json<(r#mod, r#ref)> {
    let shown = match sent.r#match {
        r#enum::r#fn => r#move::r#fn,
        r#enum::r#impl { r#in } => r#move::r#impl { r#in },
    };
    let _ = (r#type.names("x"), sent.r#while);
    Json((r#mod { r#type: sent.r#type, r#match: shown }, r#ref { r#if: 1, r#for: 2 }))
}

#[secure(post = "/renamed", authenticated)]
async fn renamed(Json(sent): Json<Renamed>) -> String {
    (sent.r#type + sent.some_type).to_string()
}

fn main() {
    support::starts((renamed,), 1);
    let app = secure_runtime::SecureRouter::new(support::security()).mount(structs).build();
    drop(app);
    let sent: r#struct = serde_json::from_str(r#"{"type":"a","match":{"impl":{"in":1}},"loop":5}"#).unwrap();
    assert_eq!((sent.r#type.as_str(), sent.r#while), ("a", Some(5)));
    let shown = r#mod { r#type: "a".to_owned(), r#match: r#move::r#impl { r#in: 1 } };
    let viewer = secure_runtime::testing::anybody();
    let text = serde_json::to_string(&Shown::new(&shown, &viewer)).unwrap();
    assert_eq!(text, r#"{"type":"a"}"#);
    let text = serde_json::to_string(&Shown::new(&r#ref { r#if: 1, r#for: 2 }, &viewer)).unwrap();
    assert_eq!(text, r#"{"FOR":2}"#);
}
