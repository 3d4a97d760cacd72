//! Orders: seen by whom they belong to, approved by managers.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use secure_runtime::{Input, Output, Violation, secure};
use serde::{Deserialize, Serialize};

use crate::db::Db;
use crate::error::ApiError;
use crate::profile::UserId;

/// An order.
#[derive(Clone, Debug, Serialize)]
pub struct Order {
    id: i64,
    product: String,
    amount: i64,
    approved: bool,
}

impl Output for Order {}

impl Order {
    fn from_row(row: &rusqlite::Row<'_>) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            id: row.get(0)?,
            product: row.get(1)?,
            amount: row.get(2)?,
            approved: row.get(3)?,
        })
    }
}

/// What a manager approves: the amount as the manager saw it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// In cents.
    pub amount: i64,
}

impl Input for Approval {
    fn check(&self, violations: &mut Vec<Violation>) {
        if self.amount <= 0 {
            violations.push(Violation::new("/amount", "must be above 0"));
        }
    }
}

/// The caller's own orders.
#[secure(
    get = "/users/{user_id}/orders",
    scope = "read:orders",
    owner = "user_id",
    rate = "10/min"
)]
pub async fn list_orders(Path(user_id): Path<UserId>, State(db): State<Db>) -> Result<Json<Vec<Order>>, ApiError> {
    let orders = db.query(move |connection| {
        let sql = "SELECT id, product, amount, approved FROM orders WHERE user_id = ?1 ORDER BY id LIMIT 100";
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map([user_id.0], Order::from_row)?;
        rows.collect()
    });
    orders.await.map(Json)
}

/// One of the caller's own orders. The order's number is looked up among the owner's orders only, so it is nobody's by itself.
#[secure(
    get = "/users/{user_id}/orders/{order_id}",
    scope = "read:orders",
    owner("user_id", hidden),
    shared = "order_id"
)]
pub async fn get_order(
    Path((user_id, order_id)): Path<(UserId, i64)>,
    State(db): State<Db>,
) -> Result<Json<Order>, ApiError> {
    let order = db.query(move |connection| {
        let sql = "SELECT id, product, amount, approved FROM orders WHERE user_id = ?1 AND id = ?2";
        connection.query_row(sql, (user_id.0, order_id), Order::from_row)
    });
    order.await.map(Json)
}

/// Approves an order: managers below 10 000, vice presidents any amount.
///
/// What is checked is the amount in the request, so what is changed is the order of that amount and no other: the two
/// are one statement.
#[secure(
    post = "/orders/{order_id}/approval",
    scope = "approve:orders",
    role = "manager",
    shared = "order_id",
    when = request.amount < 10_000 || caller.has_role("vice-president"),
    max_body = "1KiB"
)]
pub async fn approve_order(
    Path(order_id): Path<i64>,
    State(db): State<Db>,
    Json(request): Json<Approval>,
) -> Result<StatusCode, ApiError> {
    let changed = db.query(move |connection| {
        let sql = "UPDATE orders SET approved = 1 WHERE id = ?1 AND amount = ?2";
        connection.execute(sql, (order_id, request.amount))
    });
    match changed.await? {
        0 => Err(ApiError::Conflict("there is no order of this number and amount")),
        _ => Ok(StatusCode::NO_CONTENT),
    }
}
