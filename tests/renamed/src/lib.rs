//! Handlers in a crate of edition 2021 that knows the runtime as `guard`, and neither serde nor schemars.

use axum::extract::Path;
use axum::Json;
use guard::secure;

/// A number, doubled.
#[secure(crate = guard, get = "/double/{number}", authenticated, shared = "number")]
pub async fn double(Path(number): Path<u32>) -> String {
    number.saturating_mul(2).to_string()
}

/// Limits.
pub mod limits {
    guard::limits! {
        /// All halvings together.
        pub HALVE = rate("30/min", per = "tenant");
    }
}

/// The same, with the name as a string.
#[secure(crate = "::guard", get = "/half/{number}", authenticated, shared = "number", rate(limits::HALVE, cost = *number))]
pub async fn half(Path(number): Path<u32>) -> String {
    (number / 2).to_string()
}

/// Numbers that somebody wants the sum of.
#[guard::input(crate = "guard")]
pub struct Numbers {
    #[input(length(min = 1, max = 10), inner(range(max = 1000)))]
    numbers: Vec<u32>,
    label: Option<Label>,
    #[input(scope = "round:sums")]
    round: Option<Rounding>,
}

/// What a sum is called.
#[guard::input(crate = guard)]
pub struct Label(#[input(pattern = "^[a-z]{1,20}$")] String);

/// How a sum is rounded.
#[guard::input(crate = "::guard")]
#[serde(rename_all = "lowercase")]
pub enum Rounding {
    /// To tens.
    Tens,
}

/// A sum.
#[guard::output(crate = "guard")]
pub struct Sum {
    #[expose]
    sum: u32,
    #[expose]
    label: Option<String>,
    #[expose(scope = "read:counts")]
    count: u32,
    #[expose]
    rounded: Rounded,
}

/// Whether a sum was rounded.
#[guard::output(crate = guard)]
#[serde(rename_all = "lowercase")]
pub enum Rounded {
    /// To tens.
    Tens,
    /// It was not.
    No,
}

/// The sum of what comes in.
#[secure(crate = guard, post = "/sums", authenticated)]
pub async fn add(Json(numbers): Json<Numbers>) -> Json<Sum> {
    let sum: u32 = numbers.numbers.iter().sum();
    let (sum, rounded) = match numbers.round {
        Some(Rounding::Tens) => (sum / 10 * 10, Rounded::Tens),
        None => (sum, Rounded::No),
    };
    Json(Sum {
        sum,
        label: numbers.label.map(|label| label.0),
        count: u32::try_from(numbers.numbers.len()).unwrap_or(u32::MAX),
        rounded,
    })
}

/// All, for a router.
#[must_use]
pub fn routes() -> guard::Routes {
    guard::Routes::new().mount((double, half, add))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn a_unit_test_calls_the_handler_without_its_guard() {
        assert_eq!(double::unguarded(Path(21)).await, "42");
        assert_eq!(half::unguarded(Path(42)).await, "21");
        let numbers = Numbers {
            numbers: vec![7, 8],
            label: Some(Label("few".to_owned())),
            round: Some(Rounding::Tens),
        };
        let Json(sum) = add::unguarded(Json(numbers)).await;
        assert_eq!((sum.sum, sum.count), (10, 2));
        assert!(matches!(sum.rounded, Rounded::Tens));
        assert_eq!(sum.label.as_deref(), Some("few"));
        assert_eq!(
            format!("{:?}", routes()),
            "[\"GET /double/{number}\", \"GET /half/{number}\", \"POST /sums\"]"
        );
    }
}
