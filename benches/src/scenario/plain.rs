use super::endpoints;
use super::{App, Requests};

/// axum without any security, with so many endpoints: what everything is compared with.
#[must_use]
pub fn plain(endpoints: u32, requests: Requests) -> App {
    App::new(endpoints::plain(endpoints), requests)
}
