#![deny(warnings)]
use std::convert::Infallible;

use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::NoContent;
use secure_runtime::{Problem, output, secure};

mod support;

#[output]
struct Order {
    #[expose]
    amount: u64,
}

enum ShopError {
    Gone,
    Database(std::io::Error),
}

impl From<ShopError> for Problem {
    fn from(error: ShopError) -> Self {
        match error {
            ShopError::Gone => Self::new(StatusCode::GONE),
            ShopError::Database(error) => Self::internal(error),
        }
    }
}

impl From<std::io::Error> for ShopError {
    fn from(error: std::io::Error) -> Self {
        Self::Database(error)
    }
}

type ShopResult<T> = Result<T, ShopError>;
type Nothing = ShopResult<()>;

#[secure(get = "/unit", authenticated)]
async fn unit() {}

#[secure(get = "/unit/said", authenticated)]
async fn unit_said() -> () {}

#[secure(get = "/text", authenticated)]
async fn text() -> &'static str {
    "text"
}

#[secure(get = "/string", authenticated)]
async fn string() -> String {
    String::new()
}

#[secure(get = "/status", authenticated)]
async fn status() -> StatusCode {
    StatusCode::ACCEPTED
}

#[secure(get = "/no-content", authenticated)]
async fn no_content() -> NoContent {
    NoContent
}

#[secure(get = "/json", authenticated)]
async fn json() -> Json<Vec<Option<(Order, &'static str)>>> {
    Json(vec![Some((Order { amount: 5 }, "five"))])
}

#[secure(get = "/tuple", authenticated)]
async fn tuple() -> (StatusCode, HeaderMap, Json<Order>) {
    (StatusCode::CREATED, HeaderMap::new(), Json(Order { amount: 5 }))
}

#[secure(get = "/tuple/result", authenticated)]
async fn tuple_of_a_result() -> (StatusCode, Result<Json<Order>, ShopError>) {
    (StatusCode::CREATED, Err(ShopError::Gone))
}

#[secure(get = "/result", authenticated)]
async fn result() -> Result<Json<Order>, ShopError> {
    std::fs::metadata("/")?;
    Err(ShopError::Gone)
}

#[secure(get = "/alias", authenticated)]
async fn alias() -> ShopResult<(StatusCode, Json<Order>)> {
    Err(ShopError::Gone)
}

#[secure(get = "/alias/whole", authenticated)]
async fn whole_alias() -> Nothing {
    Ok(())
}

#[secure(get = "/nested", authenticated)]
async fn nested() -> Result<Result<StatusCode, Problem>, ShopError> {
    Ok(Err(Problem::not_found()))
}

#[secure(get = "/infallible", authenticated)]
async fn infallible() -> Result<&'static str, InfallibleError> {
    Ok("never fails")
}

struct InfallibleError(Infallible);

impl From<InfallibleError> for Problem {
    fn from(error: InfallibleError) -> Self {
        match error.0 {}
    }
}

#[secure(get = "/problem", authenticated)]
async fn problem() -> Problem {
    Problem::new(StatusCode::CONFLICT).detail("always")
}

#[secure(get = "/box", authenticated)]
async fn boxed() -> Json<Box<str>> {
    Json("boxed".into())
}

fn main() {
    support::starts(
        (
            (unit, unit_said, text, string, status, no_content, json, tuple),
            (tuple_of_a_result, result, alias, whole_alias, nested, infallible, problem, boxed),
        ),
        16,
    );
}
