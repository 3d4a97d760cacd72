//! Right, and refused. E0530: the unit struct `caller` cannot be shadowed by the closure's parameter in the expansion of `when`.
#![deny(warnings)]
use secure_runtime::secure;

#[secure(get = "/caller", authenticated)]
async fn caller() {}

#[secure(get = "/mine", authenticated, when = caller.has_scope("x"))]
async fn show() {}

fn main() {
    let _ = (caller, show);
}
