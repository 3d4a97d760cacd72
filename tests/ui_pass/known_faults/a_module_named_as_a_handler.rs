//! Right, and refused. E0428: a function may have a module's name, the endpoint's struct may not.
#![deny(warnings)]
use secure_runtime::secure;

mod support;

mod orders {
    pub(crate) fn count() -> usize {
        5
    }
}

#[secure(get = "/orders", authenticated)]
async fn orders() -> String {
    orders::count().to_string()
}

fn main() {
    support::starts(orders, 1);
}
