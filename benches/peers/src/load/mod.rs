//! Servers under load, over loopback sockets: each beside plain axum, in turns.

mod server;
mod wrk;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{Place, pin};
use server::Server;
use wrk::wrk;

/// What was seen of one server while it was asked.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Seen {
    /// Requests a second.
    pub rate: f64,
    /// Half of the requests were answered within so many microseconds.
    pub p50: f64,
    /// 99 of 100 were.
    pub p99: f64,
    /// Microseconds of the processor for one request.
    pub processor: f64,
}

/// All rounds of one scenario.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Loaded {
    /// The scenario's.
    pub name: String,
    /// Plain axum and the scenario, one after the other.
    pub rounds: Vec<(Seen, Seen)>,
    /// Bytes in memory at most: plain axum's and the scenario's.
    pub memory: (u64, u64),
}

/// Asks the servers of these scenarios, each in turns with plain axum's, for so long and so often.
///
/// # Errors
///
/// If a server does not start, answers with anything but 200, or `wrk` is missing.
pub fn load(names: &[&str], rounds: u32, each: Duration) -> Result<Vec<Loaded>, String> {
    let plain = Server::start("plain axum")?;
    let servers: Vec<_> = names.iter().map(|name| Server::start(name)).collect::<Result<_, _>>()?;
    // After the servers, which have the first processor to themselves; wrk inherits this one.
    pin(Place::Last);
    let mut all: Vec<_> = names
        .iter()
        .map(|name| Loaded {
            name: (*name).to_owned(),
            rounds: Vec::new(),
            memory: (0, 0),
        })
        .collect();
    for server in servers.iter().chain([&plain]) {
        wrk(server, each)?;
    }
    for round in 0..rounds {
        for (server, loaded) in servers.iter().zip(&mut all) {
            let pair = if round % 2 == 0 {
                let first = wrk(&plain, each)?;
                (first, wrk(server, each)?)
            } else {
                let second = wrk(server, each)?;
                (wrk(&plain, each)?, second)
            };
            loaded.rounds.push(pair);
            loaded.memory = (plain.memory()?, server.memory()?);
        }
    }
    Ok(all)
}
