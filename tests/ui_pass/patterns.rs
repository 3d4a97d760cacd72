#![deny(warnings)]
use axum::Json;
use axum::extract::{FromRef, Path, State};
use secure_runtime::{Input, Report, SecureRouter, secure};

mod support;

#[derive(Clone)]
struct App {
    db: String,
    limits: Limits,
}

#[derive(Clone)]
struct Limits {
    most: u64,
}

impl FromRef<App> for Limits {
    fn from_ref(app: &App) -> Self {
        app.limits.clone()
    }
}

#[derive(serde::Deserialize)]
struct Order {
    amount: u64,
    lines: Vec<String>,
    buyer: Buyer,
}

#[derive(serde::Deserialize)]
struct Buyer(String, (u64, u64));

impl Input for Order {
    fn check(&self, _: &mut Report<'_>) {}
}

#[secure(
    post = "/users/{user_id}/orders/{order_id}",
    authenticated,
    owner = "user_id",
    owner = "name",
    shared = "order_id",
    when = *amount < limits.most && *part > 1 && !lines.is_empty() && db.len() < 5
)]
async fn create(
    Path((mut user_id, order_id)): Path<(String, u64)>,
    State(App { db, ref limits, .. }): State<App>,
    Json(Order { mut amount, ref lines, buyer: Buyer(name, (part, _)) }): Json<Order>,
) -> String {
    amount += order_id + limits.most + part;
    user_id.push_str(&db);
    format!("{user_id} {amount} {lines:?} {name}")
}

#[secure(get = "/users/{user_id}/{ignored}", authenticated, owner = "user_id", shared = "ignored")]
async fn show(Path((user_id, ignored)): Path<(String, u64)>) -> String {
    let _ = ignored;
    user_id
}


#[secure(get = "/limits", authenticated, when = whole.most > 5 && *most < 100)]
async fn whole(State(ref whole @ Limits { ref most }): State<Limits>) -> String {
    (whole.most + most).to_string()
}

#[secure(delete = "/any", authenticated)]
async fn any(_: State<App>, State(_): State<Limits>, State(Limits { .. }): State<Limits>) {}

fn main() {
    let state = App { db: String::new(), limits: Limits { most: 5 } };
    let app = SecureRouter::new(support::security())
        .mount((create, show, whole, any))
        .with_state::<()>(state)
        .build()
        .expect("it starts");
    assert_eq!(app.endpoints().count(), 4);
}
