//! The types of a public handler's arguments are its own affair.
#![deny(warnings, missing_docs)]
use axum::Json;
use axum::extract::State;
use secure_runtime::{Problem, SecureRouter, input, output, secure};

mod support;

#[output]
#[input]
struct Order {
    #[expose]
    #[input(range(max = 1000))]
    amount: u64,
}

#[derive(Clone)]
struct App;

struct Failure;

impl From<Failure> for Problem {
    fn from(_: Failure) -> Self {
        Self::not_found()
    }
}

/// Creates an order.
#[secure(post = "/orders", authenticated, when = order.amount < 5)]
pub async fn create(State(App): State<App>, Json(order): Json<Order>) -> Result<Json<Order>, Failure> {
    if order.amount == 0 {
        return Err(Failure);
    }
    Ok(Json(order))
}

fn main() {
    let router = SecureRouter::new(support::security()).mount(create).with_state::<()>(App);
    assert!(router.build().is_ok());
}
