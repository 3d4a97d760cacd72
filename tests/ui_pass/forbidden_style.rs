#![forbid(non_camel_case_types, nonstandard_style, dead_code, unused)]

use axum::extract::Path;
use secure_runtime::{SecureRouter, Security, secure};
use secure_runtime::jwt::{Jwt, Key, MacAlgorithm};

#[secure(get = "/users/{user_id}", authenticated, owner = "user_id", when = caller.has_scope("x"))]
async fn show(Path(user_id): Path<String>) -> String {
    user_id
}

fn main() {
    let jwt = Jwt::issuer("https://id.example.com").audience("https://api.example.com");
    let security = Security::builder(jwt.key(Key::secret(MacAlgorithm::Hs256, [7u8; 32])));
    assert!(SecureRouter::new(security).mount(show).build().is_ok());
}
