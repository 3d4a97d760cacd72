#[secure(get = "/orgs/{org_id}/products/{product_id}", role = "member | admin", tenant = "org_id", shared = "product_id")]
async fn get_product(Path((org_id, product_id)): Path<(OrgId, u64)>) -> Json<Product> {
    load(org_id, product_id).await
}
