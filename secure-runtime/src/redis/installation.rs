use std::sync::Arc;
use std::time::Duration;

use ::redis::aio::{ConnectionManager, ConnectionManagerConfig, MultiplexedConnection};
use ::redis::cluster::{ClusterClient, ClusterConfig};
use ::redis::sentinel::{SentinelClient, SentinelClientBuilder, SentinelServerType};
use ::redis::{
    AsyncConnectionConfig, Client, ConnectionAddr, ConnectionInfo, IntoConnectionInfo as _, RedisError,
    TlsCertificates, TlsMode,
};
use futures_util::future::select_ok;

use super::connection::Connection;
use super::url::{self, RedisUrlError, UNREADABLE, is_tls};

/// How often a cluster is asked once more, after a slot moved or a connection broke.
const RETRIES: u32 = 3;

const DIFFERENT: RedisUrlError =
    RedisUrlError("URLs of one cluster that cannot be used together: they differ in user, password, database or TLS");

/// What servers there are, and what is known of them before any is asked.
#[derive(Clone)]
pub(super) struct Installation {
    kind: Kind,
    /// In PEM; the system's where there are none.
    roots: Option<Arc<[u8]>>,
}

#[derive(Clone)]
enum Kind {
    Server(ConnectionInfo),
    Sentinels {
        sentinels: Vec<ConnectionInfo>,
        /// How it is spoken to, under its name in place of a host.
        master: ConnectionInfo,
    },
    Cluster(Vec<ConnectionInfo>),
}

impl Installation {
    pub(super) fn server(url: &str) -> Result<Self, RedisUrlError> {
        Self::checked(Kind::Server(url::read(url)?), None)
    }

    pub(super) fn sentinels<U: AsRef<str>>(
        urls: impl IntoIterator<Item = U>,
        master: &str,
    ) -> Result<Self, RedisUrlError> {
        const NO_NAME: RedisUrlError =
            RedisUrlError("neither the name of a master nor a URL with it, as in `rediss://user:password@mymaster/0`");
        let sentinels = url::read_all(urls)?;
        if sentinels.iter().any(|sentinel| sentinel.redis_settings().db() != 0) {
            return Err(RedisUrlError(
                "the URL of a sentinel with a database, which it has not; write it into the master's",
            ));
        }
        let master = if master.contains("://") {
            url::read(master).map_err(|error| if error == UNREADABLE { NO_NAME } else { error })?
        } else {
            let named = ConnectionAddr::Tcp(master.to_owned(), 0);
            named.into_connection_info().map_err(|_| NO_NAME)?
        };
        if name_of(&master).is_none_or(str::is_empty) {
            return Err(NO_NAME);
        }
        Self::checked(Kind::Sentinels { sentinels, master }, None)
    }

    pub(super) fn cluster<U: AsRef<str>>(urls: impl IntoIterator<Item = U>) -> Result<Self, RedisUrlError> {
        let servers = url::read_all(urls)?;
        // The client takes the first one's for all, and does not say so of each difference.
        let login = |server: &ConnectionInfo| {
            let settings = server.redis_settings();
            let [username, password] = [settings.username(), settings.password()].map(|text| text.map(str::to_owned));
            (username, password, settings.db(), is_tls(server))
        };
        let mut logins = servers.iter().map(login);
        let first = logins.next();
        if logins.any(|login| Some(login) != first) {
            return Err(DIFFERENT);
        }
        Self::checked(Kind::Cluster(servers), None)
    }

    /// `None` if nobody here speaks TLS, or the roots cannot be read.
    pub(super) fn with_roots(&self, roots: Vec<u8>) -> Option<Self> {
        let is_spoken = match &self.kind {
            Kind::Server(server) => is_tls(server),
            Kind::Sentinels { sentinels, master } => sentinels.iter().chain([master]).any(is_tls),
            Kind::Cluster(servers) => servers.iter().any(is_tls),
        };
        is_spoken
            .then(|| Self::checked(self.kind.clone(), Some(roots.into())).ok())
            .flatten()
    }

    pub(super) fn is_cluster(&self) -> bool {
        matches!(self.kind, Kind::Cluster(_))
    }

    /// What the client refuses is refused at once, rather than by the first request.
    fn checked(kind: Kind, roots: Option<Arc<[u8]>>) -> Result<Self, RedisUrlError> {
        let this = Self { kind, roots };
        match &this.kind {
            Kind::Server(server) => this.client(server).map(drop).map_err(|_| UNREADABLE),
            Kind::Sentinels { sentinels, master } => sentinels
                .iter()
                .try_for_each(|sentinel| this.sentinel(sentinel, master).map(drop))
                .map_err(|_| UNREADABLE),
            Kind::Cluster(servers) => this
                .cluster_client(servers, Duration::from_secs(1))
                .map(drop)
                .map_err(|_| DIFFERENT),
        }?;
        Ok(this)
    }

    /// With a runtime around it.
    pub(super) async fn connect(&self, timeout: Duration) -> Result<Connection, RedisError> {
        match &self.kind {
            Kind::Server(server) => {
                let config = ConnectionManagerConfig::new()
                    .set_connection_timeout(Some(timeout))
                    .set_response_timeout(Some(timeout))
                    .set_number_of_retries(1);
                ConnectionManager::new_lazy_with_config(self.client(server)?, config).map(Connection::Server)
            }
            Kind::Sentinels { sentinels, master } => {
                self.find(sentinels, master, timeout).await.map(Connection::Master)
            }
            Kind::Cluster(servers) => {
                let config = ClusterConfig::new()
                    .set_connection_timeout(timeout)
                    .set_response_timeout(timeout);
                // It goes on connecting when whoever asked first gave up: past a server that says nothing it takes longer.
                let connection = self
                    .cluster_client(servers, timeout)?
                    .get_pending_async_connection_with_config(config);
                Ok(Connection::Cluster(connection))
            }
        }
    }

    /// The master by the sentinel that is the first to name one that says so itself. All are asked at once, so that one that is
    /// away, perhaps together with the master, keeps nobody waiting.
    async fn find(
        &self,
        sentinels: &[ConnectionInfo],
        master: &ConnectionInfo,
        timeout: Duration,
    ) -> Result<MultiplexedConnection, RedisError> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(timeout))
            .set_response_timeout(Some(timeout));
        let searches = sentinels.iter().map(|sentinel| {
            let config = &config;
            Box::pin(async move {
                let mut client = self.sentinel(sentinel, master)?;
                client.get_async_connection_with_config(config).await
            })
        });
        select_ok(searches).await.map(|(connection, _)| connection)
    }

    fn certificates(&self) -> Option<TlsCertificates> {
        self.roots.as_deref().map(|roots| TlsCertificates {
            client_tls: None,
            root_cert: Some(roots.to_vec()),
        })
    }

    fn client(&self, server: &ConnectionInfo) -> Result<Client, RedisError> {
        match self.certificates() {
            Some(certificates) => Client::build_with_tls(server.clone(), certificates),
            None => Client::open(server.clone()),
        }
    }

    /// A client of one sentinel, for the master.
    fn sentinel(&self, sentinel: &ConnectionInfo, master: &ConnectionInfo) -> Result<SentinelClient, RedisError> {
        let name = name_of(master).unwrap_or_default();
        let mut builder = SentinelClientBuilder::new([sentinel.addr().clone()], name, SentinelServerType::Master)?;
        let (its, masters) = (sentinel.redis_settings(), master.redis_settings());
        if let Some(username) = its.username() {
            builder = builder.set_client_to_sentinel_username(username);
        }
        if let Some(password) = its.password() {
            builder = builder.set_client_to_sentinel_password(password);
        }
        builder = builder.set_client_to_redis_db(masters.db());
        if let Some(username) = masters.username() {
            builder = builder.set_client_to_redis_username(username);
        }
        if let Some(password) = masters.password() {
            builder = builder.set_client_to_redis_password(password);
        }
        if is_tls(master) {
            builder = builder.set_client_to_redis_tls_mode(TlsMode::Secure);
        }
        if let Some(certificates) = self.certificates() {
            if is_tls(sentinel) {
                builder = builder.set_client_to_sentinel_certificates(certificates.clone());
            }
            builder = builder.set_client_to_redis_certificates(certificates);
        }
        builder.build()
    }

    fn cluster_client(&self, servers: &[ConnectionInfo], timeout: Duration) -> Result<ClusterClient, RedisError> {
        let mut builder = ClusterClient::builder(servers.iter().cloned())
            .connection_timeout(timeout)
            .response_timeout(timeout)
            .retries(RETRIES)
            // In milliseconds: nobody waits for longer than the time-out anyway.
            .min_retry_wait(10)
            .max_retry_wait(100);
        if let Some(certificates) = self.certificates() {
            builder = builder.certs(certificates);
        }
        builder.build()
    }
}

/// What stands in the host's place.
fn name_of(master: &ConnectionInfo) -> Option<&str> {
    match master.addr() {
        ConnectionAddr::Tcp(name, _) | ConnectionAddr::TcpTls { host: name, .. } => Some(name),
        _ => None,
    }
}
