#![deny(warnings)]
use axum::Json;
use axum::extract::{Path, Query, State};
use secure_runtime::{Owned, Principal, Problem, Resource, SecureRouter, input, output, secure};

mod support;

#[derive(Clone)]
struct Db;

#[input]
struct Id(u64);

#[output(owner = "user_id")]
struct Order {
    #[expose]
    id: u64,
    #[expose(owner)]
    user_id: String,
}

#[output]
#[derive(Clone)]
struct Team {
    #[expose]
    name: String,
}

impl Resource for Order {
    type Id = Id;
    type State = Db;
    type Owner = str;
    type Error = Problem;

    async fn load(id: Id, _: &Db) -> Result<Option<Self>, Problem> {
        Ok(Some(Self { id: id.0, user_id: "alice".to_owned() }))
    }

    fn owner(&self) -> &str {
        &self.user_id
    }
}

impl Resource for Team {
    type Id = String;
    type State = Db;
    type Owner = u64;
    type Error = std::convert::Infallible;

    async fn load(name: String, _: &Db) -> Result<Option<Self>, Self::Error> {
        Ok(Some(Self { name }))
    }

    fn owner(&self) -> &u64 {
        &5
    }

    fn tenant(&self) -> Option<&str> {
        Some("acme")
    }
}

#[input]
struct Change {
    #[input(length(max = 9))]
    name: String,
}

/// It belongs to the caller, though nothing says so.
#[secure(get = "/orders/{order_id}", scope = "a")]
async fn by_default(order: Owned<Order>) -> Json<Owned<Order>> {
    Json(order)
}

#[secure(delete = "/carts/{id}", authenticated, owner("id", or_scope = "admin", hidden))]
async fn the_only_one(order: Owned<Order>, caller: Principal) -> String {
    format!("{}{}", order.id, caller.subject())
}

#[secure(get = "/teams/{team_id}", authenticated, tenant = "team_id")]
async fn of_a_tenant(_team: Owned<Team>) {}

#[secure(get = "/groups/{name}", authenticated, shared = "name")]
async fn of_nobody(team: secure_runtime::Owned<Team>) -> Json<Team> {
    Json(team.into_inner())
}

#[secure(put = "/teams/{team_id}/orders/{order_id}", authenticated, tenant("team_id", hidden), owner = "order_id")]
async fn two(order: Owned<Order>, team: Owned<Team>, Json(change): Json<Change>) -> Json<(u64, String)> {
    Json((order.id, team.name.clone() + &change.name))
}

#[secure(get = "/teams/{team_id}/orders/{order_id}", authenticated)]
async fn two_by_default(team: Owned<Team>, order: Owned<Order>) -> String {
    format!("{}{}", order.id, team.name)
}

#[secure(post = "/users/{user_id}/orders/{order_id}", authenticated, owner = "user_id", when = order.id < 5)]
async fn beside_a_path(
    State(Db): State<Db>,
    Path((user_id, _)): Path<(String, u64)>,
    Query(change): Query<Change>,
    order: Owned<Order>,
) -> String {
    format!("{user_id}{}{}", change.name, order.id)
}

#[secure(patch = "/orders/{order_id}", authenticated, owner("order_id", hidden), when = change.name.len() < 5 && caller.has_scope("x"))]
async fn with_a_condition(mut order: Owned<Order>, Json(change): Json<Change>) -> Json<Order> {
    let _ = &mut order;
    Json(Order { user_id: change.name, ..order.into_inner() })
}

#[secure(get = "/ignored/{order_id}", authenticated, owner = "order_id")]
async fn ignored(_: Owned<Order>) {}

#[secure(authenticated, owner = "order_id")]
async fn without_a_route(order: Owned<Order>) -> String {
    order.id.to_string()
}

fn main() {
    let app = SecureRouter::new(support::security())
        .mount((by_default, the_only_one, of_a_tenant, of_nobody, two, two_by_default, beside_a_path))
        .mount((with_a_condition, ignored))
        .route("/named/{order_id}", secure_runtime::get(without_a_route))
        .with_state::<()>(Db)
        .build()
        .expect("it starts");
    assert_eq!(app.endpoints().count(), 10);
}
