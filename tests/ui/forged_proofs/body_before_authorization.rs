use axum::Json;
use secure_runtime::gate::{Authorized, Gate, last_argument};

async fn early(mut gate: Gate<'_, Authorized>) {
    let _ = gate.last_part(&(), last_argument::<Json<String>>()).await;
}

fn main() {}
