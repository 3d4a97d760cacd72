use std::time::Duration;

use super::Redis;
use super::server::{Server, free_port, wait_until};

/// Three real servers that share the slots, ended with the test; then the replicas.
pub(crate) struct Cluster(Vec<Server>);

const MASTERS: u16 = 3;

impl Cluster {
    pub(crate) fn start() -> Self {
        Self::start_with(0)
    }

    /// With a replica of the first server.
    pub(crate) fn start_with_replica() -> Self {
        let cluster = Self::start_with(1);
        cluster.0[3].run::<()>(&["CLUSTER", "REPLICATE", &cluster.id(0)]);
        wait_until("a replica", || {
            let link: String = cluster.0[3].run(&["INFO", "replication"]);
            let known: String = cluster.0[1].run(&["CLUSTER", "NODES"]);
            link.contains("master_link_status:up") && known.contains("slave")
        });
        cluster
    }

    fn start_with(replicas: u16) -> Self {
        let buses: Vec<u16> = (0..MASTERS + replicas).map(|_| free_port()).collect();
        let servers: Vec<Server> = buses.iter().map(|bus| Server::start_in_cluster(*bus)).collect();
        for (n, server) in servers.iter().enumerate() {
            server.run::<()>(&["CLUSTER", "SET-CONFIG-EPOCH", &(n + 1).to_string()]);
            let (first, last) = (16384 * n / 3, 16384 * (n + 1) / 3 - 1);
            if n < 3 {
                server.run::<()>(&["CLUSTER", "ADDSLOTSRANGE", &first.to_string(), &last.to_string()]);
            }
            let (port, bus) = (servers[0].port().to_string(), buses[0].to_string());
            if n > 0 {
                server.run::<()>(&["CLUSTER", "MEET", "127.0.0.1", &port, &bus]);
            }
        }
        let known = format!("cluster_known_nodes:{}\r", servers.len());
        wait_until("a cluster", || {
            servers.iter().all(|server| {
                let info: String = server.run(&["CLUSTER", "INFO"]);
                let all = ["cluster_state:ok", "cluster_slots_assigned:16384", &known];
                all.iter().all(|line| info.contains(line))
            })
        });
        Self(servers)
    }

    pub(crate) fn redis(&self) -> Redis {
        // Tests share two cores.
        let urls = self.0.iter().take(2).map(Server::url);
        Redis::cluster(urls).unwrap().timeout(Duration::from_secs(5))
    }

    pub(crate) fn servers(&mut self) -> &mut [Server] {
        &mut self.0
    }

    pub(crate) fn id(&self, server: usize) -> String {
        self.0[server].run(&["CLUSTER", "MYID"])
    }

    /// All keys, each with the server that has it.
    pub(crate) fn keys(&self) -> Vec<(usize, String)> {
        let of = |server: usize| {
            let keys: Vec<String> = self.0[server].run(&["KEYS", "*"]);
            keys.into_iter().map(move |key| (server, key))
        };
        (0..usize::from(MASTERS)).flat_map(of).collect()
    }

    /// A command for the server that has this key.
    pub(crate) fn run_for<T: ::redis::FromRedisValue>(&self, key: &str, words: &[&str]) -> T {
        self.0[self.home(key)].run(words)
    }

    pub(crate) fn slot(&self, key: &str) -> usize {
        self.0[0].run(&["CLUSTER", "KEYSLOT", key])
    }

    /// The server that the key is for, if no slot was moved.
    pub(crate) fn home(&self, key: &str) -> usize {
        let slot = self.slot(key);
        (0..3).find(|n| slot < 16384 * (n + 1) / 3).unwrap()
    }

    /// Moves the slot of a key that is there, and shows what there is on the way, when the key has gone and the slot has not.
    pub(crate) async fn move_slot(&self, key: &str, meanwhile: impl AsyncFnOnce()) {
        let (from, to) = (self.home(key), (self.home(key) + 1) % 3);
        let (slot, ids) = (self.slot(key).to_string(), [self.id(from), self.id(to)]);
        let set = |server: usize, what: &[&str]| {
            self.0[server].run::<()>(&[&["CLUSTER", "SETSLOT", slot.as_str()][..], what].concat());
        };
        set(to, &["IMPORTING", &ids[0]]);
        set(from, &["MIGRATING", &ids[1]]);
        let port = self.0[to].port().to_string();
        self.0[from].run::<String>(&["MIGRATE", "127.0.0.1", &port, key, "0", "5000"]);
        meanwhile().await;
        set(to, &["NODE", &ids[1]]);
        set(from, &["NODE", &ids[1]]);
    }
}
