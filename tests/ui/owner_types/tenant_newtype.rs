use axum::extract::Path;
use secure_runtime::{input, secure};

#[input]
struct OrgId(char);

#[secure(get = "/orgs/{org_id}", authenticated, tenant = "org_id")]
async fn show(Path(org_id): Path<OrgId>) {
    drop(org_id);
}

fn main() {}
