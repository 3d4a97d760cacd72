use secure_policy::{Per, Rate};

use super::Bucket;
use super::counter::Counter;
use super::headers::Place;

/// One limit, with all that can be known before the first request.
pub(crate) struct Limit {
    /// What it is known by in this process: limits of one name share their buckets. A part of its SHA-256, so that it has one
    /// short length.
    pub(crate) id: u64,
    /// The same among processes, longer and in base64url.
    #[cfg(feature = "redis")]
    pub(crate) tag: String,
    pub(crate) counter: Counter,
    /// Where headers speak of it, if they do.
    pub(crate) place: Option<Place>,
}

impl Limit {
    /// A limit that no header speaks of.
    pub(crate) fn hidden(id: &str, counter: Counter) -> Self {
        Self::new(id, counter, None)
    }

    pub(crate) fn new(id: &str, counter: Counter, place: Option<Place>) -> Self {
        let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, id.as_bytes());
        let half: [u8; 16] = hash.as_ref().first_chunk().copied().unwrap_or_default();
        Self {
            #[cfg(feature = "redis")]
            tag: base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, half),
            id: half.first_chunk().copied().map_or(0, u64::from_be_bytes),
            counter,
            place,
        }
    }
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

impl<'d> Demand<'d> {
    /// One unit.
    pub(crate) fn one(limit: &'d Limit, bucket: Bucket<'d>) -> Self {
        Self { limit, bucket, cost: 1 }
    }
}
