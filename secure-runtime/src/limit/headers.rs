//! The one place that writes limit headers, of both families: `RateLimit-Policy` and `RateLimit` of
//! draft-ietf-httpapi-ratelimit-headers-10 (§3, §4), and the older `X-RateLimit-*`.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use secure_policy::Rate;
use sfv::{KeyRef, ListSerializer, StringRef};

use super::Verdict;

static POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
static STATE: HeaderName = HeaderName::from_static("ratelimit");
static LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
static REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
static RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// What can be written when an endpoint is mounted.
#[derive(Clone)]
pub(crate) struct Prepared {
    /// `"caller";q=100;w=60`
    policy: String,
    /// `"caller"`
    name: String,
    burst: u32,
}

/// A distinct name for each limit of an endpoint.
pub(crate) fn names(rates: &[Rate]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for rate in rates {
        let base = rate.counted_per().as_str();
        let twins = names.iter().filter(|name| name.split('-').next() == Some(base)).count();
        names.push(if twins == 0 {
            base.to_owned()
        } else {
            format!("{base}-{}", twins + 1)
        });
    }
    names
}

impl Prepared {
    pub(crate) fn new(name: &str, rate: &Rate) -> Self {
        // The names are ours and the windows below 32 days: both can stand in a structured field (RFC 9651).
        let (policy, name) = serialize(name, rate).unwrap_or_default();
        Self {
            policy,
            name,
            burst: rate.burst().get(),
        }
    }
}

fn serialize(name: &str, rate: &Rate) -> Option<(String, String)> {
    let name = StringRef::from_str(name).ok()?;
    let window = u32::try_from(rate.window().as_secs()).ok()?;
    let mut policy = ListSerializer::new();
    let _ = policy
        .bare_item(name)
        .parameter(KeyRef::constant("q"), rate.count().get())
        .parameter(KeyRef::constant("w"), window);
    let mut bare = ListSerializer::new();
    let _ = bare.bare_item(name);
    Some((policy.finish()?, bare.finish()?))
}

/// What the limits said of one request so far.
#[derive(Default)]
pub(crate) struct Quotas {
    policy: String,
    state: String,
    tightest: Option<(u32, Verdict)>,
}

impl Quotas {
    pub(crate) fn note(&mut self, limit: &Prepared, verdict: Verdict) {
        use std::fmt::Write as _;
        for list in [&mut self.policy, &mut self.state] {
            if !list.is_empty() {
                list.push_str(", ");
            }
        }
        self.policy.push_str(&limit.policy);
        // Writing to a String does not fail.
        let _ = write!(self.state, "{};r={};t={}", limit.name, verdict.remaining, verdict.reset);
        if self
            .tightest
            .is_none_or(|(_, tightest)| verdict.remaining < tightest.remaining)
        {
            self.tightest = Some((limit.burst, verdict));
        }
    }

    /// Writes the headers; without a limit, none.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        let Some((limit, verdict)) = self.tightest else {
            return;
        };
        for (name, list) in [(&POLICY, &self.policy), (&STATE, &self.state)] {
            // Made of structured-field parts above: ASCII throughout.
            if let Ok(value) = HeaderValue::try_from(list.as_str()) {
                headers.insert(name, value);
            }
        }
        headers.insert(&LIMIT, limit.into());
        headers.insert(&REMAINING, verdict.remaining.into());
        headers.insert(&RESET, verdict.reset.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secure_policy::Per;

    #[test]
    fn l3_l4_l7_both_families_are_written() {
        let rates = [
            Rate::parse("100/min").unwrap(),
            Rate::parse("10/s").unwrap().per(Per::Ip),
            Rate::parse("5000/day").unwrap(),
        ];
        let mut quotas = Quotas::default();
        for ((name, rate), remaining) in names(&rates).iter().zip(&rates).zip([42, 9, 4000]) {
            let prepared = Prepared::new(name, rate);
            quotas.note(
                &prepared,
                Verdict {
                    admitted: true,
                    remaining,
                    reset: 17,
                },
            );
        }
        let mut headers = HeaderMap::new();
        quotas.write(&mut headers);
        assert_eq!(
            headers["ratelimit-policy"],
            "\"caller\";q=100;w=60, \"ip\";q=10;w=1, \"caller-2\";q=5000;w=86400"
        );
        assert_eq!(
            headers["ratelimit"],
            "\"caller\";r=42;t=17, \"ip\";r=9;t=17, \"caller-2\";r=4000;t=17"
        );
        assert_eq!(headers["x-ratelimit-limit"], "10");
        assert_eq!(headers["x-ratelimit-remaining"], "9");
        assert_eq!(headers["x-ratelimit-reset"], "17");
    }
}
