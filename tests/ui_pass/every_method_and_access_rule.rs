#![deny(warnings)]
use secure_runtime::{RoleHierarchy, SecureRouter, secure};

mod support;

#[secure(get = "/", public = "a test")]
async fn get() {}

#[secure(post = "/", optional)]
async fn post() {}

#[secure(put = "/", authenticated)]
async fn put() {}

#[secure(patch = "/", scope = "read:orders")]
async fn patch() {}

#[secure(delete = "/", role = "admin")]
async fn delete() {}

#[secure(get = "/both", scope = "a & (b | c:d/e.f)", role = "admin | support")]
async fn both() {}

#[secure(role = "admin & support", get = "/order", scope = "(((a)))")]
async fn in_another_order() {}

fn main() {
    let roles = RoleHierarchy::new().role("support", &[]).role("admin", &["support"]);
    let app = SecureRouter::new(support::security().roles(roles))
        .mount(((get, post, put), (patch, delete), (both, in_another_order)))
        .build()
        .expect("it starts");
    assert_eq!(app.endpoints().count(), 7);
}
