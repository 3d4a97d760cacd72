#![deny(warnings)]
#![allow(dead_code)]

mod support;

mod core {}
mod std {}
mod alloc {}
mod axum {}
mod secure_runtime {}
mod serde {}
mod tokio {}
mod policy {}
mod gate {}

#[::secure_runtime::secure(
    get = "/users/{user_id}",
    scope = "a | b",
    role = "admin",
    owner("user_id", or_scope = "admin", hidden),
    when = caller.has_scope("a"),
    rate("5/s", per = "endpoint"),
    timeout = "5s"
)]
async fn show(::axum::extract::Path(user_id): ::axum::extract::Path<String>) -> String {
    user_id
}

fn main() {
    support::starts(show, 1);
}
