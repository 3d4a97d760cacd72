//! `time [--audit] ROUNDS [PART-OF-A-NAME…]`: measures scenarios beside plain axum, in turns; one JSON line each on standard output.

use secure_bench_peers::{Place, add_up_metrics, pin, record_metrics, rounds, scenarios, write_audit_lines};
use secure_benches::scenario::Group;

fn main() -> Result<(), String> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let audit = args.first().is_some_and(|arg| arg == "--audit");
    if audit {
        args.remove(0);
    }
    let [times, names @ ..] = args.as_slice() else {
        return Err("usage: time [--audit] ROUNDS [PART-OF-A-NAME…]".to_owned());
    };
    let times = times.parse().map_err(|_| format!("`{times}` is no number of rounds"))?;
    pin(Place::Last);
    record_metrics();
    add_up_metrics();
    if audit {
        write_audit_lines();
    }
    let mut scenarios = scenarios();
    scenarios.retain(|scenario| {
        let named = names.is_empty() || names.iter().any(|name| scenario.name.contains(name.as_str()));
        named && (scenario.group == Group::Audit) == audit
    });
    for timed in rounds(&scenarios, times) {
        let line = serde_json::to_string(&timed).map_err(|error| error.to_string())?;
        println!("{line}");
    }
    Ok(())
}
