//! `load ROUNDS SECONDS`: asks servers over loopback sockets with `wrk`, each in turns with plain axum; one JSON line each on standard
//! output.

use std::time::Duration;

use secure_bench_peers::{Peer, load};

/// Beside all peers.
const OURS: [&str; 4] = [
    "ours, cached, HS256",
    "ours, verified, HS256",
    "ours, cached, audit lines",
    "ours, cached, JSON audit",
];

fn main() -> Result<(), String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Option<Vec<u32>> = args.iter().map(|arg| arg.parse().ok()).collect();
    let Some([rounds, seconds]) = numbers.as_deref() else {
        return Err("usage: load ROUNDS SECONDS".to_owned());
    };
    let peers = Peer::ALL.map(|peer| format!("{}, HS256", peer.name()));
    let names: Vec<_> = OURS.into_iter().chain(peers.iter().map(String::as_str)).collect();
    for loaded in load(&names, *rounds, Duration::from_secs((*seconds).into()))? {
        let line = serde_json::to_string(&loaded).map_err(|error| error.to_string())?;
        println!("{line}");
    }
    Ok(())
}
