#![deny(warnings)]
#![allow(unused_macros)]

macro_rules! concat { () => {}; }
macro_rules! stringify { () => {}; }
macro_rules! module_path { () => {}; }
macro_rules! assert { () => {}; }
macro_rules! panic { () => {}; }
macro_rules! matches { () => {}; }
macro_rules! secure { () => {}; }
macro_rules! limits { () => {}; }

secure_runtime::limits! { SEARCH = "30/min"; }

use secure_runtime::secure;

mod support;

#[secure(get = "/macros", authenticated, when = caller.has_scope("a"), rate("5/s", cost = caller.subject().len()), rate = SEARCH)]
async fn show() {}

fn main() {
    support::starts(show, 1);
}
