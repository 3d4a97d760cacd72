use axum::extract::Path;
use secure_runtime::secure;

#[secure(get = "/orgs/{org_id}", public = "a demo", tenant = "org_id")]
async fn show(Path(org_id): Path<String>) {
    drop(org_id);
}

fn main() {}
