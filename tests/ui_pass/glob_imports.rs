#![deny(warnings)]
use axum::extract::*;
use axum::*;
use http::*;
use secure_runtime::*;

mod support;

mod handlers {
    use super::*;

    #[secure(get = "/users/{user_id}", authenticated, owner = "user_id")]
    pub(crate) async fn show(Path(user_id): Path<String>, method: Method) -> (StatusCode, Json<String>) {
        (StatusCode::OK, Json(user_id + method.as_str()))
    }
}

use handlers::*;

fn main() {
    support::starts(show, 1);
}
