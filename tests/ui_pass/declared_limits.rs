#![deny(warnings, missing_docs)]
//! Limits that endpoints share.
use axum::extract::Query;
use secure_runtime::policy::{Algorithm, Per, Rate};
use secure_runtime::{Endpoint, limits as declare, secure};

mod support;

mod limits {
    secure_runtime::limits! {
        /// All searches of a caller together.
        pub SEARCH = "30/min";
        /// What a tenant may export in a day.
        #[cfg(not(windows))]
        pub(crate) EXPORT = rate("100/day", algorithm = "fixed_quota", per = "tenant");
        /// The same.
        #[cfg(windows)]
        pub EXPORT = rate("100/day", algorithm = "fixed_quota", per = "tenant");
        /// With all that can be said.
        #[allow(dead_code)]
        pub(super) FULL_TEXT_2 = rate("10/s", burst = 20, cost = 2, per = "ip", algorithm = "gcra",);
        #[doc(hidden)]
        pub r#STATIC = rate("5/s");
    }
}

// By another name, and in nothing but the module of its endpoints.
declare! {
    PROBE = rate("60/min", per = "ip");
}

// Nothing is a list of limits as well.
declare! {}

// Written by hand: what counts is the name.
const BY_HAND: Rate = Rate::new(10, 1).named("by-hand");

struct Holder;

impl Holder {
    const LIMIT: Rate = BY_HAND;
}

#[secure(get = "/a", authenticated, rate = limits::SEARCH)]
async fn a() {}

#[secure(
    get = "/b",
    authenticated,
    rate(limits::SEARCH),
    rate(self::limits::EXPORT, cost = 5),
    rate = crate::limits::FULL_TEXT_2,
    rate(limits::r#STATIC, cost = 5_u8),
    rate = "10/s",
)]
async fn b() {}

#[secure(get = "/c", authenticated, rate(limits::SEARCH, cost = *size), rate = Holder::LIMIT)]
async fn c(Query(size): Query<u32>) {
    let _ = size;
}

#[secure(get = "/d", optional, rate = limits::EXPORT)]
async fn d() {}

#[secure(get = "/e", public = "a test", rate = PROBE, rate(BY_HAND, cost = 10))]
async fn e() {}

// Limit and cost come from the caller of the macro.
macro_rules! limited {
    ($name:ident, $path:literal, $limit:path, $other:expr, $units:literal, $cost:expr) => {
        #[secure(get = $path, authenticated, rate($limit, cost = $cost), rate = $other, rate("9/s", cost = $units))]
        async fn $name(Query(size): Query<u32>) {
            let _ = size;
        }
    };
}

limited!(f, "/f", limits::SEARCH, limits::EXPORT, 3, caller.subject().len());
limited!(g, "/g", PROBE, Holder::LIMIT, 3, if caller.is_client() { 1_u8 } else { 2 });

// The whole limit as well.
macro_rules! declared {
    ($name:ident, $rate:literal, $per:literal) => {
        secure_runtime::limits! { $name = rate($rate, per = $per); }
    };
}

declared!(FROM_A_MACRO, "3/s", "service");

fn within() -> Rate {
    declare! { WITHIN = "4/s"; }
    #[secure(get = "/within", authenticated, rate = WITHIN)]
    async fn inner() {}
    inner::POLICY.rates[0]
}

fn main() {
    support::starts((a, b, c, d, e, f, g), 7);
    assert_eq!(limits::SEARCH, Rate::new(30, 60).named("search"));
    let export = Rate::new(100, 86_400).counted_by(Algorithm::FixedQuota).per(Per::Tenant);
    assert_eq!(limits::EXPORT, export.named("export"));
    let full_text = Rate::new(10, 1).burst_of(20).cost_of(2).per(Per::Ip);
    assert_eq!(limits::FULL_TEXT_2, full_text.named("full-text-2"));
    assert_eq!(limits::r#STATIC.name(), Some("static"));
    assert_eq!(FROM_A_MACRO, Rate::new(3, 1).per(Per::Service).named("from-a-macro"));
    assert_eq!(within(), Rate::new(4, 1).named("within"));
    assert_eq!(a::POLICY.rates, [limits::SEARCH]);
    let five = limits::EXPORT.cost_of(5);
    assert_eq!(b::POLICY.rates[..2], [limits::SEARCH, five]);
    assert_eq!((c::POLICY.rates[0].name(), c::POLICY.rates[1]), (Some("search"), BY_HAND));
    assert!(c::POLICY.rates[0].computed_cost().is_some_and(|cost| cost.contains("size")));
    assert_eq!(f::POLICY.rates[0].computed_cost(), Some("caller.subject().len()"));
}
