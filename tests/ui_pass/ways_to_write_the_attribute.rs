#![deny(warnings)]
use axum::extract::Path;

mod support;

#[secure_runtime::secure(get = "/path", authenticated,)]
async fn by_its_path() {}

#[::secure_runtime::secure{get = "/braces", authenticated}]
async fn in_braces() {}

#[secure_runtime::secure[get = "/brackets", authenticated]]
async fn in_brackets() {}

use secure_runtime::secure as guarded;

#[guarded(get = "/renamed", authenticated)]
async fn renamed() {}

use secure_runtime as guard;

#[guard::secure(get = "/crate/{id}", authenticated, shared("id",), rate("5/s", burst = 7,), crate = "crate::guard",)]
async fn renamed_crate(Path(id): Path<u64>) -> String {
    id.to_string()
}

#[guard::secure(crate = guard, authenticated, get = "/crate")]
async fn renamed_crate_as_a_path() {}

#[
    guard::secure(
        // A comment.
        get
            =
            "/spaced/\
             continued", /* another */
        authenticated
    )
]
async
fn
spaced
() {}

fn main() {
    support::starts((by_its_path, in_braces, in_brackets, renamed, renamed_crate, renamed_crate_as_a_path, spaced), 7);
}
