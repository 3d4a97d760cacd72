//! How much a scenario may take, from `bounds.toml`.

use std::fmt::Write as _;

use serde::Deserialize;

/// The bounds of all scenarios that have some.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    bound: Vec<Bound>,
}

/// The most that one scenario may take.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bound {
    /// Its name in the catalogue.
    pub scenario: String,
    /// Instructions, as a multiple of plain axum's in the same run.
    pub instructions: f64,
    /// Allocations beyond plain axum's.
    pub allocations: f64,
    /// Why so much; to be written anew by whoever raises one of them.
    reason: String,
}

impl Bounds {
    /// Those of this repository.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn ours() -> Result<Self, String> {
        Self::read(include_str!("../bounds.toml"))
    }

    /// Reads them.
    ///
    /// # Errors
    ///
    /// If they cannot be read, if a bound has no reason, or if two are for one scenario.
    pub fn read(text: &str) -> Result<Self, String> {
        let bounds: Self = toml::from_str(text).map_err(|error| format!("bounds.toml: {error}"))?;
        for (place, bound) in bounds.bound.iter().enumerate() {
            let scenario = &bound.scenario;
            // Two words are the least that says why.
            if bound.reason.split_whitespace().nth(1).is_none() {
                return Err(format!(
                    "bounds.toml: the bound of `{scenario}` gives no reason: say why it may take so much"
                ));
            }
            if bounds.bound[..place].iter().any(|other| other.scenario == *scenario) {
                return Err(format!("bounds.toml: `{scenario}` has two bounds"));
            }
        }
        Ok(bounds)
    }

    /// One after another.
    pub fn iter(&self) -> impl Iterator<Item = &Bound> {
        self.bound.iter()
    }

    /// Compares what was measured, in the order of [`iter`](Self::iter), with one of the bounds.
    ///
    /// # Errors
    ///
    /// Each scenario that is above its bound, with both; or that there are more or fewer measurements than bounds.
    pub fn check(&self, what: &str, bound_of: impl Fn(&Bound) -> f64, measured: &[f64]) -> Result<(), String> {
        if measured.len() != self.bound.len() {
            let (bounds, measured) = (self.bound.len(), measured.len());
            return Err(format!("{measured} scenarios were measured, and {bounds} have bounds"));
        }
        let mut faults = String::new();
        for (bound, measured) in self.bound.iter().zip(measured) {
            let (scenario, most) = (&bound.scenario, bound_of(bound));
            // Not a number is no measurement.
            if measured.is_nan() || *measured > most {
                let _ = writeln!(
                    faults,
                    "`{scenario}`: {measured:.3} {what}, and the bound in benches/bounds.toml is {most}: \
                     make it cheaper, or raise the bound and say why in its `reason`"
                );
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUND: &str = "[[bound]]\nscenario = 'a'\ninstructions = 1.5\nallocations = 4\n";

    fn with_reason(reason: &str) -> Result<Bounds, String> {
        Bounds::read(&format!("{BOUND}reason = '{reason}'"))
    }

    #[test]
    fn ours_can_be_read() {
        assert_ne!(Bounds::ours().unwrap().iter().count(), 0);
    }

    #[test]
    fn a_bound_needs_a_reason() {
        assert!(Bounds::read(BOUND).unwrap_err().contains("missing field `reason`"));
        for reason in ["", "  ", "because"] {
            assert!(
                with_reason(reason).unwrap_err().contains("`a` gives no reason"),
                "{reason}"
            );
        }
        with_reason("the token is parsed").unwrap();
    }

    #[test]
    fn two_bounds_for_one_scenario_are_none() {
        let twice = format!("{BOUND}reason = 'a b'\n{BOUND}reason = 'a b'");
        assert!(Bounds::read(&twice).unwrap_err().contains("two bounds"));
    }

    #[test]
    fn what_is_above_its_bound_is_named() {
        let bounds = with_reason("the token is parsed").unwrap();
        let check = |measured: &[f64]| bounds.check("allocations", |bound| bound.allocations, measured);
        check(&[4.0]).unwrap();
        let fault = check(&[4.001]).unwrap_err();
        assert!(
            fault.contains("`a`: 4.001 allocations") && fault.contains("is 4:"),
            "{fault}"
        );
        check(&[f64::NAN]).unwrap_err();
        check(&[]).unwrap_err();
    }
}
