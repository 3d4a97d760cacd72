//! Read without a rule.

use axum::Json;
use secure_runtime::secure;

#[derive(serde::Deserialize)]
struct Update {
    #[allow(dead_code)]
    amount: u32,
}

#[secure(put = "/amount", authenticated)]
async fn update(Json(_): Json<Update>) {}

fn main() {}
