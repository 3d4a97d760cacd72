use std::time::Duration;

use super::replay::{FirstUse, ReplayStore};
use crate::Redis;

/// Used proofs in Redis: all instances that ask the same one take a proof once.
///
/// ```
/// use secure_runtime::Redis;
/// use secure_runtime::dpop::{Dpop, RedisReplay};
///
/// let redis = Redis::open("redis://127.0.0.1:6379/0")?;
/// let dpop = Dpop::new("https://api.example.com").replay(RedisReplay::new(redis));
/// # Ok::<_, secure_runtime::RedisUrlError>(())
/// ```
///
/// # Security
///
/// The server must not drop entries to make room; see [`Redis`].
#[derive(Clone, Debug)]
pub struct RedisReplay(Redis);

impl RedisReplay {
    /// The store in this Redis. An entry takes about 150 bytes there, and goes by itself.
    #[must_use]
    pub fn new(redis: Redis) -> Self {
        Self(redis)
    }
}

impl ReplayStore for RedisReplay {
    fn first_use<'s>(&'s self, key: &'s [u8; 32], lifetime: Duration) -> FirstUse<'s> {
        Box::pin(async move {
            let mut command = ::redis::cmd("SET");
            let milliseconds = u64::try_from(lifetime.as_millis()).unwrap_or(u64::MAX);
            // One command, so that of several at the same time one is the first. Sent twice because the connection broke, it
            // can only call a first use a second one.
            command
                .arg(self.0.key("dpop", key))
                .arg(1)
                .arg("NX")
                .arg("PX")
                .arg(milliseconds.max(1));
            let set: Option<String> = self.0.ask(&command).await?;
            Ok(set.is_some())
        })
    }
}
