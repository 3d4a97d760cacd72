//! How many instructions a request takes, by valgrind's callgrind, for those scenarios that have bounds: `cargo xtask test bounds`.
//!
//! The first bench only makes the requests: what it takes is subtracted from all others.
#![allow(clippy::expect_used, reason = "a bench that cannot be set up measures nothing")]
#![allow(missing_docs, reason = "the macros make public what nobody else sees")]

use gungraun::Callgrind;
use gungraun::prelude::*;
use secure_benches::scenario::{App, Scenario, bounded};
use secure_benches::{Bounds, Instructions};
use tokio::runtime::Runtime;

fn all() -> Vec<Scenario> {
    Bounds::ours()
        .and_then(|bounds| bounded(&bounds))
        .expect("bounds of scenarios")
}

/// Warms a scenario, under the number that it has in the list.
fn warm(number: usize) -> (App, Runtime) {
    let scenario = all().swap_remove(number);
    Instructions::warm(&scenario)
}

#[library_benchmark]
#[bench::plain_axum(args = (0), setup = warm)]
fn make((mut app, runtime): (App, Runtime)) -> (App, Runtime) {
    app.only_make_requests(Instructions::REQUESTS);
    (app, runtime)
}

#[library_benchmark]
#[benches::scenario(iter = 0..all().len(), setup = warm)]
fn ask((mut app, runtime): (App, Runtime)) -> (App, Runtime) {
    std::hint::black_box(runtime.block_on(app.ask(Instructions::REQUESTS)));
    (app, runtime)
}

library_benchmark_group!(name = instructions, benchmarks = [make, ask]);
main!(
    // Only instructions are bounded, and without a model of the caches they are counted twice as fast.
    config = LibraryBenchmarkConfig::default().tool(Callgrind::with_args(["--cache-sim=no"])),
    library_benchmark_groups = instructions
);
