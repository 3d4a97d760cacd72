use axum::extract::State;
use secure_runtime::{SecureRouter, Security, secure};

#[derive(Clone)]
struct Db;

#[derive(Clone)]
struct App;

#[secure(get = "/orders", authenticated)]
async fn list(State(db): State<Db>) {
    drop(db);
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount(list)
}

fn main() {}
