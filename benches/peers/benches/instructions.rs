//! How many instructions a request takes, over all scenarios but those with many callers, by valgrind's callgrind: `cargo xtask bench`.
//!
//! The first bench only makes the requests: what it takes is subtracted from all others.
#![allow(missing_docs, reason = "the macros make public what nobody else sees")]

use gungraun::prelude::*;
use secure_bench_peers::{counted, record_metrics, write_audit_lines};
use secure_benches::Instructions;
use secure_benches::scenario::{App, Group};
use tokio::runtime::Runtime;

/// Warms a scenario, under the number that it has in the list.
fn warm(number: usize) -> (App, Runtime) {
    record_metrics();
    let scenario = counted().swap_remove(number);
    if scenario.group == Group::Audit {
        write_audit_lines();
    }
    Instructions::warm(&scenario)
}

#[library_benchmark]
#[bench::plain_axum(args = (0), setup = warm)]
fn make((mut app, runtime): (App, Runtime)) -> (App, Runtime) {
    app.only_make_requests(Instructions::REQUESTS);
    (app, runtime)
}

#[library_benchmark]
#[benches::scenario(iter = 0..counted().len(), setup = warm)]
fn ask((mut app, runtime): (App, Runtime)) -> (App, Runtime) {
    std::hint::black_box(runtime.block_on(app.ask(Instructions::REQUESTS)));
    (app, runtime)
}

library_benchmark_group!(name = instructions, benchmarks = [make, ask]);
main!(library_benchmark_groups = instructions);
