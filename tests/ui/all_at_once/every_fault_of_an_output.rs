//! All of them, and nothing else turns red.

use axum::Json;
use secure_runtime::{output, secure};

#[output]
struct Profile {
    name: String,
    #[expose(owner)]
    email: String,
    #[expose(never, role = "x")]
    notes: String,
}

#[secure(get = "/profile", authenticated)]
async fn get_profile() -> Json<Vec<Profile>> {
    Json(vec![])
}

fn main() {}
