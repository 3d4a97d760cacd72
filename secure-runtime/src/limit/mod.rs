//! How often: limits per caller, client, key, tenant, address, endpoint and service, and the headers that tell a client to
//! back off; attempts to guess, and who has to wait after them.

mod attempts;
mod backend;
mod bucket;
mod counter;
#[cfg(test)]
mod counter_tests;
mod failures;
mod headers;
#[allow(clippy::module_inception, reason = "one limit among the limits")]
mod limit;
mod lock_out;
#[cfg(test)]
mod naive;
mod options;
mod overrides;
mod rules;
#[cfg(feature = "redis")]
mod shared;
mod table;
#[cfg(test)]
mod table_tests;
#[cfg(feature = "testing")]
mod test_limiter;

pub(crate) use attempts::AttemptLimits;
pub use attempts::{Attempt, Attempts};
pub(crate) use backend::Backend;
pub(crate) use bucket::Bucket;
pub(crate) use counter::Verdict;
pub(crate) use failures::Failures;
pub(crate) use headers::{Families, Quotas, Words, too_many_requests};
pub(crate) use limit::Demand;
pub use lock_out::LockOut;
pub(crate) use options::{LimitOptions, Limits};
pub use overrides::MountedLimit;
pub(crate) use overrides::Override;
pub(crate) use rules::{Arrival, Rules};
#[cfg(feature = "redis")]
pub use shared::{Outage, RedisLimits};
pub(crate) use table::{MOST, Table};
#[cfg(feature = "testing")]
pub use test_limiter::{TestCaller, TestLimiter};
