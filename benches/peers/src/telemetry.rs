use std::sync::OnceLock;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

/// Metrics go to the recorder that most people install. Before anything is built: handles are looked up then.
pub fn record_metrics() {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER.get_or_init(|| {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        metrics::set_global_recorder(recorder).expect("the first recorder");
        handle
    });
}

/// Audit events are written as JSON lines, to nowhere: what remains is what writing them costs.
pub fn write_audit_lines() {
    tracing_subscriber::fmt().json().with_writer(std::io::sink).init();
}
