use secure_policy::Rate;

use super::Bucket;
use super::counter::Counter;
use super::limit::{Demand, Limit};
use super::lock_out::PreparedLockOut;
use crate::address::Origin;

/// Failures of authentication, over all endpoints: per address, and per who is claimed from that address. Where one of them is
/// used up, a further failure answers 429 and not 401, with a wait that grows.
///
/// A valid credential passes all the same. Nobody guesses a signature or a key of 256 bits, so to lock its owner out would only
/// help those who want that; and who is claimed *elsewhere* changes nothing, or anybody could keep the owner of an expired token
/// from being told so. What somebody may guess is what handlers check, and those have [`Attempts`](super::Attempts).
pub(crate) struct Failures {
    address: Limit,
    claimed: Limit,
}

impl Failures {
    pub(crate) fn new(rate: &Rate, lock_out: &PreparedLockOut) -> Self {
        Self {
            address: Limit::hidden("failures of an address", Counter::of(rate)),
            claimed: Limit::hidden("failures of who is claimed", lock_out.of_credentials),
        }
    }

    /// What a failure counts in, each by itself.
    pub(crate) fn demands<'d>(&'d self, origin: Origin, claimed: Option<&'d str>) -> impl Iterator<Item = Demand<'d>> {
        let who = claimed.map(move |claimed| Demand::one(&self.claimed, Bucket::ClaimedFrom(claimed, origin)));
        std::iter::once(Demand::one(&self.address, Bucket::Address(origin))).chain(who)
    }
}
