//! All of them, and nothing else turns red.

use axum::Json;
use secure_runtime::{input, secure};

#[input]
struct Update {
    name: String,
    #[input(pattern = "a")]
    code: String,
    #[input(server, owner)]
    user: u32,
    #[serde(alias = "x")]
    #[input(rnage(max = 5))]
    amount: u32,
}

#[secure(put = "/amount", authenticated)]
async fn update(Json(update): Json<Update>) -> String {
    update.name
}

fn main() {}
