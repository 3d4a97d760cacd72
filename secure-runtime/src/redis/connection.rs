use std::sync::{Mutex as Held, PoisonError};
use std::time::{Duration, Instant};

use ::redis::aio::{ConnectionManager, MultiplexedConnection};
use ::redis::cluster_async::ClusterConnection;
use ::redis::{Cmd, ErrorKind, FromRedisValue, RedisError, ServerErrorKind};
use tokio::sync::Mutex;

use super::installation::Installation;

/// What commands are sent over.
#[derive(Clone)]
pub(super) enum Connection {
    /// To one server. It opens itself anew.
    Server(ConnectionManager),
    /// To the master that a sentinel named. Which one that is has to be asked again when it breaks.
    Master(MultiplexedConnection),
    /// To all masters of a cluster. It follows moved slots, and opens itself anew where a server breaks off.
    Cluster(ClusterConnection),
}

impl Connection {
    pub(super) async fn ask<T: FromRedisValue>(&mut self, command: &Cmd) -> Result<T, RedisError> {
        match self {
            Self::Server(connection) => command.query_async(connection).await,
            Self::Master(connection) => command.query_async(connection).await,
            Self::Cluster(connection) => command.query_async(connection).await,
        }
    }
}

/// A connection, and since when it is there.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) connection: Connection,
    at: Instant,
}

impl Made {
    /// After this error the same question may be answered, over this connection or the next.
    pub(super) fn is_worth_another(&self, error: &RedisError) -> bool {
        match self.connection {
            Connection::Server(_) => error.is_connection_dropped(),
            Connection::Master(_) => error.is_connection_dropped() || is_demoted(error),
            // It tried again already.
            Connection::Cluster(_) => false,
        }
    }

    /// This connection will not come right by itself. `None` is no answer in time.
    fn is_lost(&self, error: Option<&RedisError>, timeout: Duration) -> bool {
        let is_silent = error.is_none_or(|error| error.is_io_error() || error.is_timeout());
        match self.connection {
            Connection::Server(_) => false,
            Connection::Master(_) => is_silent || error.is_some_and(|error| is_away(error) || is_demoted(error)),
            // It waits for a server that says nothing, whoever took over from it. A new one takes some time-outs to find its
            // way past such a server, and has to be left them.
            Connection::Cluster(_) => is_silent && self.at.elapsed() > 4 * timeout,
        }
    }
}

/// The server says that it is no master any more.
fn is_demoted(error: &RedisError) -> bool {
    error.kind() == ServerErrorKind::ReadOnly.into() || error.kind() == ServerErrorKind::MasterDown.into()
}

/// There is nobody who answers, rather than an answer that is an error.
pub(super) fn is_away(error: &RedisError) -> bool {
    error.is_io_error()
        || error.is_timeout()
        || error.is_unrecoverable_error()
        || error.kind() == ErrorKind::MasterNameNotFoundBySentinel
        || error.kind() == ServerErrorKind::ClusterDown.into()
}

/// The one connection, made when it is needed: a runtime has to be around it.
#[derive(Default)]
pub(super) struct Link {
    current: Held<Option<Made>>,
    /// Held by whoever makes one; the others wait for it.
    making: Mutex<()>,
}

impl Link {
    pub(super) async fn get(&self, installation: &Installation, timeout: Duration) -> Result<Made, RedisError> {
        if let Some(made) = self.current() {
            return Ok(made);
        }
        let _making = self.making.lock().await;
        if let Some(made) = self.current() {
            return Ok(made);
        }
        let made = Made {
            connection: installation.connect(timeout).await?,
            at: Instant::now(),
        };
        self.set(Some(made.clone()));
        Ok(made)
    }

    /// Gives this connection up if it is lost, and is still the one. Whoever asks next makes another.
    pub(super) fn failed(&self, made: &Made, error: Option<&RedisError>, timeout: Duration) {
        if made.is_lost(error, timeout) && self.current().is_some_and(|current| current.at == made.at) {
            self.set(None);
        }
    }

    fn current(&self) -> Option<Made> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, made: Option<Made>) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = made;
    }
}
