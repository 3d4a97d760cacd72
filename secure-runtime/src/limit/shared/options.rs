use std::fmt;
use std::num::NonZeroU32;

use aws_lc_rs::hmac;
use zeroize::Zeroizing;

use super::{Shared, script};
use crate::redis::Redis;
use crate::startup::Fault;

/// What holds while the store that counts cannot be asked. There is no default: each of the three gives something up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// Requests are refused with 503. Nothing is let in that was not counted.
    Deny,
    /// Requests are let in uncounted, without limit headers. Whoever can bring the store down has no limits.
    Allow,
    /// This instance counts by itself, and lets in its part of each limit: with three instances a third of the pace and of the
    /// burst, but one request at least. What was used before the outage is not known to it.
    Local {
        /// How many instances there are.
        instances: NonZeroU32,
    },
}

/// Limits that several instances count together, in a [`Redis`].
///
/// All limits of a request are counted in one round trip, by a script on the server's clock: in all of them, or, if one
/// refuses, in none. What was refused is remembered here until its wait is over, so that whoever goes on calling costs no further
/// question.
///
/// In a [cluster](Redis::cluster) each bucket lies in a slot of its own, and a request that draws from several (its caller's
/// and its address's, say) sends one call to each slot, at the same time. If one refuses or does not answer, what the others
/// took is given back by a second one. That is no single step any more: in between, another request may be refused that would
/// have been admitted, and if a server or the client goes away just then, what was taken stays counted. Never is more admitted.
/// A prefix with braces, as in `key_prefix("{shop}:")`, keeps everything in one slot, and the single step with it.
///
/// ```
/// use secure_runtime::{Outage, Redis, RedisLimits};
///
/// # let secret = [7; 32];
/// let redis = Redis::open("redis://127.0.0.1:6379/0")?;
/// let limits = RedisLimits::new(redis, secret, Outage::Deny);
/// # Ok::<_, secure_runtime::RedisUrlError>(())
/// ```
pub struct RedisLimits {
    redis: Redis,
    secret: Zeroizing<Vec<u8>>,
    outage: Outage,
}

impl RedisLimits {
    /// All instances need the same secret, of 32 bytes or more: with it the names of callers are hashed before they become keys.
    pub fn new(redis: Redis, secret: impl Into<Vec<u8>>, outage: Outage) -> Self {
        Self {
            redis,
            secret: Zeroizing::new(secret.into()),
            outage,
        }
    }

    pub(crate) fn prepare(self, faults: &mut Vec<Fault>) -> Shared {
        if self.secret.len() < 32 {
            faults.push(Fault::new(
                "RedisLimits::new",
                "a secret of less than 32 bytes could be guessed, and with it who called",
                "make one with `openssl rand -base64 32`",
            ));
        }
        Shared {
            redis: self.redis,
            secret: hmac::Key::new(hmac::HMAC_SHA256, &self.secret),
            outage: self.outage,
            draw: script::draw(),
            back: script::back(),
        }
    }
}

/// Does not show the secret.
impl fmt::Debug for RedisLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisLimits")
            .field("redis", &self.redis)
            .field("outage", &self.outage)
            .finish_non_exhaustive()
    }
}
