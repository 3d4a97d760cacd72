#![deny(warnings)]
use axum::Json;
use axum::extract::{Path, Query, State};
use secure_runtime::{Principal, secure};

mod support;

#[secure(
    post = "/users/{gate}/{state}",
    authenticated,
    owner = "gate",
    shared = "state",
    when = argument_0.len() + argument_1.len() + gate.len() < 100 && caller.has_scope("x"),
    rate("5/s", cost = gate.len() + argument_1.len() + cost.len())
)]
async fn show(
    State(()): State<()>,
    Path((gate, state)): Path<(String, u64)>,
    Query(argument_0): Query<Vec<(String, String)>>,
    Query(cost): Query<Vec<(String, String)>>,
    principal: Principal,
    Json(argument_1): Json<String>,
) -> String {
    fn argument_2() -> usize {
        2
    }
    struct Gate(usize);
    let gate = Gate(gate.len());
    let state = usize::try_from(state).unwrap_or(0);
    let caller = principal.subject().len();
    (cost.len() + gate.0 + state + caller + argument_0.len() + argument_1.len() + argument_2()).to_string()
}

#[secure(get = "/me", authenticated, when = caller.has_scope("x"))]
async fn me(caller: Principal) -> String {
    caller.subject().to_owned()
}

fn main() {
    support::starts((show, me), 2);
}
