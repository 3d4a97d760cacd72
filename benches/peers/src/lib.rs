//! What a user might pick instead of secure-runtime: the same endpoint, token, answer and checks, by others.
//!
//! A workspace of its own, so that what only the comparison needs is built by those who compare.

mod claims;
pub mod figures;
pub mod hand;
pub mod libraries;
mod load;
mod pin;
mod rounds;
mod same;
mod scenarios;
mod telemetry;

pub use load::{Loaded, Seen, load};
pub use pin::{Place, pin};
pub use rounds::{Round, Timed, rounds};
pub use same::check;
pub use scenarios::{Peer, counted, scenarios};
pub use telemetry::{add_up_metrics, record_metrics, write_audit_lines};
