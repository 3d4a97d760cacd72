use std::fmt;

use secure_policy::{ParseError, Rate};

/// Another rate for a limit than the one that is compiled in.
#[derive(Clone, Debug)]
pub(crate) struct Override {
    /// The endpoint whose limit it is; `None` for a named limit, wherever it is used.
    pub(crate) endpoint: Option<String>,
    /// The limit's name, as it stands in the `RateLimit` headers.
    pub(crate) limit: String,
    pub(crate) rate: String,
    /// Where it is said.
    pub(crate) place: String,
}

impl Override {
    pub(crate) fn is_for(&self, endpoint: &str, name: &str, rate: &Rate) -> bool {
        match &self.endpoint {
            Some(of) => of == endpoint && self.limit == name && rate.name().is_none(),
            None => rate.name() == Some(&*self.limit),
        }
    }

    /// The limit with this rate. Who is counted, how, and what a request takes stay as they are; a burst of its own stays as
    /// well, if the new count is not below it.
    pub(crate) fn apply(&self, compiled: &Rate) -> Result<Rate, ParseError> {
        let rate = Rate::parse(&self.rate)?;
        let burst = Some(compiled.burst())
            .filter(|burst| *burst != compiled.count())
            .map(|burst| burst.min(rate.count()).get());
        let rate = rate.with(burst, Some(compiled.cost().get()), Some(compiled.algorithm()))?;
        let rate = rate.per(compiled.counted_per());
        let rate = compiled.name().map_or(rate, |name| rate.named(name));
        Ok(compiled.computed_cost().map_or(rate, |cost| rate.cost_by(cost)))
    }
}

impl fmt::Display for Override {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.endpoint {
            Some(endpoint) => write!(f, "the name `{endpoint}` and a limit `{}` of its own", self.limit),
            None => write!(f, "a limit of the name `{}`", self.limit),
        }
    }
}

/// A limit of an endpoint: as it was compiled, and as it holds after what the operator said.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MountedLimit {
    /// The name in the `RateLimit` headers.
    pub name: String,
    /// As the attribute, a router or the application's defaults say.
    pub compiled: Rate,
    /// As it is enforced.
    pub effective: Rate,
}

#[cfg(test)]
mod tests {
    use super::*;
    use secure_policy::{Algorithm, Per};

    fn overriding(rate: &str) -> Override {
        Override {
            endpoint: None,
            limit: "search".to_owned(),
            rate: rate.to_owned(),
            place: String::new(),
        }
    }

    #[test]
    fn only_the_rate_changes() {
        let compiled = Rate::new(100, 60)
            .counted_by(Algorithm::FixedQuota)
            .per(Per::Tenant)
            .cost_of(5)
            .cost_by("page.size")
            .named("search");
        let expected = Rate::new(50, 60)
            .counted_by(Algorithm::FixedQuota)
            .per(Per::Tenant)
            .cost_of(5)
            .cost_by("page.size")
            .named("search");
        assert_eq!(overriding("50/min").apply(&compiled).unwrap(), expected);
    }

    #[test]
    fn a_burst_of_its_own_stays_where_it_can() {
        let burst = |compiled: Rate, rate| overriding(rate).apply(&compiled).unwrap().burst().get();
        assert_eq!(burst(Rate::new(100, 60), "500/min"), 500);
        assert_eq!(burst(Rate::new(100, 60).burst_of(20), "500/min"), 20);
        assert_eq!(burst(Rate::new(100, 60).burst_of(20), "10/min"), 10);
    }

    #[test]
    fn what_would_admit_nobody_is_a_fault() {
        let compiled = Rate::new(100, 60).cost_of(5);
        assert!(overriding("4/min").apply(&compiled).is_err());
        assert!(overriding("5/min").apply(&compiled).is_ok());
        assert!(overriding("0/min").apply(&compiled).is_err());
    }
}
