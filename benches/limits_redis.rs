//! What it costs to count a request in Redis: a decision beside a `PING` on the same connection.
//!
//! `cargo bench -p secure-benches --features redis --bench limits_redis`, with `redis-server` installed. Fails if a decision takes more than 1.4 times
//! as long as a `PING`, or if fewer than 80,000 a second are taken with 64 under way.

use std::time::Instant;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use secure_benches::{Pair, RedisServer, Shuffled, part_of};
use secure_runtime::testing::{TestCaller, TestLimiter};
use secure_runtime::{Outage, Redis, RedisLimits};

/// The most that a decision may take, in times of a `PING`.
const MOST: f64 = 1.4;

/// The fewest decisions in a second, with 64 under way.
const FEWEST: f64 = 80_000.0;

type Failure = Box<dyn std::error::Error>;

/// One after the other: how long each takes, in microseconds.
async fn in_turn(limiter: &TestLimiter, callers: &[TestCaller]) -> Result<bool, Failure> {
    const ROUNDS: usize = 101;
    const CALLS: usize = 200;
    let mut random = Shuffled(3);
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        // In turns within the round as well: each by each.
        let (mut pings, mut draws) = (Vec::with_capacity(CALLS), Vec::with_capacity(CALLS));
        for _ in 0..CALLS {
            let began = Instant::now();
            limiter.ping().await?;
            pings.push(began.elapsed().as_secs_f64() * 1e6);
            let caller = &callers[random.next().unwrap_or(0) as usize % callers.len()];
            let began = Instant::now();
            let admitted = limiter.draw(caller).await?;
            draws.push(began.elapsed().as_secs_f64() * 1e6);
            if !admitted {
                return Err("a caller was refused".into());
            }
        }
        rounds.push((part_of(pings.into_iter(), 0.5), part_of(draws.into_iter(), 0.5)));
    }
    let pair = Pair::of(&rounds);
    let within = pair.ratio <= MOST;
    eprintln!(
        "one after the other     PING {:>8.1} us    decision {:>8.1} us    ratio {:.2} ({:.2} to {:.2})   {} {MOST}",
        pair.base,
        pair.other,
        pair.ratio,
        pair.spread.0,
        pair.spread.1,
        if within { "at most" } else { "ABOVE" },
    );
    Ok(within)
}

/// With 64 under way on one connection: how many in a second.
async fn at_once(limiter: &TestLimiter, callers: &[TestCaller]) -> Result<bool, Failure> {
    const ROUNDS: usize = 25;
    const CALLS: usize = 40_000;
    const UNDER_WAY: usize = 64;
    let mut random = Shuffled(5);
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let mut under_way: FuturesUnordered<_> = (0..UNDER_WAY).map(|_| limiter.ping()).collect();
        for _ in UNDER_WAY..CALLS {
            under_way.next().await.transpose()?;
            under_way.push(limiter.ping());
        }
        while under_way.next().await.transpose()?.is_some() {}
        let pings = CALLS as f64 / began.elapsed().as_secs_f64();
        let mut next = || &callers[random.next().unwrap_or(0) as usize % callers.len()];
        let began = Instant::now();
        let mut under_way: FuturesUnordered<_> = (0..UNDER_WAY).map(|_| limiter.draw(next())).collect();
        for _ in UNDER_WAY..CALLS {
            under_way.next().await.transpose()?;
            under_way.push(limiter.draw(next()));
        }
        while under_way.next().await.transpose()?.is_some() {}
        rounds.push((pings, CALLS as f64 / began.elapsed().as_secs_f64()));
    }
    let pair = Pair::of(&rounds);
    let best = part_of(rounds.iter().map(|(_, draws)| *draws), 0.999);
    let within = pair.other >= FEWEST;
    eprintln!(
        "64 under way            PING {:>8.0} /s    decisions {:>7.0} /s    ratio {:.2} ({:.2} to {:.2})   {} {FEWEST}; best round {best:.0} /s",
        pair.base,
        pair.other,
        pair.ratio,
        pair.spread.0,
        pair.spread.1,
        if within { "at least" } else { "BELOW" },
    );
    Ok(within)
}

fn main() -> Result<std::process::ExitCode, Failure> {
    let server = RedisServer::start()?;
    let redis = Redis::open(server.url())?.timeout(std::time::Duration::from_secs(5));
    let limiter = TestLimiter::shared("1000000/min", RedisLimits::new(redis, [7; 32], Outage::Deny));
    let callers: Vec<_> = (0..10_000).map(|i| TestCaller::new(&format!("user-{i:08}"))).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let within = runtime.block_on(async {
        let in_turn = in_turn(&limiter, &callers).await?;
        let at_once = at_once(&limiter, &callers).await?;
        Ok::<_, Failure>(in_turn && at_once)
    })?;
    Ok(std::process::ExitCode::from(u8::from(!within)))
}
