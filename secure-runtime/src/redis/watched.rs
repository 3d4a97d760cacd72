use std::time::Duration;

use super::Redis;
use super::server::{PASSWORD, Server, wait_until};

/// A replica and its master, and three sentinels that watch them.
pub(crate) struct Watched {
    pub(crate) servers: [Server; 2],
    pub(super) sentinels: Vec<Server>,
}

impl Watched {
    pub(crate) fn start() -> Self {
        let master = Server::start_with_password(None);
        let servers = [Server::start_with_password(Some(&master)), master];
        let [replica, master] = &servers;
        wait_until("a replica", || {
            let info: String = replica.run(&["INFO", "replication"]);
            info.contains("master_link_status:up")
        });
        let sentinels: Vec<_> = (0..3).map(|_| Server::start_sentinel(master)).collect();
        wait_until("sentinels that know each other and the replica", || {
            sentinels.iter().all(|sentinel| {
                let known: Vec<String> = sentinel.run(&["SENTINEL", "GET-MASTER-ADDR-BY-NAME", "mymaster"]);
                let info: String = sentinel.run(&["INFO", "sentinel"]);
                known.len() == 2 && info.contains("status=ok") && info.contains("slaves=1,sentinels=3")
            })
        });
        Self { servers, sentinels }
    }

    pub(crate) fn redis(&self) -> Redis {
        let master = format!("redis://:{PASSWORD}@mymaster/2");
        let redis = Redis::sentinel(self.sentinels.iter().map(Server::url), master).unwrap();
        redis.timeout(Duration::from_secs(2))
    }
}
