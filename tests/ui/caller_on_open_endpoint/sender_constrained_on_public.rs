//! Where no credential is looked at, none can be bound to a key.

use secure_runtime::secure;

#[secure(get = "/health", public = "a demo", sender_constrained)]
async fn health() {}

fn main() {}
