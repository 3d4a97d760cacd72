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

#[secure(get = "/transfers", scope = "read:transfers", sender_constrained)]
async fn sender_constrained() {}

#[secure(get = "/offers", optional, sender_constrained)]
async fn optional_and_sender_constrained() {}

fn main() {
    let roles = RoleHierarchy::new().role("support", &[]).role("admin", &["support"]);
    let app = SecureRouter::new(support::security().roles(roles))
        .mount(((get, post, put), (patch, delete), (both, in_another_order), (sender_constrained, optional_and_sender_constrained)))
        .build()
        .expect("it starts");
    assert_eq!(app.endpoints().count(), 9);
}
