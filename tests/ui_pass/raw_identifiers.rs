#![deny(warnings)]
use axum::extract::Path;
use secure_runtime::secure;

mod support;

#[secure(get = "/type", authenticated)]
async fn r#type() {}

#[secure(get = "/loop/{match}", authenticated, owner = "r#match")]
async fn r#loop(Path(r#match): Path<String>) -> String {
    r#match
}

#[secure(get = "/use/{in}/{for}", authenticated, shared = "r#in", shared = "r#for")]
async fn r#use(Path((r#in, r#for)): Path<(u64, u64)>) -> String {
    (r#in + r#for).to_string()
}

#[secure(get = "/while/{if}", authenticated, when = *r#if < 5)]
async fn r#while(Path(r#if): Path<u64>) -> String {
    r#if.to_string()
}

fn main() {
    support::starts((r#type, r#loop, r#use, r#while), 4);
}
