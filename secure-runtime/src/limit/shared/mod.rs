//! Limits that all instances count together, in Redis.

mod options;
mod script;
#[cfg(test)]
#[cfg(feature = "testing")]
mod tests;

pub use options::{Outage, RedisLimits};

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use redis::Script;

use super::Bucket;
use super::backend::Counted;
use super::counter::{Counter, State, Verdict};
use super::limit::Demand;
use super::table::{Table, Verdicts};
use crate::authn::Unavailable;
use crate::redis::Redis;

/// Counts in Redis, for all instances.
pub(crate) struct Shared {
    redis: Redis,
    secret: hmac::Key,
    outage: Outage,
    draw: Script,
}

impl Shared {
    pub(crate) fn outage(&self) -> Outage {
        self.outage
    }

    /// One round trip, however many limits there are.
    pub(crate) async fn draw(&self, demands: &[Demand<'_>], counted: Counted) -> Result<Verdicts, Unavailable> {
        let mut call = self.draw.prepare_invoke();
        for key in self.keys(demands) {
            call.key(key);
        }
        for demand in demands {
            let (algorithm, parameters) = script::arguments(demand.limit.counter);
            call.arg(algorithm).arg(demand.cost);
            for parameter in parameters.into_iter().flatten() {
                call.arg(parameter);
            }
        }
        if counted == Counted::Each {
            call.arg("each");
        }
        let answer: Vec<u64> = self.redis.run(&call).await?;
        verdicts(&answer, demands.len())
    }

    #[cfg(feature = "testing")]
    pub(crate) async fn ping(&self) -> Result<(), Unavailable> {
        self.redis.ask::<String>(&redis::cmd("PING")).await.map(|_| ())
    }

    pub(crate) async fn forget(&self, demand: &Demand<'_>) -> Result<(), Unavailable> {
        let mut command = redis::cmd("UNLINK");
        for key in self.keys(std::slice::from_ref(demand)) {
            command.arg(key);
        }
        self.redis.ask::<u64>(&command).await.map(|_| ())
    }

    /// A bucket's name is hashed with a secret, so that the server, its backups and its log tell nobody who called. The braces
    /// keep all limits of one caller in one slot of a cluster.
    fn keys(&self, demands: &[Demand<'_>]) -> Vec<String> {
        let mut known: Option<(Bucket<'_>, String)> = None;
        let keys = demands.iter().map(|demand| {
            let tag = match &known {
                Some((bucket, tag)) if *bucket == demand.bucket => tag.clone(),
                _ => {
                    let tag = hmac::sign(&self.secret, &demand.bucket.bytes());
                    // Half of it: 128 bits, which nobody hits by chance.
                    URL_SAFE_NO_PAD.encode(tag.as_ref().get(..16).unwrap_or_default())
                }
            };
            let key = self.redis.limit_key(&tag, &demand.limit.tag);
            known = Some((demand.bucket, tag));
            key
        });
        keys.collect()
    }
}

fn verdicts(answer: &[u64], demands: usize) -> Result<Verdicts, Unavailable> {
    let (each, rest) = answer.as_chunks::<3>();
    if each.len() != demands || !rest.is_empty() {
        return Err(Unavailable::new("the Redis server answered something else than limits"));
    }
    let mut verdicts = Verdicts::default();
    for [admitted, remaining, wait] in each {
        verdicts.push(Verdict {
            admitted: *admitted == 1,
            remaining: u32::try_from(*remaining).unwrap_or(u32::MAX),
            wait: *wait,
        });
    }
    Ok(verdicts)
}

/// What is kept until a time, and is worth what is left of it.
const REMEMBERED: Counter = Counter::Gcra { interval: 1, size: 1 };

/// Keeps what was refused: until its wait is over, the same is refused without a question. `began` is when the question was
/// asked, so that it never holds for longer than the server said.
pub(super) fn remember(table: &Table, demands: &[Demand<'_>], verdicts: &Verdicts, began: u64) {
    for (demand, verdict) in demands.iter().zip(verdicts.iter()) {
        if !verdict.admitted {
            let state = State {
                at: began.saturating_add(verdict.wait),
                used: demand.cost,
                before: verdict.remaining,
            };
            table.keep(remembered_key(table, demand), REMEMBERED, state, began);
        }
    }
}

/// Was this refused, and is its wait not over?
pub(super) fn remembered(table: &Table, demand: &Demand<'_>, now: u64) -> Option<Verdict> {
    let state = table.state(remembered_key(table, demand))?;
    // What was refused for a higher cost may still be had for a lower.
    (state.at > now && demand.cost >= state.used).then(|| Verdict {
        admitted: false,
        remaining: state.before,
        wait: state.at - now,
    })
}

pub(super) fn forget_remembered(table: &Table, demand: &Demand<'_>) {
    table.forget(remembered_key(table, demand));
}

fn remembered_key(table: &Table, demand: &Demand<'_>) -> super::table::Key {
    table.key(
        demand.bucket.room(),
        ("refused", demand.bucket.of_limit(demand.limit.id)),
    )
}
