use std::time::Duration;

use metrics::{Counter, Histogram, counter, histogram};

use crate::audit::Reason;

/// `secure_requests_total{endpoint, decision, reason}`: requests that reached an endpoint's gate.
pub const REQUESTS: &str = "secure_requests_total";
/// `secure_request_duration_seconds{endpoint}`: from the gate's first stage to the handler's response.
pub const DURATION: &str = "secure_request_duration_seconds";

/// The metric handles of one endpoint, resolved when it is mounted: install your recorder before that.
///
/// All labels are known then: the endpoint's name, and the fixed list of [`Reason`]s. Nothing of a request is ever a
/// label.
pub(crate) struct Meters {
    allowed: Counter,
    refused: [Counter; Reason::ALL.len()],
    duration: Histogram,
}

impl Meters {
    pub(crate) fn of(endpoint: &'static str) -> Self {
        let requests = |decision: &'static str, reason: &'static str| counter!(REQUESTS, "endpoint" => endpoint, "decision" => decision, "reason" => reason);
        Self {
            allowed: requests("allow", ""),
            refused: Reason::ALL.map(|reason| requests("deny", reason.as_str())),
            duration: histogram!(DURATION, "endpoint" => endpoint),
        }
    }

    pub(crate) fn count(&self, refused: Option<Reason>, duration: Duration) {
        let counter = refused.and_then(|reason| self.refused.get(reason as usize));
        counter.unwrap_or(&self.allowed).increment(1);
        self.duration.record(duration);
    }
}
