#![deny(warnings)]
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use secure_runtime::{Opaque, Problem, secure};

mod support;

#[secure(get = "/html", authenticated)]
async fn html() -> Opaque<Html<&'static str>> {
    Opaque(Html("<p>"))
}

#[secure(get = "/response", authenticated)]
async fn response() -> Opaque<Response> {
    Opaque(StatusCode::OK.into_response())
}

#[secure(get = "/impl", authenticated)]
async fn opaque() -> Opaque<impl IntoResponse> {
    Opaque(([("x-kind", "opaque")], "text"))
}

#[secure(get = "/result/impl", authenticated)]
async fn result() -> Result<Opaque<impl IntoResponse + use<>>, Problem> {
    Ok(Opaque("text"))
}

#[secure(get = "/tuple/impl", authenticated)]
async fn tuple() -> (StatusCode, Result<Opaque<impl IntoResponse>, Problem>) {
    (StatusCode::OK, Ok(Opaque("text")))
}

#[secure(get = "/two/impls", authenticated)]
async fn two() -> Opaque<(impl axum::response::IntoResponseParts, impl IntoResponse)> {
    Opaque(([("x-kind", "two")], "text"))
}

fn main() {
    support::starts((html, response, opaque, result, tuple, two), 6);
}
