#![deny(warnings)]
use axum::extract::Path;
use secure_runtime::{SecureRouter, get, secure};

mod support;

// The part that nobody looks at has a name all the same, so that the attribute can say whose it is.
#[secure(get = "/users/{user_id}/orders/{order_id}", authenticated, owner = "user_id", shared = "order_id")]
async fn show(Path((user_id, order_id)): Path<(String, u64)>) -> String {
    let _ = order_id;
    user_id
}

// Without a parameter there is nothing to cover, and a wildcard is enough.
#[secure(authenticated)]
async fn none(Path(()): Path<()>) {}

#[secure(get = "/files/{*rest}", authenticated, shared = "rest")]
async fn files(Path(rest): Path<String>) -> String {
    rest
}

fn main() {
    let app = SecureRouter::new(support::security())
        .mount((show, files))
        .route("/none", get(none))
        .build()
        .expect("it starts");
    assert_eq!(app.endpoints().count(), 3);
}
