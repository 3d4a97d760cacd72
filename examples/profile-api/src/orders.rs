//! Orders: seen by whom they belong to, approved by managers.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use secure_runtime::{Owned, Page, Paging, Resource, input, output, secure};

use crate::db::Db;
use crate::error::ApiError;
use crate::profile::UserId;

/// An order's number.
#[input]
#[output]
#[derive(Clone, Copy, Debug)]
pub struct OrderId(
    #[input(range(min = 1))]
    #[expose]
    i64,
);

/// An order.
#[output]
#[derive(Clone, Debug)]
pub struct Order {
    #[expose]
    id: OrderId,
    #[expose]
    product: String,
    /// In cents.
    #[expose]
    amount: i64,
    #[expose]
    approved: bool,
    #[expose(never)]
    user_id: UserId,
}

impl Order {
    const COLUMNS: &'static str = "id, product, amount, approved, user_id";

    fn from_row(row: &rusqlite::Row<'_>) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            id: OrderId(row.get(0)?),
            product: row.get(1)?,
            amount: row.get(2)?,
            approved: row.get(3)?,
            user_id: UserId(row.get(4)?),
        })
    }
}

impl Resource for Order {
    type Id = OrderId;
    type State = Db;
    type Owner = UserId;
    type Error = ApiError;

    async fn load(id: OrderId, db: &Db) -> Result<Option<Self>, ApiError> {
        let order = db.query(move |connection| {
            let sql = format!("SELECT {} FROM orders WHERE id = ?1", Self::COLUMNS);
            connection.query_row(&sql, [id.0], Self::from_row)
        });
        match order.await {
            Err(ApiError::NotFound) => Ok(None),
            order => order.map(Some),
        }
    }

    fn owner(&self) -> &UserId {
        &self.user_id
    }
}

/// What a manager approves: the amount as the manager saw it.
#[input]
#[derive(Clone, Debug)]
pub struct Approval {
    /// In cents.
    #[input(range(min = 1))]
    pub amount: i64,
}

/// The caller's own orders, a page at a time.
#[secure(
    get = "/users/{user_id}/orders",
    scope = "read:orders",
    owner = "user_id",
    rate = "10/min"
)]
pub async fn list_orders(
    Path(user_id): Path<UserId>,
    Query(paging): Query<Paging>,
    State(db): State<Db>,
) -> Result<Json<Page<Order>>, ApiError> {
    let after: i64 = match paging.after().map(str::parse) {
        None => 0,
        Some(Ok(after)) => after,
        Some(Err(_)) => return Err(ApiError::NotFound),
    };
    // One more than is shown says whether there are more.
    let page = paging.limit();
    let limit = i64::try_from(page + 1).unwrap_or(i64::MAX);
    let orders = db.query(move |connection| {
        let sql = format!(
            "SELECT {} FROM orders WHERE user_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
            Order::COLUMNS
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map((user_id.0, after, limit), Order::from_row)?;
        rows.collect()
    });
    let orders = orders.await?;
    Ok(Json(Page::of(orders, page, |order| order.id.0.to_string())))
}

/// One of the caller's own orders. That there is another's order of some number, nobody learns.
#[secure(get = "/orders/{order_id}", scope = "read:orders", owner("order_id", hidden))]
pub async fn get_order(order: Owned<Order>) -> Json<Owned<Order>> {
    Json(order)
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
    Path(order_id): Path<OrderId>,
    State(db): State<Db>,
    Json(request): Json<Approval>,
) -> Result<StatusCode, ApiError> {
    let changed = db.query(move |connection| {
        let sql = "UPDATE orders SET approved = 1 WHERE id = ?1 AND amount = ?2";
        connection.execute(sql, (order_id.0, request.amount))
    });
    match changed.await? {
        0 => Err(ApiError::Conflict("there is no order of this number and amount")),
        _ => Ok(StatusCode::NO_CONTENT),
    }
}
