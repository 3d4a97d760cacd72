//! GET has no body that could be inflated.

use secure_runtime::secure;

#[secure(get = "/reports", authenticated, gzip)]
async fn list_reports() {}

fn main() {}
