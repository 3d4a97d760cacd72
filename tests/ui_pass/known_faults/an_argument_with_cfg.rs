//! Right, and refused. E0061, E0425: the expansion counts arguments that `cfg` removes.
#![deny(warnings)]
use axum::extract::Path;
use secure_runtime::secure;

#[secure(get = "/users/{id}", authenticated, shared = "id")]
async fn show(Path(id): Path<u64>, #[cfg(any())] missing: Missing) -> String {
    id.to_string()
}

fn main() {
    let _ = show;
}
