//! Profiles and orders in SQLite, every endpoint secured.
//!
//! `cargo run -p profile-api` serves it and prints the curl lines to try. Each handler's attribute states its whole
//! security; the handlers themselves hold no check.

pub mod catalogue;
pub mod db;
pub mod error;
pub mod identity_provider;
pub mod keys;
pub mod orders;
pub mod organisations;
pub mod profile;
pub mod secret_file;

use secure_runtime::jwt::{Jwt, Key};
use secure_runtime::{RoleHierarchy, SecureApp, SecureRouter, Security, SecurityBuilder, StartupFaults};

use crate::db::Db;

/// The authorization server whose tokens are accepted.
pub const ISSUER: &str = "https://id.profile-api.example";
/// This API, as its tokens name it.
pub const AUDIENCE: &str = "https://profile-api.example";

/// Whose tokens are accepted, and which roles there are.
pub fn security(key: Key) -> SecurityBuilder {
    let roles = RoleHierarchy::new()
        .role("vice-president", &["manager"])
        .role("manager", &["employee"])
        .role("employee", &[]);
    Security::builder(Jwt::issuer(ISSUER).audience(AUDIENCE).key(key))
        .realm("profile-api")
        .roles(roles)
}

/// The application: all of its endpoints, with their security attached.
///
/// # Errors
///
/// Every fault of the security and of the routes, at once.
pub fn app(security: SecurityBuilder, db: Db) -> Result<SecureApp, StartupFaults> {
    SecureRouter::new(security)
        .mount((profile::get_profile, profile::update_profile))
        .mount((orders::list_orders, orders::get_order, orders::approve_order))
        .mount((catalogue::health, catalogue::list_products))
        .mount(organisations::get_report)
        .with_state(db)
        .build()
}
