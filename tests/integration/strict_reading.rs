//! What comes in has one reading or none: formats, texts that are not JSON, names that stand twice, words of queries.

mod media;
mod silence;
mod tagged;
mod texts;
mod time;
mod violations;
mod words;

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::{Json, Router};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Input, Node, Report, SecureRouter, Security, input, secure};
use serde::Deserialize;
use serde_json::Value;

use crate::support::{Answer, request, router, send};

#[input]
struct Address {
    #[input(length(min = 2, max = 20))]
    street: String,
    #[input(pattern = "^[0-9]{4,5}$")]
    zip: String,
}

#[input]
struct Item {
    #[input(length(min = 1, max = 10))]
    name: String,
    #[input(range(min = 1, max = 9))]
    count: u8,
}

#[input]
#[serde(rename_all = "lowercase")]
enum Colour {
    Red,
    Mixed {
        #[input(range(max = 100))]
        share: u16,
    },
}

/// Of every kind of member one: text, a number, an object, lists and maps of them, an enum, and what only the server sets.
#[input]
struct Order {
    #[input(length(min = 1, max = 10))]
    name: String,
    #[input(range(min = 1, max = 1000))]
    amount: u32,
    address: Address,
    #[input(length(max = 100_000))]
    items: Vec<Item>,
    #[input(length(max = 9), inner(length(max = 5)))]
    labels: Option<BTreeMap<String, String>>,
    #[input(length(max = 9))]
    stock: Option<BTreeMap<String, Item>>,
    first: Option<(Item, bool)>,
    colour: Option<Colour>,
    #[input(email)]
    email: Option<String>,
    #[input(server)]
    id: u64,
}

/// The least that is an [`Order`].
pub(crate) const ORDER: &str =
    r#"{"name":"pens","amount":3,"address":{"street":"Mill Lane","zip":"12345"},"items":[{"name":"a","count":1}]}"#;

#[secure(post = "/orders", public = "a test", max_body = "8MiB")]
async fn take_order(Json(order): Json<Order>) -> StatusCode {
    assert_eq!(order.id, 0, "the server's member is its default");
    StatusCode::NO_CONTENT
}

/// Any JSON value. Nothing but the reading itself can refuse it.
#[derive(Deserialize)]
struct Anything(#[expect(dead_code, reason = "it is only read from the text")] Value);

impl Input for Anything {
    fn check(&self, _: &mut Report<'_>) {}

    fn inspect(_: &Node<'_>, report: &mut Report<'_>) {
        report.breaks("nothing", "nothing can be wrong with it");
    }
}

#[secure(post = "/anything", public = "a test", max_body = "8MiB")]
async fn take_anything(Json(_): Json<Anything>) -> StatusCode {
    StatusCode::NO_CONTENT
}

#[input]
struct Search {
    #[input(length(min = 1, max = 10))]
    term: String,
    #[input(range(min = 1, max = 100))]
    limit: Option<u16>,
    #[input(range(min = 0.0, max = 1.0))]
    share: Option<f64>,
    #[input(range(min = 0.0, max = 1.0))]
    part: Option<f32>,
    any: Option<f64>,
    exact: Option<bool>,
    colour: Option<Plain>,
}

#[input]
#[serde(rename_all = "lowercase")]
enum Plain {
    Red,
    Green,
}

#[secure(get = "/search", public = "a test")]
async fn search(Query(_): Query<Search>) -> StatusCode {
    StatusCode::NO_CONTENT
}

#[secure(post = "/form", public = "a test", max_body = "8MiB")]
async fn take_form(Form(_): Form<Search>) -> StatusCode {
    StatusCode::NO_CONTENT
}

#[input]
struct Word(#[input(length(max = 10))] String);

#[secure(
    get = "/words/{word}/{number}",
    public = "a test",
    shared = "word",
    shared = "number"
)]
async fn get_word(Path((word, number)): Path<(Word, f64)>) -> StatusCode {
    assert!(!word.0.is_empty() && number.is_finite());
    StatusCode::NO_CONTENT
}

/// The endpoints, as a router.
pub(crate) struct Door(Router);

impl Door {
    pub(crate) fn new() -> Self {
        let security = Security::builder(TestIssuer::default().jwt()).default_rate("1000000/s");
        let endpoints = (take_order, take_anything, search, take_form, get_word);
        Self(router(SecureRouter::new(security).mount(endpoints).build().unwrap()))
    }

    pub(crate) async fn post(&self, path: &str, types: &[&str], body: impl Into<Body>) -> Answer {
        let headers: Vec<_> = types.iter().map(|value| ("content-type", *value)).collect();
        send(&self.0, request("POST", path, &headers, body)).await
    }

    pub(crate) async fn json(&self, path: &str, body: impl Into<Body>) -> Answer {
        self.post(path, &["application/json"], body).await
    }

    pub(crate) async fn form(&self, body: impl Into<Body>) -> Answer {
        self.post("/form", &["application/x-www-form-urlencoded"], body).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(&self.0, request("GET", path, &[], Body::empty())).await
    }
}
