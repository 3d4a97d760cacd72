use std::sync::OnceLock;
use std::time::Duration;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();

/// Metrics go to the recorder that most people install. Before anything is built: handles are looked up then.
pub fn record_metrics() {
    RECORDER.get_or_init(|| {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        metrics::set_global_recorder(recorder).expect("the first recorder");
        handle
    });
}

/// Adds up the samples of histograms now and then, as the exporter's server does: else every request takes memory for good.
pub fn add_up_metrics() {
    std::thread::spawn(|| {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            RECORDER.get().expect("metrics are recorded").run_upkeep();
        }
    });
}

/// Audit events are written as JSON lines, to nowhere: what remains is what writing them costs.
pub fn write_audit_lines() {
    tracing_subscriber::fmt().json().with_writer(std::io::sink).init();
}
