use serde_json::Value;
use tokio::runtime::Runtime;

use crate::scenario::{App, Scenario};

/// What gungraun counted of a list of scenarios, of which plain axum is the first.
#[derive(Clone, Debug)]
pub struct Instructions {
    /// Of one request, without those of making it, in the order of the list.
    pub of_one: Vec<f64>,
}

impl Instructions {
    /// So many requests are counted together.
    pub const REQUESTS: u32 = 100;
    const WARM: u32 = 20;

    /// A scenario that is ready to be counted.
    ///
    /// # Panics
    ///
    /// If there is no runtime to ask it in.
    #[must_use]
    #[allow(clippy::expect_used, reason = "a bench that cannot be set up measures nothing")]
    pub fn warm(scenario: &Scenario) -> (App, Runtime) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        let mut app = scenario.app();
        runtime.block_on(app.ask(app.distinct().max(Self::WARM)));
        (app, runtime)
    }

    /// Reads what gungraun prints as JSON: a line for each bench, of which `make` only makes the requests.
    ///
    /// # Errors
    ///
    /// If a line is none of gungraun's, or there is none about making requests.
    pub fn read(lines: &str) -> Result<Self, String> {
        let mut make = None;
        let mut of_one = Vec::new();
        for line in lines.lines() {
            let summary: Value = serde_json::from_str(line).map_err(|error| format!("{error} in {line}"))?;
            let count = count(&summary).ok_or_else(|| format!("no count of instructions in {line}"))?;
            match summary["function_name"].as_str() {
                Some("make") => make = Some(count),
                _ => of_one.push(count),
            }
        }
        let make = make.ok_or("nothing was counted of making requests")?;
        for count in &mut of_one {
            *count = (*count - make) / f64::from(Self::REQUESTS);
        }
        Ok(Self { of_one })
    }

    /// Each by the first, which is plain axum.
    #[must_use]
    pub fn ratios(&self) -> Vec<f64> {
        let plain = self.of_one.first().copied().unwrap_or(f64::NAN);
        self.of_one.iter().map(|count| count / plain).collect()
    }
}

/// The instructions in callgrind's total.
fn count(summary: &Value) -> Option<f64> {
    let profiles = summary["profiles"].as_array()?;
    let callgrind = profiles.iter().find(|profile| profile["tool"] == "Callgrind")?;
    callgrind["data"]["total"]["metrics"]["Ir"]["values"]["new"].as_f64()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bounds;
    use crate::scenario::bounded;

    fn line(function: &str, count: u64) -> String {
        let metrics = serde_json::json!({ "Ir": { "values": { "new": count, "old": 7 } } });
        let profile = serde_json::json!({ "tool": "Callgrind", "data": { "total": { "metrics": metrics } } });
        serde_json::json!({ "function_name": function, "profiles": [profile] }).to_string()
    }

    #[test]
    fn making_requests_is_subtracted() {
        let lines = [line("make", 1_000), line("ask", 3_000), line("ask", 7_000)].join("\n");
        let read = Instructions::read(&lines).unwrap();
        assert_eq!(read.of_one, [20.0, 60.0]);
        assert_eq!(read.ratios(), [1.0, 3.0]);
    }

    #[test]
    fn what_is_not_counted_is_a_fault() {
        assert!(
            Instructions::read(&line("ask", 1))
                .unwrap_err()
                .contains("making requests")
        );
        assert!(Instructions::read("{}").unwrap_err().contains("no count"));
    }

    #[test]
    fn bounds_are_for_scenarios() {
        let bounds = Bounds::ours().unwrap();
        assert_eq!(bounded(&bounds).unwrap().len(), bounds.iter().count() + 1);
    }
}
