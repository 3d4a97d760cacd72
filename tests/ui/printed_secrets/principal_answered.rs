use axum::Json;
use secure_runtime::{Principal, secure};

#[secure(get = "/me", authenticated)]
async fn me(caller: Principal) -> Json<Principal> {
    Json(caller)
}

fn main() {}
