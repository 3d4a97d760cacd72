#![deny(warnings)]
use axum::extract::Path;
use secure_runtime::{Routes, secure};

mod support;

#[deprecated(note = "use version 2")]
#[secure(get = "/v1/{id}", authenticated, shared = "id")]
async fn version_1(Path(id): Path<u64>) -> String {
    id.to_string()
}

#[secure(get = "/v2/{id}", authenticated, shared = "id")]
async fn version_2(Path(id): Path<u64>) -> String {
    id.to_string()
}

#[allow(deprecated, reason = "it is served until June")]
fn old() -> Routes {
    Routes::new().mount(version_1)
}

fn main() {
    assert!(format!("{:?}", old()).contains("v1"));
    support::starts(version_2, 1);
}
