//! A crate that allows itself little.
#![deny(
    missing_docs,
    missing_debug_implementations,
    missing_copy_implementations,
    unreachable_pub,
    unsafe_code,
    unused_qualifications,
    unused_results,
    unused_import_braces,
    unused_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    variant_size_differences,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    let_underscore_drop,
    non_ascii_idents,
    redundant_lifetimes,
    meta_variable_misuse,
    private_bounds,
    private_interfaces,
    future_incompatible,
    nonstandard_style,
    rust_2018_idioms,
    rust_2024_compatibility,
    keyword_idents,
    unused,
    warnings
)]

use axum::Json;
use axum::extract::{Path, Query, State};
use secure_runtime::{Principal, secure};

/// Limits.
pub mod limits {
    secure_runtime::limits! {
        /// All searches.
        pub SEARCH = rate("30/min", per = "client");
    }
}

/// Shows a user.
#[secure(
    get = "/users/{user_id}",
    scope = "a & b",
    role = "c",
    owner("user_id", or_scope = "d", hidden),
    when = caller.has_scope("x") || user_id.len() < 5,
    rate("5/s", burst = 7),
    rate("9/min", per = "tenant", algorithm = "sliding_window", cost = user_id.len()),
    rate(limits::SEARCH, cost = if caller.is_client() { 2_u8 } else { 1 }),
    concurrency = 64
)]
pub async fn show(Path(user_id): Path<String>, State(()): State<()>, Query(()): Query<()>) -> String {
    user_id
}

/// Creates an order.
#[secure(post = "/orders", optional, when = caller.is_none() || *amount < 5, max_body = "5KiB", timeout = "5s", body_timeout = "3s", rate("50/s", cost = *amount))]
pub async fn create(caller: Option<Principal>, Json(amount): Json<u64>) -> Result<Json<u64>, secure_runtime::Problem> {
    drop(caller);
    Ok(Json(amount))
}

/// Nothing.
#[secure(get = "/", public = "a test")]
pub async fn nothing() {}

#[secure(get = "/undocumented", public = "a test")]
async fn private() {}

fn main() {
    let routes: secure_runtime::Routes = secure_runtime::Routes::new().mount((show, create, nothing, private));
    drop(routes);
}
