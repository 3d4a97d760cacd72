//! What the right programs share.
#![allow(dead_code)]

use ::secure_runtime::jwt::{Jwt, Key, MacAlgorithm};
use ::secure_runtime::{Anyone, Mount, SecureRouter, Security, SecurityBuilder};

/// The security of a program, not yet checked.
pub fn security() -> SecurityBuilder {
    let jwt = Jwt::issuer("https://id.example.com").audience("https://api.example.com");
    Security::builder(jwt.key(Key::secret(MacAlgorithm::Hs256, [7u8; 32])))
}

/// The start-up checks pass, and so many endpoints are there.
pub fn starts(endpoints: impl Mount<(), Anyone>, count: usize) {
    let app = SecureRouter::new(security()).mount(endpoints).build().expect("it starts");
    ::core::assert_eq!(::core::iter::Iterator::count(app.endpoints()), count);
}
