use secure_policy::Rate;

use super::Bucket;
use super::counter::Counter;
use super::limit::{Demand, Limit};
use super::lock_out::PreparedLockOut;
use crate::address::Origin;

/// Failures of authentication, over all endpoints: per address, per who is claimed from that address, and per who is claimed
/// from anywhere. Where one of them is used up, a further failure answers 429 and not 401, with a wait that grows.
///
/// A valid credential passes all the same. Nobody guesses a signature or a key of 256 bits, so to lock its owner out would only
/// help those who want that; what somebody may guess is what handlers check, and those have [`Attempts`](super::Attempts).
pub(crate) struct Failures {
    address: Limit,
    from_here: Limit,
    from_anywhere: Limit,
}

impl Failures {
    pub(crate) fn new(rate: &Rate, lock_out: &PreparedLockOut) -> Self {
        Self {
            address: Limit::hidden("failures of an address", Counter::of(rate)),
            from_here: Limit::hidden("failures of who is claimed, from an address", lock_out.from_here),
            from_anywhere: Limit::hidden("failures of who is claimed", lock_out.from_anywhere),
        }
    }

    /// What a failure counts in, each by itself.
    pub(crate) fn demands<'d>(&'d self, origin: Origin, claimed: Option<&'d str>) -> impl Iterator<Item = Demand<'d>> {
        let demand = |limit, bucket| Demand { limit, bucket, cost: 1 };
        let who = claimed.into_iter().flat_map(move |claimed| {
            [
                demand(&self.from_here, Bucket::ClaimedFrom(claimed, origin)),
                demand(&self.from_anywhere, Bucket::Claimed(claimed)),
            ]
        });
        std::iter::once(demand(&self.address, Bucket::Address(origin))).chain(who)
    }
}
