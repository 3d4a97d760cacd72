use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use secure_policy::{Per, Rate};

use super::backend::{Backend, Counted};
use super::counter::Counter;
use super::headers::Words;
use super::limit::{Demand, Limit, id_of};
use super::table::Few;
use super::{Bucket, Quotas, headers};
use crate::Problem;
use crate::address::Origin;
use crate::audit::Reason;
use crate::authn::Principal;
use crate::waiting::Waiting;

/// The limits of one endpoint, ready for use.
pub(crate) struct Rules {
    each: Vec<Rule>,
    /// One of them is by address.
    of_addresses: bool,
    words: Words,
}

struct Rule {
    per: Per,
    cost: u32,
    limit: Limit,
}

/// Where and when a request is counted.
#[derive(Clone, Copy)]
pub(crate) struct Arrival<'b> {
    pub(crate) backend: &'b Backend,
    pub(crate) origin: Origin,
    /// By [`Clock::unix_nanos`](crate::Clock).
    pub(crate) now: u64,
}

impl Rules {
    /// `rates` as they hold, in the order of the policy.
    pub(crate) fn new(endpoint: &str, rates: &[Rate]) -> Self {
        let mut words = Words::default();
        let mut rule = |(rate, name): (&Rate, String)| Rule {
            per: rate.counted_per(),
            cost: rate.cost().get(),
            limit: Limit::new(&id_of(rate, endpoint, &name), Counter::of(rate), words.add(&name, rate)),
        };
        let each = rates.iter().zip(headers::names(rates)).map(&mut rule).collect();
        Self {
            of_addresses: rates.iter().any(|rate| rate.counted_per() == Per::Ip),
            each,
            words,
        }
    }

    /// What headers say of them.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// Before anything else: an address that has used up what it has is refused without more work. Nothing is counted.
    #[inline]
    pub(crate) fn check_address(&self, arrival: Arrival<'_>, quotas: &mut Quotas) -> Result<(), Problem> {
        if self.of_addresses {
            self.look_up_address(arrival, quotas)
        } else {
            Ok(())
        }
    }

    fn look_up_address(&self, arrival: Arrival<'_>, quotas: &mut Quotas) -> Result<(), Problem> {
        for demand in self.demands_of_address(arrival.origin) {
            if let Some(verdict) = arrival.backend.refusal(&demand, arrival.now) {
                quotas.note(demand.limit.place, verdict);
            }
        }
        quotas.outcome(&self.words)
    }

    /// Counts a request whose caller is known, or known to be nobody: in all of its limits, or, if one refuses, in none. `None`
    /// where others have to be [asked](Self::ask).
    pub(crate) fn check(
        &self,
        arrival: Arrival<'_>,
        caller: Option<&Principal>,
        quotas: &mut Quotas,
    ) -> Option<Result<(), Problem>> {
        let backend = arrival.backend;
        match self.each.as_slice() {
            [] => {}
            [rule] => {
                let demand = Self::demand(rule, Bucket::of(rule.per, caller, arrival.origin));
                quotas.note(demand.limit.place, backend.draw_one(&demand, arrival.now)?);
            }
            _ => {
                let demands = self.demands(caller, arrival.origin);
                quotas.note_all(
                    &demands,
                    &backend.draw_at_once(&demands, Counted::Together, arrival.now)?,
                );
            }
        }
        Some(quotas.outcome(&self.words))
    }

    /// The same with the help of others.
    ///
    /// # Errors
    ///
    /// 429 if a limit refuses; 503 if nobody can count.
    pub(crate) fn ask<'a>(
        &'a self,
        arrival: Arrival<'a>,
        caller: Option<&'a Principal>,
        quotas: &'a mut Quotas,
    ) -> Waiting<'a, Result<(), Problem>> {
        Box::pin(async move {
            let demands = self.demands(caller, arrival.origin);
            self.count(arrival, &demands, Counted::Together, quotas).await
        })
    }

    fn demands<'d>(&'d self, caller: Option<&'d Principal>, origin: Origin) -> Few<Demand<'d>> {
        let demand = |rule: &'d Rule| Self::demand(rule, Bucket::of(rule.per, caller, origin));
        self.each.iter().map(demand).collect()
    }

    /// Counts a request that got no further than to the question who sent it, and what else it counts in. `None` where others have
    /// to be [asked](Self::ask_of_stranger).
    pub(crate) fn count_stranger<'d>(
        &'d self,
        arrival: Arrival<'_>,
        failures: impl Iterator<Item = Demand<'d>>,
        quotas: &mut Quotas,
    ) -> Option<Result<(), Problem>> {
        for demand in self.demands_of_address(arrival.origin).chain(failures) {
            quotas.note(demand.limit.place, arrival.backend.draw_one(&demand, arrival.now)?);
        }
        Some(quotas.outcome(&self.words))
    }

    /// The same with the help of others.
    ///
    /// # Errors
    ///
    /// 429 if a limit refuses; 503 if nobody can count.
    pub(crate) async fn ask_of_stranger<'d>(
        &'d self,
        arrival: Arrival<'_>,
        failures: impl Iterator<Item = Demand<'d>>,
        quotas: &mut Quotas,
    ) -> Result<(), Problem> {
        let demands: Few<_> = self.demands_of_address(arrival.origin).chain(failures).collect();
        if demands.is_empty() {
            return Ok(());
        }
        self.count(arrival, &demands, Counted::Each, quotas).await
    }

    /// Counts what the request turns out to cost more than was counted already.
    pub(crate) async fn spend(
        &self,
        arrival: Arrival<'_>,
        (index, cost): (usize, u32),
        caller: Option<&Principal>,
        quotas: &mut Quotas,
    ) -> Result<(), Problem> {
        let rule = self.each.get(index);
        let rule = rule.ok_or_else(|| Problem::broken("a limit that the policy does not name"))?;
        let most = rule.limit.counter.size();
        if cost > most {
            return Err(
                Problem::refusal(StatusCode::UNPROCESSABLE_ENTITY, Reason::Rate).detail(format!(
                    "this request costs {cost}, and no request may cost more than {most}; ask for less"
                )),
            );
        }
        let Some(more) = cost.checked_sub(rule.cost).filter(|more| *more > 0) else {
            return Ok(());
        };
        let demand = Demand {
            cost: more,
            ..Self::demand(rule, Bucket::of(rule.per, caller, arrival.origin))
        };
        self.count(arrival, &[demand], Counted::Together, quotas).await
    }

    /// Counts, and tells the headers.
    async fn count(
        &self,
        Arrival { backend, now, .. }: Arrival<'_>,
        demands: &[Demand<'_>],
        counted: Counted,
        quotas: &mut Quotas,
    ) -> Result<(), Problem> {
        if backend.is_shared() && counted == Counted::Together {
            for demand in demands {
                if let Some(verdict) = backend.refusal(demand, now) {
                    quotas.note(demand.limit.place, verdict);
                }
            }
            quotas.outcome(&self.words)?;
        }
        if let Some(verdicts) = backend.draw(demands, counted).await.map_err(uncounted)? {
            quotas.note_all(demands, &verdicts);
        }
        quotas.outcome(&self.words)
    }

    fn demands_of_address(&self, origin: Origin) -> impl Iterator<Item = Demand<'_>> {
        let rules = self.each.iter().filter(|rule| rule.per == Per::Ip);
        rules.map(move |rule| Self::demand(rule, Bucket::Address(origin)))
    }

    #[inline]
    fn demand<'d>(rule: &'d Rule, bucket: Bucket<'d>) -> Demand<'d> {
        Demand {
            limit: &rule.limit,
            bucket,
            cost: rule.cost,
        }
    }
}

/// 503: what cannot be counted is not let in.
pub(super) fn uncounted(cause: crate::authn::Unavailable) -> Problem {
    Problem::refusal(StatusCode::SERVICE_UNAVAILABLE, Reason::Unavailable)
        .detail("requests cannot be counted at the moment")
        .header(RETRY_AFTER, axum::http::HeaderValue::from_static("1"))
        .because(cause)
}
