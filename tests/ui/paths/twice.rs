use secure_runtime::secure;

#[secure(get = "/a/{id}/b/{id}", authenticated)]
async fn list() {}

fn main() {}
