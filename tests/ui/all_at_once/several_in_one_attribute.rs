use secure_runtime::secure;

#[secure(get = "/users/{id}/", public, scpoe = "a", rate = "0/min", timeout = "never", max_body = "1MiB")]
fn list() {}

fn main() {}
