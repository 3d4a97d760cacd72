//! Redis as the memory that several instances share.

mod breaker;
#[cfg(test)]
#[cfg(feature = "testing")]
pub(crate) mod cluster;
#[cfg(test)]
#[cfg(feature = "testing")]
mod cluster_tests;
mod connection;
mod installation;
mod script;
#[cfg(test)]
#[cfg(feature = "testing")]
mod sentinel_tests;
#[cfg(test)]
#[cfg(feature = "testing")]
pub(crate) mod server;
#[cfg(test)]
#[cfg(feature = "testing")]
mod tests;
mod url;
#[cfg(test)]
#[cfg(feature = "testing")]
pub(crate) mod watched;

pub(crate) use script::{Call, Script};
pub use url::RedisUrlError;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ::redis::{Cmd, FromRedisValue, RedisError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::{BoxFuture, try_join_all};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use self::breaker::Breaker;
use self::connection::{Connection, Link, is_away};
use self::installation::Installation;
use crate::authn::Unavailable;
use crate::clock::Clock;

/// A Redis server, or one that speaks its protocol (Valkey): by [itself](Self::open), the master that
/// [sentinels](Self::sentinel) name, or a [cluster](Self::cluster). Cheap to clone; the clones share one connection.
///
/// Nothing is sent before the first request needs it. A connection that broke is opened anew. Replicas are never asked.
///
/// ```
/// use secure_runtime::Redis;
///
/// let redis = Redis::open("redis://127.0.0.1:6379/0")?.key_prefix("shop:");
/// # Ok::<_, secure_runtime::RedisUrlError>(())
/// ```
///
/// # Security
///
/// What is kept there decides who is let in. Only this application may write to it: use a user of its own and, over a network,
/// `rediss://` (TLS, by the system's roots or [yours](Self::roots)). The server must not drop entries to make room: set
/// `maxmemory-policy noeviction`. Entries that a failing server had not yet copied to its successor are lost.
///
/// When it is away or slow, requests that need it are answered with 503.
#[derive(Clone)]
pub struct Redis {
    installation: Installation,
    link: Arc<Link>,
    prefix: Arc<str>,
    timeout: Duration,
    breaker: Arc<Breaker>,
}

impl Redis {
    /// A server by its URL: `redis://[user:password@]host[:port][/database]`, or `rediss://…` for TLS.
    ///
    /// Keys begin with `secure:`, and an answer that takes longer than 500 ms counts as none, unless said otherwise.
    ///
    /// # Errors
    ///
    /// If the text is no such URL, or asks for TLS without a check of the server's certificate.
    pub fn open(url: &str) -> Result<Self, RedisUrlError> {
        Installation::server(url).map(Self::of)
    }

    /// The master of this name, by the sentinels that watch it: the URLs of several, each as for [`open`](Self::open), without
    /// a database.
    ///
    /// `master` is the name, or, where the master wants a user, a password, TLS or another database than 0, a URL with the
    /// name in the host's place. All sentinels are asked at once; the first whose master says itself that it is one is
    /// believed. When that one breaks off, says nothing in time, or says that it takes no writes any more, they are asked
    /// again.
    ///
    /// ```
    /// use secure_runtime::Redis;
    ///
    /// let sentinels = ["redis://10.0.0.1:26379", "redis://10.0.0.2:26379", "redis://10.0.0.3:26379"];
    /// let redis = Redis::sentinel(sentinels, "mymaster")?;
    /// let redis = Redis::sentinel(sentinels, "rediss://shop:password@mymaster/2")?;
    /// # Ok::<_, secure_runtime::RedisUrlError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for `open`; if there is no sentinel, or one with a database; if `master` names nobody.
    ///
    /// # Security
    ///
    /// A master that was cut off takes writes until it hears of its successor, and those are lost. Set
    /// `min-replicas-to-write 1` and a small `min-replicas-max-lag`: it then stops by itself.
    pub fn sentinel<U: AsRef<str>>(
        sentinels: impl IntoIterator<Item = U>,
        master: impl AsRef<str>,
    ) -> Result<Self, RedisUrlError> {
        Installation::sentinels(sentinels, master.as_ref()).map(Self::of)
    }

    /// A cluster by the URLs of some of its servers, which name the others. User, password and TLS are those of the URLs, and
    /// must be the same in each.
    ///
    /// Limits of different buckets then lie in different slots, and are drawn from by one call for each; see
    /// [`RedisLimits`](crate::RedisLimits). What a prefix has in braces decides on the slot of everything.
    ///
    /// ```
    /// use secure_runtime::Redis;
    ///
    /// let redis = Redis::cluster(["redis://10.0.0.1:6379", "redis://10.0.0.2:6379"])?;
    /// # Ok::<_, secure_runtime::RedisUrlError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open); if there is no URL, or they differ.
    pub fn cluster<U: AsRef<str>>(servers: impl IntoIterator<Item = U>) -> Result<Self, RedisUrlError> {
        Installation::cluster(servers).map(Self::of)
    }

    fn of(installation: Installation) -> Self {
        Self {
            installation,
            link: Arc::default(),
            prefix: "secure:".into(),
            timeout: Duration::from_millis(500),
            breaker: Arc::default(),
        }
    }

    /// The roots that the certificates of servers and sentinels must lead to, in PEM, in place of the system's.
    ///
    /// # Errors
    ///
    /// If they cannot be read, or no URL asks for TLS.
    pub fn roots(mut self, pem: impl Into<Vec<u8>>) -> Result<Self, RedisUrlError> {
        const UNREADABLE: RedisUrlError = RedisUrlError("roots that are no certificates in PEM, or a URL without TLS");
        let pem = pem.into();
        // The client takes an empty text for no roots at all, and would then trust nobody.
        if CertificateDer::pem_slice_iter(&pem).next().is_none() {
            return Err(UNREADABLE);
        }
        self.installation = self.installation.with_roots(pem).ok_or(UNREADABLE)?;
        self.link = Arc::default();
        Ok(self)
    }

    /// What keys begin with: `secure:` unless said otherwise. Applications that share a server need one each.
    #[must_use]
    pub fn key_prefix(mut self, prefix: impl Into<Arc<str>>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// How long an answer may take, with the connection if there is none: 500 ms unless said otherwise.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        // The connection has it, too.
        self.link = Arc::default();
        self
    }

    /// A key for what is known by these bytes: a hash, so that it has one length and shows nothing.
    pub(crate) fn key(&self, room: &str, of: &[u8; 32]) -> String {
        format!("{}{room}:{}", self.prefix, URL_SAFE_NO_PAD.encode(of))
    }

    /// A key for a bucket of a limit, by their hashes.
    pub(crate) fn limit_key(&self, bucket: &str, limit: &str) -> String {
        format!("{}limit:{{{bucket}}}:{limit}", self.prefix)
    }

    /// Do keys lie in slots, of which no command may touch two?
    pub(crate) fn is_cluster(&self) -> bool {
        self.installation.is_cluster()
    }

    /// Sends a command, and again if the connection turns out to be broken: whether the first one arrived is then unknown,
    /// so it must be one that does no harm twice.
    ///
    /// # Errors
    ///
    /// Whatever keeps the answer from coming in time; at once while the server does not answer anybody.
    pub(crate) async fn ask<T: FromRedisValue + Send>(&self, command: &Cmd) -> Result<T, Unavailable> {
        self.patiently(Question::Command(command)).await
    }

    /// Runs a script, as [`ask`](Self::ask) sends a command.
    ///
    /// # Errors
    ///
    /// As `ask`.
    pub(crate) async fn run<T: FromRedisValue + Send>(&self, call: &Call<'_>) -> Result<T, Unavailable> {
        self.patiently(Question::Script(call)).await
    }

    /// What stands under these keys, in their order: by one command, or in a cluster by one for each, at the same time. The
    /// client would split one there as well, but does not look for a server's successor then.
    ///
    /// # Errors
    ///
    /// As `ask`; in a cluster if any of them cannot be had.
    pub(crate) async fn read(&self, keys: &[String]) -> Result<Vec<Option<String>>, Unavailable> {
        if !self.is_cluster() {
            return self.ask(::redis::cmd("MGET").arg(keys)).await;
        }
        let each = keys.iter().map(|key| async move {
            let mut command = ::redis::cmd("GET");
            command.arg(key);
            self.ask::<Option<String>>(&command).await
        });
        try_join_all(each).await
    }

    /// The type ends here: what is behind it nests so deeply that in an application's crate the compiler would give up asking
    /// whether it is `Send`.
    fn patiently<'q, T: FromRedisValue + Send + 'q>(
        &'q self,
        question: Question<'q>,
    ) -> BoxFuture<'q, Result<T, Unavailable>> {
        Box::pin(self.asked_patiently(question))
    }

    async fn asked_patiently<T: FromRedisValue>(&self, question: Question<'_>) -> Result<T, Unavailable> {
        // A held clock would hold the pause as well; how long a server is left alone is no policy.
        let clock = Clock::default();
        if !self.breaker.admits(clock.monotonic()) {
            return Err(Unavailable::new(
                "the Redis server did not answer before, and is left alone for a second",
            ));
        }
        let mut used = None;
        let answer = tokio::time::timeout(self.timeout, async {
            let made = self.link.get(&self.installation, self.timeout).await?;
            let made = used.insert(made);
            match question.ask(&mut made.connection).await {
                Err(error) if made.is_worth_another(&error) => {
                    self.link.failed(made, Some(&error), self.timeout);
                    *made = self.link.get(&self.installation, self.timeout).await?;
                    question.ask(&mut made.connection).await
                }
                answer => answer,
            }
        })
        .await;
        if let (Some(made), Err(_) | Ok(Err(_))) = (&used, &answer) {
            let error = answer.as_ref().ok().and_then(|answer| answer.as_ref().err());
            self.link.failed(made, error, self.timeout);
        }
        let (answer, is_away) = match answer {
            Ok(Ok(answer)) => (Ok(answer), false),
            Ok(Err(error)) => {
                let is_away = is_away(&error);
                (Err(Unavailable::new(error)), is_away)
            }
            Err(_) => (Err(Unavailable::new("the Redis server did not answer in time")), true),
        };
        if is_away {
            self.breaker.failed(clock.monotonic());
        } else {
            self.breaker.answered();
        }
        answer
    }
}

/// What a server is asked.
#[derive(Clone, Copy)]
enum Question<'q> {
    Command(&'q Cmd),
    Script(&'q Call<'q>),
}

impl Question<'_> {
    async fn ask<T: FromRedisValue>(self, connection: &mut Connection) -> Result<T, RedisError> {
        match self {
            Self::Command(command) => connection.ask(command).await,
            Self::Script(call) => call.ask(connection).await,
        }
    }
}

/// Shows the prefix and the time, not the URL, which may hold a password.
impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redis")
            .field("prefix", &self.prefix)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
