#[secure(get = "/catalogue", optional)]
async fn list_products(caller: Option<Principal>, State(db): State<Db>) -> Json<Vec<Product>> {
    db.products(caller).await
}
