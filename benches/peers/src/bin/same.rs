//! Does everybody who is compared do the same work? If not, it says who answers what otherwise, and nothing is to be measured.

fn main() -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    secure_bench_peers::record_metrics();
    runtime.block_on(secure_bench_peers::check())
}
