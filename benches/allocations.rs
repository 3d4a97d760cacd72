//! How often a request asks for memory, and for how much: plain axum, and those scenarios that have bounds.
//!
//! `cargo bench -p secure-benches --bench allocations`. Fails above the bounds in `bounds.toml`.

use secure_benches::scenario::bounded;
use secure_benches::{Allocations, Bounds, Counting};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() -> Result<(), String> {
    let bounds = Bounds::ours()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let mut times = Vec::new();
    for scenario in bounded(&bounds)? {
        let of_one = Allocations::of_one(&mut scenario.app(), &runtime);
        let name = scenario.name;
        eprintln!(
            "{name:<24} {:>7.2} allocations {:>8.0} bytes",
            of_one.times, of_one.bytes
        );
        times.push(of_one.times);
    }
    let plain = times.remove(0);
    let beyond: Vec<_> = times.iter().map(|times| times - plain).collect();
    bounds.check("allocations beyond plain axum's", |bound| bound.allocations, &beyond)
}
