use super::SecurityBuilder;
#[cfg(feature = "redis")]
use crate::limit::RedisLimits;
use crate::limit::{Families, LockOut, Override};
use crate::startup::Placed;

/// How often, where an endpoint does not say it.
impl SecurityBuilder {
    /// The limit of endpoints that name none; `300/min` per caller unless said otherwise.
    pub fn default_rate(mut self, rate: impl Into<String>) -> Self {
        self.limits.default_rate = rate.into();
        self
    }

    /// A limit for all requests to all endpoints together; none unless said otherwise.
    pub fn service_rate(mut self, rate: impl Into<String>) -> Self {
        self.limits.service_rate = Some(rate.into());
        self
    }

    /// How many credentials that do not verify one address may send before the answer is 429 and not 401; `30/min` unless
    /// said otherwise.
    pub fn failed_authentication_rate(mut self, rate: impl Into<String>) -> Self {
        self.limits.failure_rate = rate.into();
        self
    }

    /// How long whoever guesses has to wait; see [`LockOut`] for what holds unless said otherwise.
    pub fn lock_out(mut self, lock_out: LockOut) -> Self {
        self.limits.lock_out = Placed::in_code(lock_out);
        self
    }

    /// Another rate for the limit of this name, wherever it is used, than the one that is compiled in: for operators. Who is
    /// counted and what a request takes stay as they are. The manifest shows both rates.
    ///
    /// A name that no endpoint uses keeps the application from starting.
    pub fn override_limit(mut self, name: impl Into<String>, rate: impl Into<String>) -> Self {
        self.limits.overrides.push(Override {
            endpoint: None,
            limit: name.into(),
            rate: rate.into(),
            place: "SecurityBuilder::override_limit".to_owned(),
        });
        self
    }

    /// Another rate for a limit of one endpoint, which has no name of its own: the limit is called as in the `RateLimit`
    /// headers, such as `caller` or `ip`. See [`override_limit`](Self::override_limit).
    pub fn override_limit_of(
        mut self,
        endpoint: impl Into<String>,
        limit: impl Into<String>,
        rate: impl Into<String>,
    ) -> Self {
        self.limits.overrides.push(Override {
            endpoint: Some(endpoint.into()),
            limit: limit.into(),
            rate: rate.into(),
            place: "SecurityBuilder::override_limit_of".to_owned(),
        });
        self
    }

    /// Counts limits, failures and attempts for all instances together. Without it, each instance counts by itself.
    #[cfg(feature = "redis")]
    pub fn shared_limits(mut self, limits: RedisLimits) -> Self {
        self.limits.shared = Some(Placed::in_code(limits));
        self
    }

    /// Refusals by a limit have the problem type `quota-exceeded` with the names of the limits, as in
    /// draft-ietf-httpapi-ratelimit-headers-10 §5; `about:blank` unless said otherwise.
    pub fn rate_limit_problem_types(mut self) -> Self {
        self.limits.problem_types = true;
        self
    }

    /// Answers say what is left in `RateLimit` and `RateLimit-Policy` alone, and not in `X-RateLimit-Limit`, `-Remaining` and `-Reset`
    /// as well, which clients of other APIs may know. It spares each answer 75 bytes or so.
    pub fn without_legacy_rate_limit_headers(mut self) -> Self {
        self.limits.families = Families::Draft;
        self
    }

    /// How many buckets the limits keep in this process at most, over all endpoints: as many of callers, of addresses and of
    /// failures. 100,000 unless said otherwise, at 128 bytes for the three, which are taken as they are used. When there is no room, the bucket of which least is
    /// used gives way.
    pub fn limiter_capacity(mut self, buckets: usize) -> Self {
        self.limits.capacity = buckets;
        self
    }
}
