use std::hash::Hash;

use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use secure_policy::{Per, Rate};

use super::{Limiter, Quotas, Store, Verdict, headers};
use crate::Problem;
use crate::address::Origin;
use crate::audit::Reason;
use crate::authn::Principal;
use crate::clock::Clock;

/// The limits of one endpoint, ready for use.
pub(crate) struct Rules(Vec<Rule>);

struct Rule {
    per: Per,
    limiter: Limiter,
    headers: headers::Prepared,
}

/// Whose bucket a request draws from.
#[derive(Hash)]
enum Bucket<'r> {
    Caller { issuer: &'r str, subject: &'r str },
    Address(Origin),
    Endpoint,
}

impl Rules {
    pub(crate) fn new(rates: &[Rate], store: &Store, clock: &Clock) -> Self {
        let names = headers::names(rates);
        let rules = rates.iter().zip(names).map(|(rate, name)| Rule {
            per: rate.counted_per(),
            limiter: Limiter::new(*rate, store, clock),
            headers: headers::Prepared::new(&name, rate),
        });
        Self(rules.collect())
    }

    /// The limits that need no caller to be known: per address.
    pub(crate) fn check_address(&self, origin: Origin, quotas: &mut Quotas) -> Result<(), Problem> {
        self.check(quotas, |per| (per == Per::Ip).then_some(Bucket::Address(origin)))
    }

    /// The others: per caller, and where there is none per address; per endpoint.
    pub(crate) fn check_caller(
        &self,
        caller: Option<&Principal>,
        origin: Origin,
        quotas: &mut Quotas,
    ) -> Result<(), Problem> {
        self.check(quotas, |per| match (per, caller) {
            (Per::Ip, _) => None,
            (Per::Endpoint | Per::Service, _) => Some(Bucket::Endpoint),
            (_, None) => Some(Bucket::Address(origin)),
            (_, Some(caller)) => Some(Bucket::Caller {
                issuer: caller.issuer(),
                subject: caller.subject(),
            }),
        })
    }

    fn check<'r>(&self, quotas: &mut Quotas, bucket: impl Fn(Per) -> Option<Bucket<'r>>) -> Result<(), Problem> {
        for rule in &self.0 {
            let Some(bucket) = bucket(rule.per) else {
                continue;
            };
            let verdict = rule.limiter.check(bucket);
            quotas.note(&rule.headers, verdict);
            if !verdict.admitted {
                return Err(exceeded(verdict));
            }
        }
        Ok(())
    }
}

/// The limit on failed authentication, per address and over all endpoints.
///
/// A valid credential passes even where the address has used up its failures, so that a guesser behind the same address
/// locks nobody out; the guesser's further failures answer 429 and not 401.
pub(crate) struct Failures(Limiter);

impl Failures {
    pub(crate) fn new(rate: Rate, store: &Store, clock: &Clock) -> Self {
        Self(Limiter::new(rate, store, clock))
    }

    /// Counts a failure of authentication; what is answered.
    pub(crate) fn count(&self, origin: Origin, failure: Problem) -> Problem {
        let verdict = self.0.check(origin);
        if verdict.admitted { failure } else { exceeded(verdict) }
    }
}

/// 429 with `Retry-After` (RFC 6585 §4).
fn exceeded(verdict: Verdict) -> Problem {
    Problem::refusal(StatusCode::TOO_MANY_REQUESTS, Reason::Rate)
        .detail("too many requests; wait for the time in Retry-After")
        .header(RETRY_AFTER, verdict.reset.into())
}
