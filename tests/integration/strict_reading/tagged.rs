//! Enums in all their forms, which serde reads in its own way: a list is no object in them either, and what is wrong with one
//! is 422 like anything else.

use axum::http::StatusCode;
use axum::{Json, Router};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{SecureRouter, Security, input, secure};

use crate::support::{request, router, send};

#[input]
struct Point {
    #[input(range(min = 0, max = 9))]
    x: u8,
    #[input(range(min = 0, max = 9))]
    y: u8,
}

#[input]
enum External {
    Nothing,
    One(Point),
    Line { from: Point, to: Point },
}

#[input]
#[serde(tag = "kind")]
enum Internal {
    Nothing {},
    Line { from: Point, to: Point },
}

#[input]
#[serde(tag = "kind", content = "value")]
enum Adjacent {
    Nothing,
    One(Point),
    Line { from: Point, to: Point },
}

#[secure(post = "/external", public = "a test")]
async fn take_external(Json(_): Json<External>) -> StatusCode {
    StatusCode::NO_CONTENT
}

#[secure(post = "/internal", public = "a test")]
async fn take_internal(Json(_): Json<Internal>) -> StatusCode {
    StatusCode::NO_CONTENT
}

#[secure(post = "/adjacent", public = "a test")]
async fn take_adjacent(Json(_): Json<Adjacent>) -> StatusCode {
    StatusCode::NO_CONTENT
}

fn endpoints() -> Router {
    let security = Security::builder(TestIssuer::default().jwt()).default_rate("1000000/s");
    let app = SecureRouter::new(security).mount((take_external, take_internal, take_adjacent));
    router(app.build().unwrap())
}

async fn expect(router: &Router, path: &str, status: u16, bodies: &[&str]) {
    let mut wrong = Vec::new();
    for body in bodies {
        let request = request(
            "POST",
            path,
            &[("content-type", "application/json")],
            (*body).to_owned(),
        );
        let answer = send(router, request).await;
        if answer.status != status {
            wrong.push(format!("{} for {body}", answer.status));
        }
    }
    assert!(wrong.is_empty(), "{path}, not {status}: {wrong:#?}");
}

#[tokio::test(flavor = "current_thread")]
async fn b3_a_list_is_no_variant() {
    let router = endpoints();
    let good = [
        r#""Nothing""#,
        r#"{"One":{"x":1,"y":2}}"#,
        r#"{"Line":{"from":{"x":1,"y":2},"to":{"x":1,"y":2}}}"#,
    ];
    expect(&router, "/external", 204, &good).await;
    let lists = [
        r#"["Nothing"]"#,
        r#"{"Nothing":[]}"#,
        r#"{"One":[1,2]}"#,
        r#"["One",{"x":1,"y":2}]"#,
        r#"{"Line":[{"x":1,"y":2},{"x":1,"y":2}]}"#,
        r#"{"Line":{"from":[1,2],"to":{"x":1,"y":2}}}"#,
    ];
    expect(&router, "/external", 422, &lists).await;
}

#[tokio::test(flavor = "current_thread")]
async fn b3_a_list_is_no_variant_with_its_tag_in_it() {
    let router = endpoints();
    let good = [
        r#"{"kind":"Nothing"}"#,
        r#"{"kind":"Line","from":{"x":1,"y":2},"to":{"x":1,"y":2}}"#,
        r#"{"from":{"x":1,"y":2},"to":{"x":1,"y":2},"kind":"Line"}"#,
    ];
    expect(&router, "/internal", 204, &good).await;
    let lists = [
        r#"["Nothing"]"#,
        r#"["Line",{"x":1,"y":2},{"x":1,"y":2}]"#,
        r#"["Line",[1,2],[1,2]]"#,
        r#"{"kind":"Line","from":[1,2],"to":{"x":1,"y":2}}"#,
        r#"{"from":[1,2],"to":{"x":1,"y":2},"kind":"Line"}"#,
    ];
    expect(&router, "/internal", 422, &lists).await;
}

#[tokio::test(flavor = "current_thread")]
async fn b3_a_list_is_no_variant_with_its_tag_beside_it() {
    let router = endpoints();
    let good = [
        r#"{"kind":"Nothing"}"#,
        r#"{"kind":"One","value":{"x":1,"y":2}}"#,
        r#"{"value":{"x":1,"y":2},"kind":"One"}"#,
        r#"{"value":{"from":{"x":1,"y":2},"to":{"x":1,"y":2}},"kind":"Line"}"#,
    ];
    expect(&router, "/adjacent", 204, &good).await;
    let lists = [
        r#"["Nothing"]"#,
        r#"["One",{"x":1,"y":2}]"#,
        r#"["One",[1,2]]"#,
        r#"{"kind":"One","value":[1,2]}"#,
        r#"{"value":[1,2],"kind":"One"}"#,
        r#"{"kind":"Line","value":[{"x":1,"y":2},{"x":1,"y":2}]}"#,
        r#"{"value":[{"x":1,"y":2},{"x":1,"y":2}],"kind":"Line"}"#,
        r#"{"value":{"from":[1,2],"to":{"x":1,"y":2}},"kind":"Line"}"#,
    ];
    expect(&router, "/adjacent", 422, &lists).await;
}

/// What is JSON and no variant is 422; what is more or less than the variant has is, too.
#[tokio::test(flavor = "current_thread")]
async fn b1_b5_what_is_no_variant_is_422() {
    let router = endpoints();
    let whole = [
        "5",
        "-1",
        "1.5",
        "true",
        "null",
        r#""x""#,
        "[]",
        "{}",
        r#"{"kind":5}"#,
        r#"{"kind":"x"}"#,
    ];
    let external = [
        r#""One""#,
        r#"{"Nothing":{}}"#,
        r#"{"One":{"x":1,"y":2},"Nothing":null}"#,
        r#"{"One":{"x":1,"y":10}}"#,
        r#"{"One":{"x":1}}"#,
        r#"{"One":{"x":1,"y":2,"z":3}}"#,
        r#"{"Line":{"from":{"x":1,"y":2}}}"#,
    ];
    let internal = [
        r#"{"kind":"Nothing","more":1}"#,
        r#"{"kind":"Line"}"#,
        r#"{"kind":"Line","from":{"x":1,"y":2},"to":{"x":1,"y":2},"more":1}"#,
        r#"{"kind":"Line","from":{"x":1,"y":2,"z":3},"to":{"x":1,"y":2}}"#,
        r#"{"kind":"Line","from":{"x":1,"y":10},"to":{"x":1,"y":2}}"#,
    ];
    let adjacent = [
        r#"{"kind":"Nothing","more":1}"#,
        r#"{"kind":"Nothing","value":{}}"#,
        r#"{"kind":"One"}"#,
        r#"{"kind":"One","value":{"x":1,"y":2},"more":1}"#,
        r#"{"kind":"One","value":{"x":1,"y":2,"z":3}}"#,
        r#"{"value":{"x":1,"y":2,"z":3},"kind":"One"}"#,
        r#"{"value":{"x":1,"y":10},"kind":"One"}"#,
    ];
    for (path, more) in [
        ("/external", &external[..]),
        ("/internal", &internal),
        ("/adjacent", &adjacent),
    ] {
        expect(&router, path, 422, &whole).await;
        expect(&router, path, 422, more).await;
    }
}

/// Every way into a variant is watched for names that stand twice, and for depth.
#[tokio::test(flavor = "current_thread")]
async fn b3_variants_are_watched_as_well() {
    let router = endpoints();
    for (path, bodies) in [
        (
            "/external",
            [
                r#"{"One":{"x":1,"x":1,"y":2}}"#,
                r#"{"One":{"x":1,"y":2},"One":{"x":1,"y":2}}"#,
            ],
        ),
        (
            "/internal",
            [
                r#"{"kind":"Nothing","kind":"Nothing"}"#,
                r#"{"kind":"Line","from":{"x":1,"x":1,"y":2},"to":{"x":1,"y":2}}"#,
            ],
        ),
        (
            "/adjacent",
            [
                r#"{"value":{"x":1,"x":1,"y":2},"kind":"One"}"#,
                r#"{"kind":"One","value":{"x":1,"y":2},"value":{"x":1,"y":2}}"#,
            ],
        ),
    ] {
        expect(&router, path, 400, &bodies).await;
        let deep = format!("{{\"kind\":\"Line\",\"value\":{}1{}}}", "[".repeat(64), "]".repeat(64));
        expect(&router, path, 400, &[&deep]).await;
    }
}
