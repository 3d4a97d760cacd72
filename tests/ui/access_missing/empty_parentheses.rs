use secure_runtime::secure;

#[secure()]
async fn list() {}

fn main() {}
