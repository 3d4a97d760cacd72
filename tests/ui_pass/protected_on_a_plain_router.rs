#![deny(warnings)]
use axum::extract::{Path, State};
use axum::routing::{any, get, method_routing, post};
use secure_runtime::secure;

mod support;

#[secure(get = "/mine", authenticated)]
async fn mine() {}

#[secure(authenticated, owner = "user_id")]
async fn of_user(Path(user_id): Path<String>, State(db): State<String>) -> String {
    user_id + &db
}

fn main() {
    let security = support::security().build().expect("it is right");
    let protected = security.protect(of_user);
    let router: axum::Router = axum::Router::new()
        .route("/mine", get(security.protect(mine)).post(security.protect(mine)))
        .route("/users/{user_id}", method_routing::put(protected.clone()).delete(protected.clone()))
        .nest("/nested", axum::Router::new().route("/{user_id}", post(protected)).route("/any", any(security.protect(mine))))
        .with_state(String::from("db"));
    drop(router.into_make_service_with_connect_info::<std::net::SocketAddr>());
}
