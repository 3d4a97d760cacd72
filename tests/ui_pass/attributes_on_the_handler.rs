#![deny(warnings)]
#![allow(dead_code)]
use axum::extract::Path;
use secure_runtime::secure;

mod support;

/// Documented above.
#[secure(get = "/docs", authenticated)]
/// And below, with a "quote" and a `{brace}`.
#[doc = "And by attribute."]
#[doc(alias = "documents")]
async fn docs() {}

#[cfg(not(any()))]
#[secure(get = "/cfg", authenticated)]
async fn configured() {}

#[cfg(any())]
#[secure(get = "/cfg", authenticated)]
async fn configured() {}

#[secure(get = "/cfg-below", authenticated)]
#[cfg(all())]
async fn configured_below() {}

#[secure(get = "/absent", authenticated)]
#[cfg(any())]
async fn configured_below() {
    compile_error!("absent");
}

#[cfg_attr(all(), secure(get = "/cfg-attr", authenticated))]
async fn by_cfg_attr() {}

#[secure(get = "/allow/{id}", authenticated, shared = "id")]
#[allow(unused_variables, clippy::needless_pass_by_value)]
async fn allowed(#[allow(unused)] Path(id): Path<u64>) {
    let unused = 5;
}

#[secure(get = "/expect", authenticated)]
#[expect(unused_variables, reason = "a test")]
async fn expected() {
    let unused = 5;
}


#[must_use]
#[cold]
#[secure(get = "/passed", authenticated)]
#[inline(never)]
async fn passed_through() -> &'static str {
    "passed"
}

fn main() {
    support::starts((docs, configured, configured_below, by_cfg_attr, allowed, expected, passed_through), 7);
}
