//! What an application says of its endpoints: what they take, what they show, and where nothing says so.

use axum::Json;
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use futures_util::{Stream, stream};
use secure_runtime::policy::Source;
use secure_runtime::testing::TestIssuer;
use secure_runtime::{
    Description, Lines, Opaque, Page, Paging, Problem, SecureApp, SecureRouter, Security, Unchecked, input, output,
    secure,
};
use serde_json::{Value, json};

#[input]
struct Id(#[input(range(min = 1))] u32);

#[output]
struct Thing {
    #[expose]
    id: u32,
    #[expose(scope = "admin")]
    cost: u32,
}

#[secure(get = "/things/{id}", authenticated, shared = "id")]
async fn get_thing(Path(id): Path<Id>) -> Result<Json<Thing>, Problem> {
    Ok(Json(Thing { id: id.0, cost: 1 }))
}

#[secure(get = "/things", authenticated)]
async fn list_things(Query(_paging): Query<Paging>) -> Json<Page<Thing>> {
    Json(Page::of(Vec::new(), 1, |_| String::new()))
}

#[secure(get = "/lines", authenticated)]
async fn follow_things(Path(()): Path<()>) -> Result<Lines<impl Stream<Item = Result<Thing, Problem>>>, Problem> {
    Ok(Lines(stream::iter([])))
}

#[secure(get = "/opaque", authenticated)]
async fn get_opaque(Unchecked(_method): Unchecked<axum::http::Method>) -> Opaque<impl IntoResponse> {
    Opaque("anything")
}

#[secure(get = "/named-opaque", authenticated)]
async fn get_named_opaque() -> Result<Opaque<&'static str>, Problem> {
    Ok(Opaque("anything"))
}

fn app() -> SecureApp {
    let issuer = TestIssuer::default();
    let endpoints = (get_thing, list_things, follow_things, get_opaque, get_named_opaque);
    SecureRouter::new(Security::builder(issuer.jwt()))
        .mount(endpoints)
        .build()
        .unwrap()
}

fn of(path: &str) -> Description {
    let app = app();
    let endpoint = app.endpoints().find(|endpoint| endpoint.path == path);
    endpoint.unwrap().description()
}

fn shown(description: &Description) -> Value {
    description.output().unwrap().as_value().clone()
}

#[test]
fn inputs_and_answers_have_schemas() {
    let show = of("/things/{id}");
    let inputs: Vec<_> = show
        .inputs()
        .map(|(source, schema)| (source, schema.as_value()["minimum"].clone()))
        .collect();
    assert_eq!(inputs, [(Source::Path, json!(1))]);
    assert_eq!(shown(&show), json!({ "$ref": "#/$defs/Thing" }));
    let thing = &show.definitions()["Thing"];
    assert_eq!(thing["properties"]["cost"]["x-shown-to"], json!({ "scope": "admin" }));
    let list = of("/things");
    assert_eq!(list.inputs().next().unwrap().0, Source::Query);
    assert!(
        list.definitions().keys().any(|name| name == "PageThing"),
        "{:?}",
        list.definitions().keys()
    );
    // A type without a name is known all the same.
    assert_eq!(shown(&of("/lines")), json!({ "$ref": "#/$defs/Thing" }));
}

#[test]
fn what_nothing_checks_or_declares_is_said() {
    let loud = |path: &str| (of(path).is_unchecked(), of(path).is_opaque());
    assert_eq!(loud("/things/{id}"), (false, false));
    assert_eq!(loud("/lines"), (false, false));
    assert_eq!(loud("/opaque"), (true, true));
    assert_eq!(loud("/named-opaque"), (false, true));
}

#[input]
struct Large {
    #[input(length(max = 10), pattern = "^(\\p{L}{1,200}){1,200}$")]
    text: String,
}

#[secure(post = "/large", authenticated)]
async fn read_large(Json(large): Json<Large>) -> String {
    large.text
}

/// A pattern that cannot be checked would refuse everything: the application does not start.
#[test]
fn b7_patterns_are_compiled_at_the_start() {
    let issuer = TestIssuer::default();
    let built = SecureRouter::new(Security::builder(issuer.jwt()))
        .mount(read_large)
        .build();
    let faults = built.unwrap_err().to_string();
    assert!(
        faults.contains("read_large") && faults.contains("too large"),
        "{faults}"
    );
}
