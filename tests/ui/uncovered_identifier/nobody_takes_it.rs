use secure_runtime::secure;

#[secure(delete = "/users/{user_id}", scope = "admin")]
async fn remove() {}

fn main() {}
