//! The one place that writes limit headers, of both families: `RateLimit-Policy` and `RateLimit` of
//! draft-ietf-httpapi-ratelimit-headers-10 (§3, §4), and the older `X-RateLimit-*`; and the refusal that they go with.

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use secure_policy::Rate;
use sfv::{KeyRef, ListSerializer, StringRef};
use smallvec::SmallVec;

use super::Verdict;
use super::limit::Demand;
use super::table::Verdicts;
use crate::Problem;
use crate::audit::Reason;
use crate::header_value::{lasting, number};

/// The headers of a limit that an application writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Families {
    /// Those of the draft.
    Draft,
    /// The older ones as well.
    Both,
}

impl Families {
    /// The headers, in the order in which they are [told](Quotas::tell).
    pub(crate) fn headers(self) -> &'static [HeaderName] {
        match self {
            Self::Draft => QUOTA_HEADERS.split_at(2).0,
            Self::Both => &QUOTA_HEADERS,
        }
    }
}

static QUOTA_HEADERS: [HeaderName; 5] = [
    HeaderName::from_static("ratelimit-policy"),
    HeaderName::from_static("ratelimit"),
    HeaderName::from_static("x-ratelimit-limit"),
    HeaderName::from_static("x-ratelimit-remaining"),
    HeaderName::from_static("x-ratelimit-reset"),
];

/// What can be said of an endpoint's limits when it is mounted.
#[derive(Default)]
pub(crate) struct Words {
    each: Vec<OfLimit>,
    /// The policies of all, as most answers have them.
    policies: Option<HeaderValue>,
}

/// What can be said of one.
struct OfLimit {
    /// `caller`
    bare: String,
    /// `"caller"`
    name: String,
    /// `"caller";q=100;w=60`
    policy: String,
    burst: HeaderValue,
}

/// Which of an endpoint's limits.
pub(crate) type Place = usize;

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

impl Words {
    /// Adds a limit. Nowhere if it cannot be spoken of: the names are ours and the windows below 32 days, so that does not happen
    /// (RFC 9651).
    pub(crate) fn add(&mut self, name: &str, rate: &Rate) -> Option<Place> {
        self.each.push(serialize(name, rate)?);
        self.policies = listed(self.each.iter().map(|limit| &*limit.policy)).map(lasting);
        Some(self.each.len() - 1)
    }
}

/// Made of structured-field parts: ASCII throughout.
fn listed<'p>(parts: impl Iterator<Item = &'p str>) -> Option<HeaderValue> {
    let parts: Vec<_> = parts.collect();
    HeaderValue::try_from(parts.join(", ")).ok()
}

fn serialize(name: &str, rate: &Rate) -> Option<OfLimit> {
    let string = StringRef::from_str(name).ok()?;
    let window = u32::try_from(rate.window().as_secs()).ok()?;
    let mut policy = ListSerializer::new();
    let _ = policy
        .bare_item(string)
        .parameter(KeyRef::constant("q"), rate.count().get())
        .parameter(KeyRef::constant("w"), window);
    let mut bare = ListSerializer::new();
    let _ = bare.bare_item(string);
    Some(OfLimit {
        bare: name.to_owned(),
        name: bare.finish()?,
        policy: policy.finish()?,
        burst: lasting(rate.burst().get().into()),
    })
}

/// What the limits said of one request so far.
#[derive(Default)]
pub(crate) struct Quotas {
    /// Most endpoints have one or two limits, and no memory is asked for them.
    said: SmallVec<[(Place, Verdict); 2]>,
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
    #[inline]
    pub(crate) fn note(&mut self, limit: Option<Place>, verdict: Verdict) {
        let Some(place) = limit else {
            let wait = (!verdict.admitted).then(|| verdict.seconds());
            self.unspoken = self.unspoken.max(wait);
            return;
        };
        match self.said.iter_mut().find(|(other, _)| *other == place) {
            Some((_, said)) => *said = verdict,
            None => self.said.push((place, verdict)),
        }
    }

    /// What each of these limits said.
    pub(crate) fn note_all(&mut self, demands: &[Demand<'_>], verdicts: &Verdicts) {
        for (demand, verdict) in demands.iter().zip(verdicts.iter()) {
            self.note(demand.limit.place, *verdict);
        }
    }

    /// 429 if a limit refused.
    #[inline]
    pub(crate) fn outcome(&self, words: &Words) -> Result<(), Problem> {
        let nobody_refused = self.unspoken.is_none() && self.said.iter().all(|(_, verdict)| verdict.admitted);
        if nobody_refused { Ok(()) } else { self.refusal(words) }
    }

    #[cold]
    fn refusal(&self, words: &Words) -> Result<(), Problem> {
        let refused = self.said.iter().filter(|(_, verdict)| !verdict.admitted);
        let spoken = refused.clone().map(|(_, verdict)| verdict.seconds()).max();
        let Some(seconds) = spoken.max(self.unspoken) else {
            return Ok(());
        };
        let problem = too_many_requests(seconds);
        Err(if self.typed && spoken.is_some() {
            let names = refused.filter_map(|(place, _)| words.each.get(*place));
            problem
                .kind(
                    "https://iana.org/assignments/http-problem-types#quota-exceeded",
                    "Request cannot be satisfied as assigned quota has been exceeded",
                )
                .violated_policies(names.map(|limit| limit.bare.clone()).collect())
        } else {
            problem
        })
    }

    /// Has no limit had its say?
    pub(crate) fn are_silent(&self) -> bool {
        self.said.is_empty()
    }

    /// Has every limit had its say that headers speak of?
    pub(crate) fn have_all(&self, words: &Words) -> bool {
        let all = words.each.len();
        all > 0 && self.said.len() == all && self.said.iter().zip(0..).all(|((place, _), number)| *place == number)
    }

    /// Says what the headers say, in their order: all of it, or, without a limit, nothing.
    #[inline]
    pub(crate) fn tell(&self, words: &Words, families: Families, mut say: impl FnMut(HeaderValue)) -> Option<()> {
        let (limit, tightest) = self.tightest(words)?;
        let policies = if self.have_all(words) {
            words.policies.clone()
        } else {
            self.policies(words)
        };
        let (policies, state) = (policies?, self.state(words)?);
        say(policies);
        say(state);
        if families == Families::Both {
            say(limit.burst.clone());
            say(number(tightest.remaining.into()));
            say(number(tightest.seconds()));
        }
        Some(())
    }

    /// Of the limits that refuse the one that does so for longest, else the one of which least is left.
    fn tightest<'q>(&'q self, words: &'q Words) -> Option<(&'q OfLimit, &'q Verdict)> {
        let (place, tightest) = match self.said.as_slice() {
            [only] => only,
            several => several.iter().min_by_key(|(_, verdict)| match verdict.admitted {
                false => (false, u64::MAX - verdict.wait),
                true => (true, u64::from(verdict.remaining)),
            })?,
        };
        Some((words.each.get(*place)?, tightest))
    }

    #[cold]
    fn policies(&self, words: &Words) -> Option<HeaderValue> {
        let said = self.said.iter().filter_map(|(place, _)| words.each.get(*place));
        listed(said.map(|limit| &*limit.policy))
    }

    fn state(&self, words: &Words) -> Option<HeaderValue> {
        let said = self.said.iter();
        let mut said = said.filter_map(|(place, verdict)| Some((words.each.get(*place)?, verdict)));
        let mut state = Text::default();
        let (limit, verdict) = said.next()?;
        limit.tell(&mut state, verdict);
        for (limit, verdict) in said {
            state.append(b", ");
            limit.tell(&mut state, verdict);
        }
        state.value()
    }
}

impl OfLimit {
    /// Adds what the limit says of a request.
    fn tell(&self, text: &mut Text, verdict: &Verdict) {
        text.append(self.name.as_bytes());
        text.append(b";r=");
        text.append(itoa::Buffer::new().format(verdict.remaining).as_bytes());
        text.append(b";t=");
        text.append(itoa::Buffer::new().format(verdict.seconds()).as_bytes());
    }
}

/// A text that is written for each answer: in place as long as it is short, as what one limit says is.
struct Text {
    short: [u8; Self::SHORT],
    length: usize,
    long: Vec<u8>,
}

impl Default for Text {
    fn default() -> Self {
        Self {
            short: [0; Self::SHORT],
            length: 0,
            long: Vec::new(),
        }
    }
}

impl Text {
    const SHORT: usize = 64;

    #[inline]
    fn append(&mut self, part: &[u8]) {
        let end = self.length + part.len();
        match self.short.get_mut(self.length..end) {
            Some(place) => place.copy_from_slice(part),
            None => self.append_long(part),
        }
        self.length = end;
    }

    #[cold]
    fn append_long(&mut self, part: &[u8]) {
        if self.long.is_empty() {
            self.long
                .extend_from_slice(self.short.get(..self.length).unwrap_or_default());
        }
        self.long.extend_from_slice(part);
    }

    /// Made of structured-field parts: ASCII throughout.
    fn value(&self) -> Option<HeaderValue> {
        let text = self.short.get(..self.length).unwrap_or(&self.long);
        HeaderValue::from_bytes(text).ok()
    }
}

/// 429 by a limit.
pub(crate) fn too_many_requests(seconds: u64) -> Problem {
    let detail = "too many requests; wait for the time in Retry-After";
    too_many(Reason::Rate, detail, seconds)
}

/// 429 with `Retry-After` (RFC 6585 §4).
pub(super) fn too_many(reason: Reason, detail: &'static str, seconds: u64) -> Problem {
    Problem::refusal(StatusCode::TOO_MANY_REQUESTS, reason)
        .detail(detail)
        .header(RETRY_AFTER, seconds.into())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::*;
    use crate::limit::counter::SECOND;
    use secure_policy::Per;

    fn write(quotas: &Quotas, words: &Words, headers: &mut HeaderMap) {
        let mut names = Families::Both.headers().iter();
        quotas.tell(words, Families::Both, |value| {
            headers.insert(names.next().unwrap(), value);
        });
    }

    fn quotas(verdicts: [(bool, u32, u64); 3]) -> (Quotas, Words, HeaderMap) {
        let rates = [
            Rate::parse("100/min").unwrap(),
            Rate::parse("10/s").unwrap().per(Per::Ip),
            Rate::parse("5000/day").unwrap(),
        ];
        let (mut quotas, mut words) = (Quotas::new(true), Words::default());
        for ((name, rate), (admitted, remaining, seconds)) in names(&rates).iter().zip(&rates).zip(verdicts) {
            let verdict = Verdict {
                admitted,
                remaining,
                wait: seconds * SECOND,
            };
            let place = words.add(name, rate);
            quotas.note(place, verdict);
        }
        let mut headers = HeaderMap::new();
        write(&quotas, &words, &mut headers);
        (quotas, words, headers)
    }

    #[test]
    fn l3_l4_l7_both_families_are_written() {
        let (quotas, words, headers) = quotas([(true, 42, 17), (true, 9, 17), (true, 4000, 17)]);
        assert!(quotas.outcome(&words).is_ok());
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
        let (quotas, words, headers) = quotas([(false, 2, 30), (true, 0, 1), (false, 3, 7000)]);
        let problem = quotas.outcome(&words).unwrap_err();
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
        let (mut quotas, mut words) = (Quotas::default(), Words::default());
        let place = words.add("caller", &Rate::parse("10/s").unwrap());
        let said = |admitted, remaining| Verdict {
            admitted,
            remaining,
            wait: 1,
        };
        quotas.note(place, said(true, 9));
        quotas.note(place, said(false, 4));
        let mut headers = HeaderMap::new();
        write(&quotas, &words, &mut headers);
        assert_eq!(headers["ratelimit"], "\"caller\";r=4;t=1");
        let problem = quotas.outcome(&words).unwrap_err();
        let document: serde_json::Value = serde_json::from_slice(&problem.document()).unwrap();
        assert_eq!(document["type"], "about:blank", "L6 is opt-in");
    }
}
