//! How long a request takes, scenario by scenario: `cargo bench --bench time`, in this folder.
//!
//! For a look at one scenario over time. Ratios to plain axum come from `cargo xtask bench`, which measures in turns.
#![allow(missing_docs, reason = "the macros make public what nobody else sees")]

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use secure_bench_peers::{Place, pin, record_metrics, scenarios, write_audit_lines};
use secure_benches::scenario::{Group, Scenario};

fn all(criterion: &mut Criterion) {
    pin(Place::Last);
    record_metrics();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let (heard, unheard): (Vec<_>, Vec<_>) = scenarios()
        .into_iter()
        .partition(|scenario| scenario.group == Group::Audit);
    let mut measure = |scenario: &Scenario| {
        let mut app = None;
        criterion.bench_function(&scenario.name, |bencher| {
            // Only those that the filter names are built.
            let app = app.get_or_insert_with(|| {
                let mut app = scenario.app();
                runtime.block_on(app.ask(app.distinct()));
                app
            });
            bencher.iter_custom(|times| {
                let times = u32::try_from(times).expect("fewer requests");
                let began = Instant::now();
                app.only_make_requests(times);
                let making = began.elapsed();
                let began = Instant::now();
                std::hint::black_box(runtime.block_on(app.ask(times)));
                began.elapsed().saturating_sub(making)
            });
        });
    };
    unheard.iter().for_each(&mut measure);
    write_audit_lines();
    heard.iter().for_each(&mut measure);
}

criterion_group! {
    name = time;
    config = Criterion::default().warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    targets = all
}
criterion_main!(time);
