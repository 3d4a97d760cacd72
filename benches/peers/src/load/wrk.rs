use std::process::Command;
use std::time::Duration;

use super::Seen;
use super::server::Server;

/// As many connections are open at once.
const CONNECTIONS: u32 = 64;

/// Asks the server for so long, from the last processor: this process is pinned there, and `wrk` inherits that.
pub(super) fn wrk(server: &Server, each: Duration) -> Result<Seen, String> {
    let before = server.processor()?;
    let output = Command::new("wrk")
        .args(["--threads", "1", "--latency"])
        .args(["--connections", &CONNECTIONS.to_string()])
        .args(["--duration", &format!("{}s", each.as_secs())])
        .args(["--header", &format!("Authorization: Bearer {}", server.token)])
        .arg(&server.url)
        .output()
        .map_err(|error| format!("wrk did not start: {error}; `apt-get install wrk`"))?;
    let after = server.processor()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let refused = text.contains("Non-2xx") || text.contains("Socket errors");
    if !output.status.success() || refused {
        return Err(format!("{} was answered otherwise: {text}", server.url));
    }
    let seen = read(&text, after - before);
    seen.ok_or_else(|| format!("not what wrk prints: {text}"))
}

fn read(text: &str, processor: f64) -> Option<Seen> {
    let after = |label: &str| {
        let line = text.lines().map(str::trim).find_map(|line| line.strip_prefix(label))?;
        line.split_whitespace().next()
    };
    let requests = text.lines().find_map(|line| line.trim().split_once(" requests in "))?.0;
    Some(Seen {
        rate: after("Requests/sec:")?.parse().ok()?,
        p50: micros(after("50%")?)?,
        p99: micros(after("99%")?)?,
        processor: processor / requests.parse::<f64>().ok()?,
    })
}

/// `612.00us`, `1.20ms` or `1.01s`.
fn micros(text: &str) -> Option<f64> {
    let (number, factor) = text
        .strip_suffix("us")
        .map(|number| (number, 1.0))
        .or_else(|| text.strip_suffix("ms").map(|number| (number, 1e3)))
        .or_else(|| text.strip_suffix('s').map(|number| (number, 1e6)))?;
    Some(number.parse::<f64>().ok()? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wrk_prints_is_read() {
        let text = "Running 1s test @ http://127.0.0.1:18090/\n  1 threads and 64 connections\n  Thread Stats   Avg      \
                    Stdev     Max   +/- Stdev\n    Latency   612.34us   99.00us   2.25ms   87.16%\n  Latency Distribution\n     \
                    50%  596.00us\n     75%  660.00us\n     90%  706.00us\n     99%    1.02ms\n  104200 requests in 1.00s, \
                    26.63MB read\nRequests/sec: 104176.09\nTransfer/sec:     26.63MB\n";
        let seen = read(text, 1_042_000.0).unwrap();
        assert_eq!(
            (seen.rate, seen.p50, seen.p99, seen.processor),
            (104_176.09, 596.0, 1020.0, 10.0)
        );
    }
}
