#![deny(warnings)]
use axum::Json;
use axum::extract::{Path, State};
use secure_runtime::{Principal, SecureRouter, input, secure};

mod support;

#[input]
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Small,
    Large { weight: u32 },
}

#[input]
struct Order {
    amount: u64,
    kind: Kind,
    #[input(length(max = 100), inner(length(max = 80)))]
    lines: Vec<String>,
}

#[derive(Clone)]
struct Limits(u64);

impl Limits {
    fn of<A, B>(&self, _: &Principal) -> u64 {
        self.0
    }
}

fn pair<A, B>(_: &Principal) -> bool {
    true
}

#[secure(post = "/closures", authenticated, when = order.lines.iter().all(|line| line.len() < 5) && (|x: u64| x < 5)(order.amount))]
async fn closures(Json(order): Json<Order>) {
    drop(order);
}

#[secure(post = "/turbofish", authenticated, when = limits.of::<u64, Vec<(u8, u8)>>(caller) < order.amount && pair::<u8, u16>(caller), rate = "5/s")]
async fn turbofish(State(limits): State<Limits>, Json(order): Json<Order>) {
    let _ = (limits, order);
}

#[secure(post = "/match", authenticated, when = match order.kind { Kind::Small => true, Kind::Large { weight } if weight > 5 => caller.has_role("carrier"), Kind::Large { .. } => false })]
async fn matched(Json(order): Json<Order>) {
    drop(order);
}

#[secure(post = "/matches", authenticated, when = matches!(order.kind, Kind::Large { weight: 1..=5 } | Kind::Small))]
async fn matches_macro(Json(order): Json<Order>) {
    drop(order);
}

#[secure(post = "/format", authenticated, when = format!("{amount}/{}", caller.subject()).len() < 20 && caller.has_scope("x"))]
async fn format_macro(Json(Order { amount, .. }): Json<Order>) {
    let _ = amount;
}

#[secure(post = "/if", authenticated, when = if order.amount > 5 { caller.has_role("vp") } else { true })]
async fn conditional(Json(order): Json<Order>) {
    drop(order);
}

#[secure(post = "/if-let", authenticated, when = if let Kind::Large { weight } = order.kind && weight > 5 { false } else { true })]
async fn if_let(Json(order): Json<Order>) {
    drop(order);
}

#[secure(post = "/block", authenticated, when = {
    let most = limits.0 * 2;
    order.amount < most
})]
async fn block(State(limits): State<Limits>, Json(order): Json<Order>) {
    let _ = (limits, order);
}

#[secure(post = "/return", authenticated, when = { if order.amount < 5 { return true; } caller.is_client() })]
async fn returns(Json(order): Json<Order>) {
    drop(order);
}

#[secure(get = "/parentheses/{id}", authenticated, when = (*id < 5 || (!(caller.is_client()))))]
async fn parentheses(Path(id): Path<u64>) {
    let _ = id;
}

#[secure(get = "/comparison/{id}", authenticated, when = (*id as u32) < 5 && 3 < *id, rate = "5/s")]
async fn comparison(Path(id): Path<u64>) {
    let _ = id;
}

#[secure(post = "/literals", authenticated, when = order.kind != Kind::Large { weight: 5 } && [1, 2].contains(&order.amount) && order.lines[..] != ["x"])]
async fn literals(Json(order): Json<Order>) {
    drop(order);
}

#[secure(get = "/constant", authenticated, when = cfg!(debug_assertions) || !cfg!(debug_assertions))]
async fn constant() {}

#[secure(get = "/range/{id}", authenticated, when = (..=*id).contains(&5) && (0..*id).len() > 1)]
async fn range(Path(id): Path<u32>) {
    let _ = id;
}

#[secure(get = "/true", authenticated, when = true)]
async fn always() {}

#[secure(get = "/public/{id}", public = "a test", when = *id < 5)]
async fn on_a_public_endpoint(Path(id): Path<u64>) {
    let _ = id;
}

#[secure(get = "/unsafe", authenticated, when = unsafe { std::str::from_utf8_unchecked(b"x") } == caller.subject())]
async fn unsafe_block() {}

fn main() {
    let app = SecureRouter::new(support::security())
        .mount((closures, turbofish, matched, matches_macro, (format_macro, range), conditional, if_let, block, returns))
        .mount((parentheses, comparison, literals, constant, always, on_a_public_endpoint, unsafe_block))
        .with_state::<()>(Limits(5))
        .build()
        .expect("it starts");
    assert_eq!(app.endpoints().count(), 17);
}
