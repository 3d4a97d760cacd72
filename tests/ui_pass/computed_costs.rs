#![deny(warnings)]
use std::cell::Cell;
use std::num::{NonZero, NonZeroU64};
use std::sync::Mutex;

use axum::Json;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use secure_runtime::policy::{Per, Rate};
use secure_runtime::{Cost, Endpoint, Principal, Problem, SecureRouter, TrustedParts, input, secure};

mod support;

#[input]
#[derive(Clone, Copy)]
struct Page {
    size: u32,
    number: u64,
    width: Option<u8>,
}

#[input]
struct Order {
    #[input(length(max = 100))]
    lines: Vec<u16>,
}

// A cost of one's own.
struct Pages(u32);

impl Cost for Pages {
    fn units(self) -> NonZeroU64 {
        self.0.units()
    }
}

// What cannot be shared between threads.
struct Lonely(Cell<u32>);

impl<S: Sync> FromRequestParts<S> for Lonely {
    type Rejection = Problem;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self(Cell::new(2)))
    }
}

impl TrustedParts for Lonely {}

static SHARED: Mutex<u32> = Mutex::new(5);

const fn twice(units: u32) -> u32 {
    units * 2
}

#[secure(
    get = "/types",
    authenticated,
    rate("1/s", cost = 1_u8 + page.width.unwrap_or(1)),
    rate("2/s", cost = 1_u16),
    rate("3/s", cost = page.size),
    rate("4/s", cost = page.number),
    rate("5/s", cost = u128::from(page.number) * u128::MAX),
    rate("6/s", cost = caller.subject().len()),
)]
async fn types(Query(page): Query<Page>) {
    let _ = page;
}

#[secure(
    get = "/more-types",
    authenticated,
    rate("7/s", cost = NonZero::<u32>::MIN.saturating_add(page.size)),
    rate("8/s", cost = &page.size),
    rate("9/s", cost = Pages(page.size)),
    rate("10/s", cost = twice(page.size)),
)]
async fn more_types(Query(page): Query<Page>) {
    let _ = page;
}

#[secure(
    post = "/phases/{number}",
    authenticated,
    shared = "number",
    when = page.size < 100 && order.lines.len() < 50,
    rate("100/s", per = "endpoint", cost = order.lines.len()),
    rate("1000/day", per = "tenant", burst = 10, cost = page.size * u32::from(*number)),
    rate("1000/h", cost = 5),
    rate("500/h", cost = *number),
    rate("300/h", per = "service", cost = page.size.max(order.lines.first().copied().map_or(0, u32::from))),
)]
async fn phases(State(()): State<()>, Path(mut number): Path<u8>, Query(page): Query<Page>, Json(mut order): Json<Order>) {
    number += 1;
    order.lines.push(u16::from(number));
    let _ = page;
}

#[secure(
    post = "/forms",
    optional,
    rate("1/s", cost = match caller { Some(caller) if caller.is_client() => 1_u32, Some(_) => 2, None => 10 }),
    rate("2/s", cost = { let lines = &order.lines; if lines.is_empty() { return 1; } lines.len() }),
    rate("3/s", cost = order.lines.iter().map(|line| u64::from(*line)).sum::<u64>()),
    rate("4/s", cost = (if order.lines.len() > 5 { 10_usize } else { 1 })),
    rate("5/s", cost = format!("{}", order.lines.len()).len()),
    rate("6/s", cost = *SHARED.lock().unwrap_or_else(std::sync::PoisonError::into_inner)),
    rate("7/s", cost = (|units: u32| units + 1)(2)),
    rate("8/s", cost = <u32 as From<u16>>::from(3)),
)]
async fn forms(_: Option<Principal>, Json(order): Json<Order>) {
    drop(order);
}

#[secure(get = "/lonely", public = "a test", rate("20/s", cost = lonely.0.get()), rate("20/s", cost = lonely.0.get() + page.size), rate = "20/s")]
async fn lonely(lonely: Lonely, Query(page): Query<Page>) {
    let _ = (lonely.0.get(), page);
}

#[secure(get = "/no-arguments", authenticated, rate("10/s", cost = twice(5)))]
async fn no_arguments() {}

fn main() {
    let app = SecureRouter::new(support::security()).mount((types, more_types, phases, forms, lonely, no_arguments));
    assert_eq!(app.build().expect("it starts").endpoints().count(), 6);
    let rates = phases::POLICY.rates;
    assert_eq!(rates[0], Rate::new(100, 1).per(Per::Endpoint).cost_by("order.lines.len()"));
    assert_eq!(rates[2], Rate::new(1000, 3600).cost_of(5));
    assert_eq!(types::POLICY.rates[2].computed_cost(), Some("page.size"));
}
