//! What it costs to count a request in the process: our limit of a caller beside `governor`'s, keyed by the caller's name.
//!
//! `cargo bench -p secure-benches --bench limits`. Fails above 1.2 times governor.
//!
//! Ours keeps a bound however many callers there are, and counts per issuer and limit; governor's table holds every key that was
//! ever seen. Each is measured with its own usual clock, governor by the operating system's as well, which is ours.

use std::hint::black_box;
use std::num::NonZeroU32;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use governor::clock::{Clock, DefaultClock, MonotonicClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use secure_benches::{Pair, Shuffled, part_of, resident, side_by_side};
use secure_runtime::testing::{TestCaller, TestLimiter};

/// The most that a decision may cost.
const MOST: f64 = 1.2;

/// The fastest that can be written, of which a bucket has more than is asked here.
const RATE: &str = "3600000000/h";

fn governor<C: Clock>(clock: C) -> RateLimiter<String, DashMapStateStore<String>, C, NoOpMiddleware<C::Instant>> {
    let count = NonZeroU32::new(3_600_000_000).unwrap_or(NonZeroU32::MIN);
    RateLimiter::dashmap_with_clock(Quota::per_hour(count), clock)
}

fn subjects(count: usize) -> Vec<String> {
    (0..count).map(|i| format!("user-{i:08}")).collect()
}

/// Where it lies, as an `await` would: to move it would cost more than the decision.
fn at_once<F: Future>(future: Pin<&mut F>) -> Option<F::Output> {
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

/// Is this admitted, as the gate draws?
fn draw(limiter: &TestLimiter, caller: &TestCaller) -> bool {
    matches!(at_once(pin!(limiter.draw(caller))), Some(Ok(true)))
}

/// Goes round all of them, in no order.
struct Round<'k, K> {
    keys: &'k [K],
    order: Vec<u32>,
    at: usize,
}

impl<'k, K> Round<'k, K> {
    fn new(keys: &'k [K]) -> Self {
        let mut order: Vec<u32> = (0..keys.len() as u32).collect();
        for (i, random) in (1..order.len()).rev().zip(Shuffled(7)) {
            order.swap(i, random as usize % (i + 1));
        }
        Self { keys, order, at: 0 }
    }

    fn next(&mut self) -> &'k K {
        self.at += 1;
        if self.at >= self.order.len() {
            self.at = 0;
        }
        &self.keys[self.order[self.at] as usize]
    }
}

fn print(what: &str, pair: &Pair, bound: Option<f64>) -> bool {
    let within = bound.is_none_or(|most| pair.ratio <= most);
    let verdict = match bound {
        Some(most) if !within => format!("   ABOVE {most}"),
        Some(most) => format!("   at most {most}"),
        None => String::new(),
    };
    eprintln!(
        "{what:<60} governor {:>6.1} ns   ours {:>6.1} ns   ratio {:.2} ({:.2} to {:.2}){verdict}",
        pair.base, pair.other, pair.ratio, pair.spread.0, pair.spread.1,
    );
    within
}

fn speeds(count: usize) -> bool {
    let subjects = subjects(count);
    let callers: Vec<_> = subjects.iter().map(|subject| TestCaller::new(subject)).collect();
    let (usual, monotonic) = (governor(DefaultClock::default()), governor(MonotonicClock));
    let ours = TestLimiter::new(RATE, 100_000);
    let admitted = subjects.iter().zip(&callers).all(|(subject, caller)| {
        usual.check_key(subject).is_ok() && monotonic.check_key(subject).is_ok() && draw(&ours, caller)
    });
    if !admitted {
        eprintln!("{count} callers: somebody was refused");
        return false;
    }
    let (mut names, mut who) = (Round::new(&subjects), Round::new(&callers));
    let mut by_the_system = || {
        let _ = black_box(monotonic.check_key(names.next()));
    };
    let mut decision = || {
        black_box(draw(&ours, who.next()));
    };
    let decided = side_by_side(&mut by_the_system, &mut decision);
    let mut names = Round::new(&subjects);
    let mut by_its_own = || {
        let _ = black_box(usual.check_key(names.next()));
    };
    let beside_usual = side_by_side(&mut by_its_own, &mut decision);
    let mut who = Round::new(&callers);
    let step = side_by_side(&mut by_the_system, || {
        black_box(at_once(pin!(ours.check(who.next()))));
    });
    let what = if count == 1 {
        "1 caller".to_owned()
    } else {
        format!("{count} callers in random order")
    };
    let within = print(&format!("{what}, a decision"), &decided, Some(MOST));
    print(
        &format!("{what}, a decision; governor by the processor's counter"),
        &beside_usual,
        None,
    );
    print(&format!("{what}, with what the headers will say"), &step, None);
    within
}

/// A million callers come for the first time. The longest that one of them waited is measured in several rounds: what is above the
/// shortest of these is the machine's.
fn growth() {
    const KEYS: usize = 1_000_000;
    let subjects = subjects(KEYS);
    let callers: Vec<_> = subjects.iter().map(|subject| TestCaller::new(subject)).collect();
    let longest = |each: &mut dyn FnMut(usize)| {
        let mut longest = Duration::ZERO;
        for i in 0..KEYS {
            let began = Instant::now();
            each(i);
            longest = longest.max(began.elapsed());
        }
        longest.as_secs_f64() * 1e6
    };
    let (mut bytes, mut pauses) = (Vec::new(), Vec::new());
    for _ in 0..7 {
        let before = resident();
        let theirs = governor(MonotonicClock);
        let their_pause = longest(&mut |i| {
            let _ = black_box(theirs.check_key(&subjects[i]));
        });
        let with_theirs = resident();
        // 300 in an hour: what was drawn is not given back while we look.
        let ours = TestLimiter::new("300/h", KEYS);
        let our_pause = longest(&mut |i| {
            black_box(draw(&ours, &callers[i]));
        });
        let with_ours = resident();
        let left = |caller| at_once(pin!(ours.remaining(caller))).and_then(Result::ok);
        let kept = callers.iter().filter(|caller| left(caller) == Some(299)).count();
        let taken = |before: Option<u64>, after: Option<u64>| Some(after?.saturating_sub(before?) / KEYS as u64);
        bytes.push((taken(before, with_theirs), taken(with_theirs, with_ours), kept));
        pauses.push((their_pause, our_pause));
    }
    // The first has an allocator that nothing was given back to.
    if let Some((Some(theirs), Some(ours), kept)) = bytes.first() {
        eprintln!(
            "{KEYS} callers, memory for each                            governor {theirs:>6} B    ours {ours:>6} B, of which a third is for callers; {kept} are still counted"
        );
    }
    let pair = Pair::of(&pauses);
    let least = |values: Vec<f64>| part_of(values.into_iter(), 0.0);
    eprintln!(
        "{KEYS} callers, the longest that one waited, us            governor {:>8.0}   ours {:>8.0}; in the calmest of {} rounds {:.0} and {:.0}",
        pair.base,
        pair.other,
        pauses.len(),
        least(pauses.iter().map(|(theirs, _)| *theirs).collect()),
        least(pauses.iter().map(|(_, ours)| *ours).collect()),
    );
}

fn main() -> std::process::ExitCode {
    growth();
    let outcomes = [speeds(1), speeds(100_000)];
    std::process::ExitCode::from(u8::from(!outcomes.iter().all(|within| *within)))
}
