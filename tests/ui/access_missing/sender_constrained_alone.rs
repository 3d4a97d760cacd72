//! How a token is sent does not say who may call.

use secure_runtime::secure;

#[secure(get = "/orders", sender_constrained)]
async fn list() {}

fn main() {}
