use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use secure_benches::scenario::{App, Scenario};
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;

/// How long one measurement takes, about.
const TURN: Duration = Duration::from_millis(1);
/// As many requests at least come before the first measurement.
const WARM: u32 = 500;

/// Nanoseconds of the processor for one request, in one round.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Round {
    /// Only making the request.
    pub make: f64,
    /// Plain axum, asked the same.
    pub plain: f64,
    /// The scenario.
    pub subject: f64,
}

impl Round {
    /// The scenario by plain axum, both without making the request.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        (self.subject - self.make) / (self.plain - self.make)
    }
}

/// All rounds of one scenario.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Timed {
    /// The scenario's.
    pub name: String,
    /// One after another, with all other scenarios in between.
    pub rounds: Vec<Round>,
}

/// Measures all of them in turns, so often.
#[must_use]
pub fn rounds(scenarios: &[Scenario], rounds: u32) -> Vec<Timed> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let mut pairs: Vec<Pair> = scenarios.iter().map(|scenario| Pair::new(scenario, &runtime)).collect();
    for round in 0..rounds {
        for pair in &mut pairs {
            pair.measure(&runtime, round % 2 == 0);
        }
    }
    pairs.into_iter().map(|pair| pair.timed).collect()
}

struct Pair {
    plain: Turns,
    subject: Turns,
    timed: Timed,
}

/// Who is asked, and how often a turn.
struct Turns {
    app: App,
    requests: u32,
}

impl Pair {
    fn new(scenario: &Scenario, runtime: &Runtime) -> Self {
        let app = scenario.app();
        let plain = app.plain_beside(scenario.callers.endpoints);
        Self {
            plain: Turns::new(plain, runtime),
            subject: Turns::new(app, runtime),
            timed: Timed {
                name: scenario.name.clone(),
                rounds: Vec::new(),
            },
        }
    }

    /// Who comes second may find the caches warm, and the machine busier: they take turns at that, too.
    fn measure(&mut self, runtime: &Runtime, plain_first: bool) {
        let (plain, subject, make);
        if plain_first {
            make = self.plain.make();
            plain = self.plain.ask(runtime);
            subject = self.subject.ask(runtime);
        } else {
            subject = self.subject.ask(runtime);
            plain = self.plain.ask(runtime);
            make = self.plain.make();
        }
        self.timed.rounds.push(Round { make, plain, subject });
    }
}

impl Turns {
    /// Warms whatever can be warm, and finds out how many requests make a turn.
    fn new(mut app: App, runtime: &Runtime) -> Self {
        runtime.block_on(app.ask(app.distinct().max(WARM)));
        let mut requests = 1;
        loop {
            let mut turns = Self { app, requests };
            let took = turns.ask(runtime) * f64::from(requests);
            if took >= TURN.as_nanos() as f64 {
                return turns;
            }
            Self { app, requests } = turns;
            requests *= 2;
        }
    }

    /// What all others asked meanwhile has taken the processor's caches: the first eighth is not timed.
    fn ask(&mut self, runtime: &Runtime) -> f64 {
        std::hint::black_box(runtime.block_on(self.app.ask(self.requests.div_ceil(8))));
        let before = processor_time();
        std::hint::black_box(runtime.block_on(self.app.ask(self.requests)));
        (processor_time() - before).as_nanos() as f64 / f64::from(self.requests)
    }

    fn make(&mut self) -> f64 {
        let before = processor_time();
        self.app.only_make_requests(self.requests);
        (processor_time() - before).as_nanos() as f64 / f64::from(self.requests)
    }
}

/// That of this thread: what other processes take meanwhile does not count.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}
