//! The one place that writes limit headers, of both families: `RateLimit-Policy` and `RateLimit` of
//! draft-ietf-httpapi-ratelimit-headers-10 (§3, §4), and the older `X-RateLimit-*`; and the refusal that they go with.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use secure_policy::Rate;
use sfv::{KeyRef, ListSerializer, StringRef};

use super::Verdict;
use crate::Problem;
use crate::audit::Reason;

static POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
static STATE: HeaderName = HeaderName::from_static("ratelimit");
static LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
static REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
static RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// What can be written when an endpoint is mounted; of a limit that is not spoken of, nothing.
#[derive(Clone, Default)]
pub(crate) struct Prepared(Option<Arc<Words>>);

struct Words {
    /// `caller`
    bare: String,
    /// `"caller"`
    name: String,
    /// `"caller";q=100;w=60`
    policy: String,
    burst: u32,
}

/// A distinct name for each limit of an endpoint.
pub(crate) fn names(rates: &[Rate]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for rate in rates {
        let base = rate.name().unwrap_or(rate.counted_per().as_str());
        let mut name = base.to_owned();
        let mut twin = 1;
        while names.contains(&name) {
            twin += 1;
            name = format!("{base}-{twin}");
        }
        names.push(name);
    }
    names
}

impl Prepared {
    pub(crate) fn new(name: &str, rate: &Rate) -> Self {
        // The names are ours and the windows below 32 days: both can stand in a structured field (RFC 9651).
        Self(serialize(name, rate).map(Arc::new))
    }
}

fn serialize(name: &str, rate: &Rate) -> Option<Words> {
    let string = StringRef::from_str(name).ok()?;
    let window = u32::try_from(rate.window().as_secs()).ok()?;
    let mut policy = ListSerializer::new();
    let _ = policy
        .bare_item(string)
        .parameter(KeyRef::constant("q"), rate.count().get())
        .parameter(KeyRef::constant("w"), window);
    let mut bare = ListSerializer::new();
    let _ = bare.bare_item(string);
    Some(Words {
        bare: name.to_owned(),
        name: bare.finish()?,
        policy: policy.finish()?,
        burst: rate.burst().get(),
    })
}

/// What the limits said of one request so far.
#[derive(Default)]
pub(crate) struct Quotas {
    said: Vec<(Arc<Words>, Verdict)>,
    /// The longest wait of a refusal by a limit that no header speaks of, in seconds.
    unspoken: Option<u64>,
    /// Refusals have the problem type of the draft (§5).
    typed: bool,
}

impl Quotas {
    pub(crate) fn new(typed: bool) -> Self {
        Self {
            typed,
            ..Self::default()
        }
    }

    /// The last word of a limit is the one that holds.
    pub(crate) fn note(&mut self, limit: &Prepared, verdict: Verdict) {
        let Some(words) = &limit.0 else {
            let wait = (!verdict.admitted).then(|| verdict.seconds());
            self.unspoken = self.unspoken.max(wait);
            return;
        };
        match self.said.iter_mut().find(|(other, _)| Arc::ptr_eq(other, words)) {
            Some((_, said)) => *said = verdict,
            None => self.said.push((Arc::clone(words), verdict)),
        }
    }

    /// 429 if a limit refused.
    pub(crate) fn outcome(&self) -> Result<(), Problem> {
        let refused = self.said.iter().filter(|(_, verdict)| !verdict.admitted);
        let spoken = refused.clone().map(|(_, verdict)| verdict.seconds()).max();
        let Some(seconds) = spoken.max(self.unspoken) else {
            return Ok(());
        };
        let problem = exceeded(seconds);
        Err(if self.typed && spoken.is_some() {
            let names = refused.map(|(words, _)| words.bare.clone()).collect();
            problem
                .kind(
                    "https://iana.org/assignments/http-problem-types#quota-exceeded",
                    "Request cannot be satisfied as assigned quota has been exceeded",
                )
                .violated_policies(names)
        } else {
            problem
        })
    }

    /// Writes the headers; without a limit, none.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        let tightest = self
            .said
            .iter()
            // Of those that refuse the one that does so for longest, else the one of which least is left.
            .min_by_key(|(_, verdict)| match verdict.admitted {
                false => (false, u64::MAX - verdict.wait),
                true => (true, u64::from(verdict.remaining)),
            });
        let Some((words, verdict)) = tightest else {
            return;
        };
        let (mut policy, mut state) = (String::new(), String::new());
        for (words, verdict) in &self.said {
            let comma = if policy.is_empty() { "" } else { ", " };
            // Writing to a String does not fail.
            let _ = write!(policy, "{comma}{}", words.policy);
            let (name, left, seconds) = (&words.name, verdict.remaining, verdict.seconds());
            let _ = write!(state, "{comma}{name};r={left};t={seconds}");
        }
        for (name, list) in [(&POLICY, policy), (&STATE, state)] {
            // Made of structured-field parts above: ASCII throughout.
            if let Ok(value) = HeaderValue::try_from(list) {
                headers.insert(name, value);
            }
        }
        headers.insert(&LIMIT, words.burst.into());
        headers.insert(&REMAINING, verdict.remaining.into());
        headers.insert(&RESET, verdict.seconds().into());
    }
}

/// 429 with `Retry-After` (RFC 6585 §4).
pub(crate) fn exceeded(seconds: u64) -> Problem {
    Problem::refusal(StatusCode::TOO_MANY_REQUESTS, Reason::Rate)
        .detail("too many requests; wait for the time in Retry-After")
        .header(RETRY_AFTER, seconds.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limit::counter::SECOND;
    use secure_policy::Per;

    fn quotas(verdicts: [(bool, u32, u64); 3]) -> (Quotas, HeaderMap) {
        let rates = [
            Rate::parse("100/min").unwrap(),
            Rate::parse("10/s").unwrap().per(Per::Ip),
            Rate::parse("5000/day").unwrap(),
        ];
        let mut quotas = Quotas::new(true);
        for ((name, rate), (admitted, remaining, seconds)) in names(&rates).iter().zip(&rates).zip(verdicts) {
            let verdict = Verdict {
                admitted,
                remaining,
                wait: seconds * SECOND,
            };
            quotas.note(&Prepared::new(name, rate), verdict);
        }
        let mut headers = HeaderMap::new();
        quotas.write(&mut headers);
        (quotas, headers)
    }

    #[test]
    fn l3_l4_l7_both_families_are_written() {
        let (quotas, headers) = quotas([(true, 42, 17), (true, 9, 17), (true, 4000, 17)]);
        assert!(quotas.outcome().is_ok());
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

    #[test]
    fn l5_l6_the_refusal_that_lasts_longest_answers() {
        let (quotas, headers) = quotas([(false, 2, 30), (true, 0, 1), (false, 3, 7000)]);
        let problem = quotas.outcome().unwrap_err();
        let document: serde_json::Value = serde_json::from_slice(&problem.document()).unwrap();
        assert_eq!(
            document["type"],
            "https://iana.org/assignments/http-problem-types#quota-exceeded"
        );
        assert_eq!(document["violated-policies"], serde_json::json!(["caller", "caller-2"]));
        assert_eq!(headers["x-ratelimit-limit"], "5000");
        assert_eq!(headers["x-ratelimit-remaining"], "3");
        assert_eq!(headers["x-ratelimit-reset"], "7000");
        let response = axum::response::IntoResponse::into_response(problem);
        assert_eq!(response.headers()["retry-after"], "7000");
    }

    #[test]
    fn the_last_word_of_a_limit_holds() {
        let prepared = Prepared::new("caller", &Rate::parse("10/s").unwrap());
        let mut quotas = Quotas::default();
        let said = |admitted, remaining| Verdict {
            admitted,
            remaining,
            wait: 1,
        };
        quotas.note(&prepared, said(true, 9));
        quotas.note(&prepared, said(false, 4));
        let mut headers = HeaderMap::new();
        quotas.write(&mut headers);
        assert_eq!(headers["ratelimit"], "\"caller\";r=4;t=1");
        let problem = quotas.outcome().unwrap_err();
        let document: serde_json::Value = serde_json::from_slice(&problem.document()).unwrap();
        assert_eq!(document["type"], "about:blank", "L6 is opt-in");
    }
}
