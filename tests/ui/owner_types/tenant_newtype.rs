use axum::extract::Path;
use secure_runtime::{Input, Violation, secure};

#[derive(serde::Deserialize)]
struct OrgId(String);

impl Input for OrgId {
    fn check(&self, _: &mut Vec<Violation>) {}
}

#[secure(get = "/orgs/{org_id}", authenticated, tenant = "org_id")]
async fn show(Path(org_id): Path<OrgId>) {
    drop(org_id);
}

fn main() {}
