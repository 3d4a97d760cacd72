//! Handlers in a crate of edition 2021 that knows the runtime as `guard`.

use axum::extract::Path;
use guard::secure;

/// A number, doubled.
#[secure(crate = guard, get = "/double/{number}", authenticated, shared = "number")]
pub async fn double(Path(number): Path<u32>) -> String {
    number.saturating_mul(2).to_string()
}

/// The same, with the name as a string.
#[secure(crate = "::guard", get = "/half/{number}", authenticated, shared = "number")]
pub async fn half(Path(number): Path<u32>) -> String {
    (number / 2).to_string()
}

/// Both, for a router.
#[must_use]
pub fn routes() -> guard::Routes {
    guard::Routes::new().mount((double, half))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn a_unit_test_calls_the_handler_without_its_guard() {
        assert_eq!(double::unguarded(Path(21)).await, "42");
        assert_eq!(half::unguarded(Path(42)).await, "21");
        assert_eq!(
            format!("{:?}", routes()),
            "[\"GET /double/{number}\", \"GET /half/{number}\"]"
        );
    }
}
