//! What anybody may see.

use axum::Json;
use axum::extract::State;
use secure_runtime::{Principal, limits, output, secure};

use crate::db::Db;
use crate::error::ApiError;

/// A product, at the price for this caller.
#[output]
#[derive(Clone, Debug)]
pub struct Product {
    #[expose]
    id: String,
    #[expose]
    name: String,
    /// In cents.
    #[expose]
    price: i64,
}

/// Does the database answer?
#[secure(get = "/health", public = "health check, shows no data", rate("60/min", per = "ip"))]
pub async fn health(State(db): State<Db>) -> Result<&'static str, ApiError> {
    db.query(|connection| connection.query_row("SELECT 1", (), |_| Ok(())))
        .await?;
    Ok("ok")
}

limits! {
    /// What a customer, or who is not known at one address, may read of the catalogue in an hour.
    pub CATALOGUE = rate("10000/h", algorithm = "fixed_quota");
}

/// The products; customers who are known pay a tenth less.
#[secure(get = "/catalogue", optional, rate = CATALOGUE)]
pub async fn list_products(caller: Option<Principal>, State(db): State<Db>) -> Result<Json<Vec<Product>>, ApiError> {
    let percent = if caller.is_some() { 90 } else { 100 };
    let products = db.query(move |connection| {
        let sql = "SELECT id, name, price * ?1 / 100 FROM products ORDER BY id LIMIT 100";
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map([percent], |row| {
            Ok(Product {
                id: row.get(0)?,
                name: row.get(1)?,
                price: row.get(2)?,
            })
        })?;
        rows.collect()
    });
    products.await.map(Json)
}
