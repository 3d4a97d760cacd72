use secure_policy::{Policy, Rate};

use super::headers::Families;
use super::lock_out::LockOut;
use super::overrides::{MountedLimit, Override};
#[cfg(feature = "redis")]
use super::shared::RedisLimits;
use super::{AttemptLimits, Backend, Failures, MOST, Table};
use crate::clock::Clock;
use crate::startup::{Fault, Placed};

/// What an application says of its limits, as written.
#[derive(Debug)]
pub(crate) struct LimitOptions {
    pub(crate) default_rate: String,
    pub(crate) service_rate: Option<String>,
    pub(crate) failure_rate: String,
    pub(crate) lock_out: Placed<LockOut>,
    pub(crate) capacity: usize,
    pub(crate) overrides: Vec<Override>,
    pub(crate) problem_types: bool,
    pub(crate) families: Families,
    #[cfg(feature = "redis")]
    pub(crate) shared: Option<Placed<RedisLimits>>,
}

impl Default for LimitOptions {
    fn default() -> Self {
        Self {
            default_rate: "300/min".to_owned(),
            service_rate: None,
            failure_rate: "30/min".to_owned(),
            lock_out: Placed::in_code(LockOut::default()),
            capacity: 100_000,
            overrides: Vec::new(),
            problem_types: false,
            families: Families::Both,
            #[cfg(feature = "redis")]
            shared: None,
        }
    }
}

/// The limits of an application, ready for use.
pub(crate) struct Limits {
    pub(crate) backend: Backend,
    pub(crate) failures: Failures,
    pub(crate) attempts: AttemptLimits,
    /// Refusals have the problem type of the RateLimit draft.
    pub(crate) problem_types: bool,
    default_rate: Rate,
    service_rate: Option<Rate>,
    overrides: Vec<Override>,
}

impl LimitOptions {
    /// `None` after a fault.
    pub(crate) fn prepare(self, clock: &Clock, faults: &mut Vec<Fault>) -> Option<Limits> {
        if self.capacity == 0 {
            faults.push(Fault::new(
                "SecurityBuilder::limiter_capacity",
                "without buckets nothing can be limited",
                "leave it out for the default of 100,000",
            ));
        }
        let mut rate = |option: &str, text: &str| {
            let rate = Rate::parse(text);
            rate.map_err(|error| faults.push(Fault::policy(format!("SecurityBuilder::{option}"), &error)))
                .ok()
        };
        let default_rate = rate("default_rate", &self.default_rate);
        let failure_rate = rate("failed_authentication_rate", &self.failure_rate);
        let service_rate = self.service_rate.as_deref().map(|text| rate("service_rate", text));
        let lock_out = self
            .lock_out
            .prepare(faults, |lock_out, faults| lock_out.prepare(faults));
        #[cfg(feature = "redis")]
        let shared = self.shared.map(|shared| shared.prepare(faults, RedisLimits::prepare));
        let (failure_rate, lock_out) = (failure_rate?, lock_out?);
        let service_rate = match service_rate {
            Some(rate) => Some(rate?.per(secure_policy::Per::Service)),
            None => None,
        };
        Some(Limits {
            backend: Backend {
                table: Table::new(self.capacity),
                clock: clock.clone(),
                #[cfg(feature = "redis")]
                shared,
            },
            failures: Failures::new(&failure_rate, &lock_out),
            attempts: AttemptLimits::new(&lock_out),
            problem_types: self.problem_types,
            default_rate: default_rate?,
            service_rate,
            overrides: self.overrides,
        })
    }
}

impl Limits {
    /// The limits of an endpoint as they are compiled and as they hold: its own or the default, those of the routers around
    /// it, and the service's.
    pub(crate) fn of(&self, policy: &Policy, around: &[Rate]) -> Vec<MountedLimit> {
        let own = if policy.rates.is_empty() {
            std::slice::from_ref(&self.default_rate)
        } else {
            &*policy.rates
        };
        let rates: Vec<Rate> = own.iter().chain(around).chain(&self.service_rate).copied().collect();
        let names = super::headers::names(&rates);
        let limits = rates.into_iter().zip(names).map(|(compiled, name)| {
            let overriding = self.overrides.iter().rev();
            let mut overriding = overriding.filter(|it| it.is_for(policy.endpoint, &name, &compiled));
            MountedLimit {
                effective: overriding
                    .next()
                    .and_then(|it| it.apply(&compiled).ok())
                    .unwrap_or(compiled),
                name,
                compiled,
            }
        });
        limits.collect()
    }

    /// What is wrong with the limits of an endpoint.
    pub(crate) fn faults_of(&self, policy: &Policy, around: &[Rate]) -> Vec<Fault> {
        let limits = self.of(policy, around);
        let mut faults = Vec::new();
        if limits.len() > MOST {
            faults.push(Fault::new(
                format!("endpoint `{}`", policy.endpoint),
                format!(
                    "has {} limits, with those of the routers around it; a request can be counted in {MOST}",
                    limits.len()
                ),
                "remove those that another one implies",
            ));
        }
        for limit in &limits {
            let overriding = self.overrides.iter();
            for it in overriding.filter(|it| it.is_for(policy.endpoint, &limit.name, &limit.compiled)) {
                if let Err(error) = it.apply(&limit.compiled) {
                    faults.push(Fault::policy(&it.place, &error));
                }
            }
        }
        faults
    }

    /// What is wrong with all endpoints together: one name for two limits, and what overrides nothing.
    pub(crate) fn faults_of_all<'p>(&self, endpoints: impl Iterator<Item = (&'p Policy, &'p [Rate])>) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut named: Vec<(Rate, &str)> = Vec::new();
        let mut used = vec![false; self.overrides.len()];
        for (policy, around) in endpoints {
            for limit in self.of(policy, around) {
                for (used, it) in used.iter_mut().zip(&self.overrides) {
                    *used |= it.is_for(policy.endpoint, &limit.name, &limit.compiled);
                }
                let Some(name) = limit.compiled.name() else {
                    continue;
                };
                match named.iter().find(|(other, _)| other.name() == Some(name)) {
                    Some((other, place)) if !other.counts_like(&limit.compiled) => faults.push(Fault::new(
                        format!("endpoint `{}`", policy.endpoint),
                        format!(
                            "has another limit of the name `{name}` than `{place}`, so one bucket would have two sizes"
                        ),
                        "give one of the two limits another name",
                    )),
                    Some(_) => {}
                    None => named.push((limit.compiled, policy.endpoint)),
                }
            }
        }
        for (_, it) in used.iter().zip(&self.overrides).filter(|(used, _)| !**used) {
            faults.push(Fault::new(
                &it.place,
                format!("no endpoint has {it}"),
                "write a limit's name, or an endpoint with one of its limits, as the manifest shows them",
            ));
        }
        faults
    }
}
