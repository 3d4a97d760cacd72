#![deny(warnings)]
use std::convert::Infallible;

use secure_runtime::secure;

mod support;

#[secure(get = "/infallible", authenticated)]
async fn infallible() -> Result<&'static str, Infallible> {
    Ok("never fails")
}

#[secure(get = "/never", authenticated)]
async fn never() -> Infallible {
    loop {
        std::future::pending::<()>().await;
    }
}

fn main() {
    support::starts((infallible, never), 2);
}
