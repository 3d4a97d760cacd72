use super::bucket::Bucket;
use super::counter::Verdict;
use super::limit::Demand;
#[cfg(feature = "redis")]
use super::shared::{Outage, Shared};
use super::table::{Draw, Few, Table, Verdicts};
use crate::authn::Unavailable;
use crate::clock::Clock;

/// Where limits are counted.
pub(crate) struct Backend {
    pub(crate) table: Table,
    pub(crate) clock: Clock,
    /// Counts for all instances, where there is such a one. The table then remembers what it refused, and stands in for it
    /// if that was said.
    #[cfg(feature = "redis")]
    pub(crate) shared: Option<Shared>,
}

/// Which demands are counted if some of them are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    /// None: the request does not happen.
    Together,
    /// The others: it happened.
    Each,
}

impl Backend {
    /// Others are asked, and not only the table.
    pub(crate) fn is_shared(&self) -> bool {
        #[cfg(feature = "redis")]
        return self.shared.is_some();
        #[cfg(not(feature = "redis"))]
        false
    }

    /// What says already that this demand would be refused, without counting it and without asking anybody.
    pub(crate) fn refusal(&self, demand: &Demand<'_>, now: u64) -> Option<Verdict> {
        #[cfg(feature = "redis")]
        if self.shared.is_some() {
            return super::shared::remembered(&self.table, demand, now);
        }
        let verdict = self.table.ask(self.draw_of(demand), now);
        (!verdict.admitted).then_some(verdict)
    }

    /// Counts a request in its only limit, where the table alone is asked: most requests, so nothing is waited for or gathered.
    #[inline]
    pub(crate) fn draw_one(&self, demand: &Demand<'_>, now: u64) -> Option<Verdict> {
        (!self.is_shared()).then(|| self.table.draw(self.draw_of(demand), now))
    }

    /// Counts a request where the table alone is asked.
    pub(crate) fn draw_at_once(&self, demands: &[Demand<'_>], counted: Counted, now: u64) -> Option<Verdicts> {
        (!self.is_shared()).then(|| self.draw_here(demands, counted, now, |demand| self.draw_of(demand)))
    }

    /// Counts a request. `None` where it cannot be counted, and that was said to be no hindrance.
    ///
    /// # Errors
    ///
    /// If it cannot be counted.
    pub(crate) async fn draw(&self, demands: &[Demand<'_>], counted: Counted) -> Result<Option<Verdicts>, Unavailable> {
        #[cfg(feature = "redis")]
        if let Some(shared) = &self.shared {
            let began = self.clock.unix_nanos();
            return match shared.draw(demands, counted).await {
                Ok(verdicts) => {
                    super::shared::remember(&self.table, demands, &verdicts, began);
                    Ok(Some(verdicts))
                }
                Err(away) => match shared.outage() {
                    Outage::Deny => Err(away),
                    Outage::Allow => Ok(None),
                    Outage::Local { instances } => Ok(Some(self.draw_share(demands, counted, instances.get()))),
                },
            };
        }
        Ok(self.draw_at_once(demands, counted, self.clock.unix_nanos()))
    }

    /// The bucket is full again.
    ///
    /// # Errors
    ///
    /// If that cannot be said.
    pub(crate) async fn forget(&self, demand: &Demand<'_>) -> Result<(), Unavailable> {
        self.table.forget(self.draw_of(demand).key);
        #[cfg(feature = "redis")]
        if let Some(shared) = &self.shared {
            super::shared::forget_remembered(&self.table, demand);
            return match (shared.forget(demand).await, shared.outage()) {
                (Err(away), Outage::Deny) => Err(away),
                _ => Ok(()),
            };
        }
        Ok(())
    }

    fn draw_here(
        &self,
        demands: &[Demand<'_>],
        counted: Counted,
        now: u64,
        draw_of: impl Fn(&Demand<'_>) -> Draw,
    ) -> Verdicts {
        let draws = demands.iter().map(draw_of);
        match counted {
            Counted::Each => draws.map(|draw| self.table.draw(draw, now)).collect(),
            Counted::Together => self.table.draw_all(&draws.collect::<Few<_>>(), now),
        }
    }

    #[inline]
    fn draw_of(&self, demand: &Demand<'_>) -> Draw {
        let (room, limit) = (demand.bucket.room(), demand.limit.id);
        Draw {
            key: match demand.bucket {
                // The bucket that most requests draw from, by what the principal knows already.
                Bucket::Caller { identity, .. } => self.table.key_of(room, identity.bits() ^ limit),
                bucket => self.table.key(room, bucket.of_limit(limit)),
            },
            counter: demand.limit.counter,
            cost: demand.cost,
        }
    }

    #[cfg(feature = "redis")]
    fn draw_share(&self, demands: &[Demand<'_>], counted: Counted, instances: u32) -> Verdicts {
        self.draw_here(demands, counted, self.clock.unix_nanos(), |demand| Draw {
            counter: demand.limit.counter.share(instances, demand.cost),
            ..self.draw_of(demand)
        })
    }
}
