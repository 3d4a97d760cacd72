#[secure(delete = "/users/{id}", scope = scopes::ADMIN | scopes::USERS & scopes::WRITE, shared = "id")]
async fn remove(Path(id): Path<u64>) {}
