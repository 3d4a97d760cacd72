//! Limits that all instances count together, in Redis.

#[cfg(test)]
#[cfg(feature = "testing")]
mod back_tests;
#[cfg(test)]
#[cfg(feature = "testing")]
mod cluster_tests;
mod options;
mod parts;
mod script;
#[cfg(test)]
#[cfg(feature = "testing")]
mod sentinel_tests;
#[cfg(test)]
#[cfg(feature = "testing")]
mod tests;

pub use options::{Outage, RedisLimits};

use super::Bucket;
use super::backend::Counted;
use super::counter::{Counter, State, Verdict};
use super::limit::Demand;
use super::table::{Table, Verdicts};
use crate::authn::Unavailable;
use crate::redis::{Redis, Script};
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Counts in Redis, for all instances.
pub(crate) struct Shared {
    redis: Redis,
    secret: hmac::Key,
    outage: Outage,
    draw: Script,
    back: Script,
}

/// What a bucket is asked, and at which place of the answer.
struct Asked<'d> {
    place: usize,
    demand: &'d Demand<'d>,
    key: String,
}

/// What a script answered.
struct Drawn {
    verdicts: Vec<Verdict>,
    /// The server's time, in microseconds since 1970.
    at: u64,
}

impl Shared {
    pub(crate) fn outage(&self) -> Outage {
        self.outage
    }

    /// One round trip, however many limits there are; in a cluster, one for each slot at the same time, and if that has to be
    /// undone, another.
    pub(crate) async fn draw(&self, demands: &[Demand<'_>], counted: Counted) -> Result<Verdicts, Unavailable> {
        let asked = self.asked(demands);
        let all = if self.redis.is_cluster() {
            self.draw_by_slot(asked, counted).await?
        } else {
            self.draw_part(&asked, counted).await?.verdicts
        };
        Ok(all.into_iter().collect())
    }

    /// One call.
    async fn draw_part(&self, asked: &[Asked<'_>], counted: Counted) -> Result<Drawn, Unavailable> {
        let mut call = self.draw.call();
        for Asked { demand, key, .. } in asked {
            let (algorithm, parameters) = script::arguments(demand.limit.counter);
            call.key(key).arg(algorithm).arg(demand.cost);
            for parameter in parameters.into_iter().flatten() {
                call.arg(parameter);
            }
        }
        if counted == Counted::Each {
            call.arg("each");
        }
        Drawn::read(&self.redis.run::<Vec<u64>>(&call).await?, asked.len())
    }

    #[cfg(feature = "testing")]
    pub(crate) async fn ping(&self) -> Result<(), Unavailable> {
        self.redis.ask::<String>(&redis::cmd("PING")).await.map(|_| ())
    }

    pub(crate) async fn forget(&self, demand: &Demand<'_>) -> Result<(), Unavailable> {
        let mut command = redis::cmd("UNLINK");
        for Asked { key, .. } in self.asked(std::slice::from_ref(demand)) {
            command.arg(key);
        }
        self.redis.ask::<u64>(&command).await.map(|_| ())
    }

    /// The braces keep all limits of one bucket, and of those that are always drawn from with it, in one slot of a cluster.
    fn asked<'d>(&self, demands: &'d [Demand<'d>]) -> Vec<Asked<'d>> {
        let mut known: Option<(Bucket<'_>, String)> = None;
        let asked = demands.iter().enumerate().map(|(place, demand)| {
            let (bucket, limit) = (demand.bucket, &demand.limit.tag);
            let home = bucket.home();
            let tag = match known.take() {
                Some((bucket, tag)) if bucket == home => tag,
                _ => self.tag(home),
            };
            let key = if home == bucket {
                self.redis.limit_key(&tag, limit)
            } else {
                self.redis.limit_key(&tag, &format!("{}:{limit}", self.tag(bucket)))
            };
            known = Some((home, tag));
            Asked { place, demand, key }
        });
        asked.collect()
    }

    /// A bucket's name is hashed with a secret, so that the server, its backups and its log tell nobody who called.
    fn tag(&self, bucket: Bucket<'_>) -> String {
        let tag = hmac::sign(&self.secret, &bucket.bytes());
        // Half of it: 128 bits, which nobody hits by chance.
        URL_SAFE_NO_PAD.encode(tag.as_ref().get(..16).unwrap_or_default())
    }
}

impl Drawn {
    fn read(answer: &[u64], demands: usize) -> Result<Self, Unavailable> {
        let (each, rest) = answer.as_chunks::<3>();
        let [at] = *rest else {
            return Err(not_limits());
        };
        if each.len() != demands {
            return Err(not_limits());
        }
        let verdicts = each.iter().map(|[admitted, remaining, wait]| Verdict {
            admitted: *admitted == 1,
            remaining: u32::try_from(*remaining).unwrap_or(u32::MAX),
            wait: *wait,
        });
        Ok(Self {
            verdicts: verdicts.collect(),
            at,
        })
    }

    fn is_admitted(&self) -> bool {
        self.verdicts.iter().all(|verdict| verdict.admitted)
    }
}

fn not_limits() -> Unavailable {
    Unavailable::new("the Redis server answered something else than limits")
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
