//! Right, and refused. E0308: a unit struct in scope turns each variable of its name into a pattern for it; a function does not.
#![deny(warnings)]
use axum::extract::Path;
use secure_runtime::secure;

mod support;

#[secure(get = "/profile", authenticated)]
async fn profile() {}

#[secure(get = "/profiles/{profile}", authenticated, owner = "profile")]
async fn show(Path(profile): Path<String>) -> String {
    let orders = profile.len();
    orders.to_string()
}

#[secure(get = "/orders", authenticated)]
async fn orders() {}

fn main() {
    support::starts((profile, show, orders), 3);
}
