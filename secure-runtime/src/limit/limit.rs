use std::sync::Arc;

use secure_policy::{Per, Rate};

use super::Bucket;
use super::counter::Counter;
use super::headers::Prepared;

/// One limit, with all that can be known before the first request.
pub(crate) struct Limit {
    /// What it is known by, in this process and in others: limits of one name share their buckets.
    pub(crate) id: Arc<str>,
    /// The same, of one short length: half of its SHA-256, in base64url.
    #[cfg(feature = "redis")]
    pub(crate) tag: String,
    pub(crate) counter: Counter,
    pub(crate) headers: Prepared,
}

impl Limit {
    pub(crate) fn new(id: impl Into<Arc<str>>, rate: &Rate, header: &str) -> Self {
        Self::with(id.into(), Counter::of(rate), Prepared::new(header, rate))
    }

    /// A limit that no header speaks of.
    pub(crate) fn hidden(id: &'static str, counter: Counter) -> Self {
        Self::with(id.into(), counter, Prepared::default())
    }

    fn with(id: Arc<str>, counter: Counter, headers: Prepared) -> Self {
        Self {
            #[cfg(feature = "redis")]
            tag: tag_of(&id),
            id,
            counter,
            headers,
        }
    }
}

#[cfg(feature = "redis")]
fn tag_of(id: &str) -> String {
    use base64::Engine as _;
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, id.as_bytes());
    let half = hash.as_ref().get(..16).unwrap_or_default();
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(half)
}

/// What a limit of an endpoint is known by. The algorithm is part of it: another one has another state.
pub(crate) fn id_of(rate: &Rate, endpoint: &str, header: &str) -> String {
    let algorithm = rate.algorithm().as_str();
    match (rate.name(), rate.counted_per()) {
        (Some(name), _) => format!("name {name} {algorithm}"),
        (None, Per::Service) => {
            let (count, window, burst) = (rate.count(), rate.window().as_secs(), rate.burst());
            format!("service {count}/{window} {burst} {algorithm}")
        }
        (None, _) => format!("endpoint {endpoint} {header} {algorithm}"),
    }
}

/// What a request asks of one limit.
#[derive(Clone, Copy)]
pub(crate) struct Demand<'d> {
    pub(crate) limit: &'d Limit,
    pub(crate) bucket: Bucket<'d>,
    pub(crate) cost: u32,
}
