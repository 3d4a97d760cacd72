//! The compile-fail suite and what its messages have in common; and programs that must compile and start.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy knows functions with #[test] as tests, not the ones that they share"
)]

mod messages;
mod suites;
