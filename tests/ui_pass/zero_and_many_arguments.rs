#![deny(warnings)]
use axum::extract::{Extension, Form, MatchedPath, Path, Query, State};
use axum::http::{HeaderMap, Method, Uri};
use axum::Json;
use secure_runtime::{Claims, Principal, Unchecked, UncheckedBody, secure};

mod support;

#[derive(serde::Deserialize)]
struct Mine {
    email: String,
}

#[secure(get = "/nothing", authenticated)]
async fn nothing() {}

#[secure(post = "/json", authenticated)]
async fn only_json(Json(text): Json<String>) -> String {
    text
}

#[secure(post = "/form", authenticated)]
async fn only_form(Form(pairs): Form<Vec<(String, String)>>) -> String {
    pairs.len().to_string()
}

#[secure(put = "/bytes", authenticated)]
async fn only_bytes(UncheckedBody(bytes): UncheckedBody<axum::body::Bytes>) -> String {
    bytes.len().to_string()
}

#[secure(patch = "/request", authenticated)]
async fn only_request(UncheckedBody(request): UncheckedBody<axum::http::Request<axum::body::Body>>) -> String {
    request.uri().path().to_owned()
}

#[secure(get = "/one/{id}", authenticated, shared = "id")]
async fn only_a_path(Path(id): Path<u64>) -> String {
    id.to_string()
}

#[allow(clippy::too_many_arguments)]
#[secure(post = "/many/{user_id}", authenticated, owner = "user_id")]
async fn many(
    Path(user_id): Path<String>,
    Query(query): Query<Option<Vec<(String, String)>>>,
    State(()): State<()>,
    Extension(number): Extension<u64>,
    Extension(text): Extension<&'static str>,
    method: Method,
    matched: MatchedPath,
    principal: Principal,
    maybe: Option<Principal>,
    Claims(mine): Claims<Mine>,
    Unchecked(headers): Unchecked<HeaderMap>,
    Unchecked(uri): Unchecked<Uri>,
    _: Claims<Mine>,
    another: Claims<serde_json::Value>,
    Json(body): Json<(Option<u8>, Box<String>)>,
) -> String {
    let all = (query, number, text, method, matched, principal, maybe, mine.email, headers, uri, another, body);
    format!("{user_id} {all:?}")
}

fn main() {
    support::starts((nothing, only_json, only_form, only_bytes, only_request, only_a_path, many), 7);
}
