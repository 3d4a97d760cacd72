//! Redis as the memory that several instances share.

mod breaker;
#[cfg(test)]
#[cfg(feature = "testing")]
pub(crate) mod server;
#[cfg(test)]
#[cfg(feature = "testing")]
mod tests;

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use ::redis::aio::{ConnectionManager, ConnectionManagerConfig};
use ::redis::{
    Client, Cmd, ConnectionAddr, FromRedisValue, IntoConnectionInfo as _, RedisError, ScriptInvocation, TlsCertificates,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use self::breaker::Breaker;
use crate::authn::Unavailable;
use crate::clock::Clock;

/// A Redis server, or one that speaks its protocol (Valkey). Cheap to clone; the clones share one connection.
///
/// Nothing is sent before the first request needs it. A connection that broke is opened anew.
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
    client: Client,
    manager: Arc<OnceLock<ConnectionManager>>,
    prefix: Arc<str>,
    timeout: Duration,
    breaker: Arc<Breaker>,
}

/// The text is not the URL of a Redis server. It is not repeated, since it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RedisUrlError(&'static str);

impl fmt::Display for RedisUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for RedisUrlError {}

impl Redis {
    /// A server by its URL: `redis://[user:password@]host[:port][/database]`, or `rediss://…` for TLS.
    ///
    /// Keys begin with `secure:`, and an answer that takes longer than 500 ms counts as none, unless said otherwise.
    ///
    /// # Errors
    ///
    /// If the text is no such URL, or asks for TLS without a check of the server's certificate.
    pub fn open(url: &str) -> Result<Self, RedisUrlError> {
        let unreadable = RedisUrlError("not a URL of a Redis server, as in `redis://127.0.0.1:6379/0`");
        let info = url.into_connection_info().map_err(|_| unreadable)?;
        match info.addr() {
            ConnectionAddr::TcpTls { insecure: true, .. } => {
                return Err(RedisUrlError(
                    "TLS to a Redis server without a check of its certificate; remove `#insecure` from its URL",
                ));
            }
            ConnectionAddr::TcpTls { .. } if rustls::crypto::CryptoProvider::get_default().is_none() => {
                // The client takes the process's provider. If another thread was faster, there is one.
                rustls::crypto::aws_lc_rs::default_provider().install_default().ok();
            }
            _ => {}
        }
        Ok(Self {
            client: Client::open(info).map_err(|_| unreadable)?,
            manager: Arc::default(),
            prefix: "secure:".into(),
            timeout: Duration::from_millis(500),
            breaker: Arc::default(),
        })
    }

    /// The roots that the server's certificate must lead to, in PEM, in place of the system's.
    ///
    /// # Errors
    ///
    /// If they cannot be read, or the URL does not ask for TLS.
    pub fn roots(mut self, pem: impl Into<Vec<u8>>) -> Result<Self, RedisUrlError> {
        const UNREADABLE: RedisUrlError = RedisUrlError("roots that are no certificates in PEM, or a URL without TLS");
        let pem = pem.into();
        // The client takes an empty text for no roots at all, and would then trust nobody.
        if CertificateDer::pem_slice_iter(&pem).next().is_none() {
            return Err(UNREADABLE);
        }
        let certificates = TlsCertificates {
            client_tls: None,
            root_cert: Some(pem),
        };
        let info = self.client.get_connection_info().clone();
        self.client = Client::build_with_tls(info, certificates).map_err(|_| UNREADABLE)?;
        self.manager = Arc::default();
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
        self.manager = Arc::default();
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

    /// Sends a command, and once more if the connection turns out to be broken: whether the first one arrived is then unknown,
    /// so it must be one that does no harm twice.
    ///
    /// # Errors
    ///
    /// Whatever keeps the answer from coming in time; at once while the server does not answer anybody.
    pub(crate) async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, Unavailable> {
        self.patiently(Question::Command(command)).await
    }

    /// Runs a script, as [`ask`](Self::ask) sends a command.
    ///
    /// # Errors
    ///
    /// As `ask`.
    pub(crate) async fn run<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>) -> Result<T, Unavailable> {
        self.patiently(Question::Script(script)).await
    }

    async fn patiently<T: FromRedisValue>(&self, question: Question<'_>) -> Result<T, Unavailable> {
        // A held clock would hold the pause as well; how long a server is left alone is no policy.
        let clock = Clock::default();
        if !self.breaker.admits(clock.monotonic()) {
            return Err(Unavailable::new(
                "the Redis server did not answer before, and is left alone for a second",
            ));
        }
        let answer = tokio::time::timeout(self.timeout, async {
            let mut connection = self.connection()?;
            match question.ask(&mut connection).await {
                Err(error) if error.is_connection_dropped() => question.ask(&mut connection).await,
                answer => answer,
            }
        });
        let (answer, is_away) = match answer.await {
            Ok(Ok(answer)) => (Ok(answer), false),
            Ok(Err(error)) => {
                let is_away = error.is_io_error() || error.is_timeout() || error.is_unrecoverable_error();
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

    /// It needs a runtime around it, so it is made when the first command is sent.
    fn connection(&self) -> Result<ConnectionManager, ::redis::RedisError> {
        if let Some(manager) = self.manager.get() {
            return Ok(manager.clone());
        }
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(self.timeout))
            .set_response_timeout(Some(self.timeout))
            .set_number_of_retries(1);
        let manager = ConnectionManager::new_lazy_with_config(self.client.clone(), config)?;
        Ok(self.manager.get_or_init(|| manager).clone())
    }
}

/// What a server is asked.
#[derive(Clone, Copy)]
enum Question<'q> {
    Command(&'q Cmd),
    Script(&'q ScriptInvocation<'q>),
}

impl Question<'_> {
    async fn ask<T: FromRedisValue>(self, connection: &mut ConnectionManager) -> Result<T, RedisError> {
        match self {
            Self::Command(command) => command.query_async(connection).await,
            Self::Script(script) => script.invoke_async(connection).await,
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
