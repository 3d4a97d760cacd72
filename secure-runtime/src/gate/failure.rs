//! The end of stage 3 for a request without a good credential: it is counted.

use super::Passage;
use crate::Problem;
use crate::address::Origin;
use crate::audit::Reason;
use crate::authn::Refused;
use crate::limit::Demand;
use crate::mounted::Mounted;
use crate::waiting::Waiting;

/// A request without a good credential.
pub(super) struct Failure {
    problem: Problem,
    is_guess: bool,
    /// From whom it claims to come.
    claimed: Option<String>,
}

impl Failure {
    fn demands<'f>(&'f self, mounted: &'f Mounted, origin: Origin) -> impl Iterator<Item = Demand<'f>> {
        let failures = &mounted.security.limits.failures;
        let demands = failures.demands(origin, self.claimed.as_deref());
        demands.filter(|_| self.is_guess)
    }
}

impl Passage {
    /// A request without a good credential, and whom it may be a guess at.
    pub(super) fn failure(&self, Refused { problem, claim }: Refused<'_>) -> Failure {
        let is_guess = matches!(
            problem.reason(),
            Some(Reason::CredentialInvalid | Reason::CredentialAmbiguous)
        );
        let authenticators = &self.mounted.security.authenticators;
        let claimed = is_guess.then(|| authenticators.claimed(&self.parts, claim));
        Failure {
            problem,
            is_guess,
            claimed: claimed.flatten(),
        }
    }

    /// It draws from the limits of its address, and, if it may be a guess, from those of failures. What is answered is the refusal,
    /// or that there were too many; an error is the failure, for which others have to be [asked](Self::ask_of_failure).
    pub(super) fn count_failure(&mut self, failure: Failure) -> Result<Problem, Failure> {
        let origin = match self.origin() {
            Ok(origin) => origin,
            Err(unknown) => return Ok(unknown),
        };
        let mounted = &self.mounted;
        let arrival = mounted.counted(origin, self.arrived);
        let demands = failure.demands(mounted, origin);
        match mounted.rules.count_stranger(arrival, demands, &mut self.quotas) {
            Some(Ok(())) => Ok(failure.problem),
            Some(Err(too_many)) => Ok(too_many),
            None => Err(failure),
        }
    }

    /// The same with the help of others.
    pub(super) fn ask_of_failure(&mut self, failure: Failure) -> Waiting<'_, Problem> {
        Box::pin(async move {
            let origin = match self.origin() {
                Ok(origin) => origin,
                Err(unknown) => return unknown,
            };
            let mounted = &self.mounted;
            let arrival = mounted.counted(origin, self.arrived);
            let demands = failure.demands(mounted, origin);
            let counted = mounted.rules.ask_of_stranger(arrival, demands, &mut self.quotas).await;
            counted.err().unwrap_or(failure.problem)
        })
    }
}
