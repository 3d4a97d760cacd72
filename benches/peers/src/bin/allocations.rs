//! `allocations`: how often each scenario asks for memory, and for how much; one JSON line each on standard output.

use secure_bench_peers::{record_metrics, scenarios, write_audit_lines};
use secure_benches::scenario::Group;
use secure_benches::{Allocations, Counting};
use serde_json::json;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() -> Result<(), String> {
    record_metrics();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let (heard, unheard): (Vec<_>, Vec<_>) = scenarios()
        .into_iter()
        .partition(|scenario| scenario.group == Group::Audit);
    let print = |scenario: &secure_benches::scenario::Scenario| {
        let Allocations { times, bytes } = Allocations::of_one(&mut scenario.app(), &runtime);
        println!("{}", json!({ "name": scenario.name, "times": times, "bytes": bytes }));
    };
    unheard.iter().for_each(print);
    write_audit_lines();
    heard.iter().for_each(print);
    Ok(())
}
