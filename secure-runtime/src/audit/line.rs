use std::cell::RefCell;
use std::io::Write as _;
use std::net::IpAddr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Serialize;

use super::encoded::Encoded;
use super::{AuditLines, RequestId};

/// An event as a line of JSON. What is not known is left out.
pub(super) struct Line<'r> {
    /// In seconds since 1970.
    pub(super) at: f64,
    pub(super) level: &'static str,
    pub(super) event: &'static str,
    pub(super) endpoint: &'static str,
    pub(super) decision: &'static str,
    pub(super) reason: &'static str,
    pub(super) status: Option<u16>,
    pub(super) subject: Option<Encoded<'r>>,
    pub(super) issuer: Option<Encoded<'r>>,
    pub(super) client: Option<Encoded<'r>>,
    pub(super) credential: Option<&'static str>,
    pub(super) address: Option<IpAddr>,
    pub(super) request_id: &'r RequestId,
    pub(super) duration_us: u64,
    pub(super) cause: Option<Encoded<'r>>,
}

impl Line<'_> {
    pub(super) fn push(&self, lines: &AuditLines) {
        thread_local! {
            static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
        }
        TEXT.with_borrow_mut(|text| {
            text.clear();
            // Texts and numbers into memory: nothing that could fail.
            if self.write(text).is_ok() {
                lines.push(text);
            }
        });
    }

    /// Names and the words of fixed lists have nothing that JSON would escape, and are copied as they stand: each of them is a part
    /// of the time of each request. All else is serialised.
    fn write(&self, text: &mut Vec<u8>) -> serde_json::Result<()> {
        let io = serde_json::Error::io;
        text.extend_from_slice(b"{\"time\":\"");
        write!(text, "{}", humantime::format_rfc3339_micros(time(self.at))).map_err(io)?;
        word(text, "\",\"level\":\"", self.level);
        word(text, "\",\"target\":\"secure::audit\",\"event\":\"", self.event);
        said(text, "\",\"endpoint\":", Some(&Encoded(self.endpoint)))?;
        word(text, ",\"decision\":\"", self.decision);
        word(text, "\",\"reason\":\"", self.reason);
        text.push(b'"');
        value(text, ",\"status\":", self.status)?;
        said(text, ",\"subject\":", self.subject.as_ref())?;
        said(text, ",\"issuer\":", self.issuer.as_ref())?;
        said(text, ",\"client\":", self.client.as_ref())?;
        if let Some(credential) = self.credential {
            word(text, ",\"credential\":\"", credential);
            text.push(b'"');
        }
        value(text, ",\"address\":", self.address)?;
        text.extend_from_slice(b",\"request_id\":\"");
        // Harmless, whoever made it up.
        for part in self.request_id.parts(&mut itoa::Buffer::new()) {
            text.extend_from_slice(part.as_bytes());
        }
        text.push(b'"');
        value(text, ",\"duration_us\":", Some(self.duration_us))?;
        said(text, ",\"cause\":", self.cause.as_ref())?;
        text.extend_from_slice(b"}\n");
        Ok(())
    }
}

fn word(text: &mut Vec<u8>, before: &'static str, word: &'static str) {
    text.extend_from_slice(before.as_bytes());
    text.extend_from_slice(word.as_bytes());
}

/// Text from outside. Most has nothing that would be escaped, which one look at each byte tells.
fn said(text: &mut Vec<u8>, before: &'static str, said: Option<&Encoded<'_>>) -> serde_json::Result<()> {
    let is_plain = |plain, byte: u8| plain & matches!(byte, b' '..=b'~') & (byte != b'"') & (byte != b'\\');
    let plain = said.filter(|said| said.0.bytes().fold(true, is_plain));
    let Some(Encoded(plain)) = plain else {
        return value(text, before, said);
    };
    text.extend_from_slice(before.as_bytes());
    text.push(b'"');
    text.extend_from_slice(plain.as_bytes());
    text.push(b'"');
    Ok(())
}

fn value(text: &mut Vec<u8>, before: &'static str, value: Option<impl Serialize>) -> serde_json::Result<()> {
    let Some(value) = value else {
        return Ok(());
    };
    text.extend_from_slice(before.as_bytes());
    serde_json::to_writer(text, &value)
}

/// What no calendar has is the beginning of ours.
fn time(unix_seconds: f64) -> SystemTime {
    /// The last second of the year 9999, behind which RFC 3339 has no time.
    const LAST: f64 = 253_402_300_799.0;
    let since = Duration::try_from_secs_f64(unix_seconds.min(LAST)).unwrap_or_default();
    UNIX_EPOCH + since
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use axum::http::HeaderMap;
    use serde_json::json;

    use super::*;
    use crate::audit::Reason;

    fn written(line: &Line<'_>) -> String {
        let mut text = Vec::new();
        line.write(&mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert_eq!(text.find('\n'), Some(text.len() - 1), "one line");
        text
    }

    /// What is copied as it stands is what would be serialised.
    #[test]
    fn g1_a_line_says_what_serde_would_say() {
        let inbound = HeaderMap::from_iter([(crate::audit::REQUEST_ID.clone(), "a-b_c.1".parse().unwrap())]);
        let ids = [RequestId::of(&HeaderMap::new()), RequestId::of(&inbound)];
        let texts = ["alice", "a\"b\\c", "Zo\u{eb}\n\u{202e}", ""];
        for (number, reason) in Reason::ALL.into_iter().enumerate() {
            let text = texts[number % texts.len()];
            let known = number % 3 != 0;
            let line = Line {
                at: 1_767_323_045.25,
                level: "WARN",
                event: reason.event(),
                endpoint: "shop::orders::r#type",
                decision: "deny",
                reason: reason.as_str(),
                status: known.then_some(403),
                subject: known.then_some(Encoded(text)),
                issuer: known.then_some(Encoded("https://id.example.com/")),
                client: known.then_some(Encoded(text)),
                credential: known.then_some("access_token"),
                address: known.then_some(Ipv4Addr::LOCALHOST.into()),
                request_id: &ids[number % 2],
                duration_us: number as u64,
                cause: known.then_some(Encoded(text)),
            };
            let mut said = json!({
                "time": "2026-01-02T03:04:05.250000Z", "level": "WARN", "target": "secure::audit", "event": reason.event(),
                "endpoint": "shop::orders::r#type", "decision": "deny", "reason": reason.as_str(),
                "request_id": ids[number % 2].to_string(), "duration_us": number,
            });
            if known {
                let text = Encoded(text).to_string();
                let more = json!({
                    "status": 403, "subject": text, "issuer": "https://id.example.com/", "client": text,
                    "credential": "access_token", "address": "127.0.0.1", "cause": text,
                });
                said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            }
            let found: serde_json::Value = serde_json::from_str(&written(&line)).unwrap();
            assert_eq!(found, said);
        }
    }

    #[test]
    fn no_time_is_beyond_what_can_be_written() {
        for (seconds, said) in [
            (0.0, "1970-01-01T00:00:00.000000Z"),
            (-1.0, "1970-01-01T00:00:00.000000Z"),
            (f64::NAN, "9999-12-31T23:59:59.000000Z"),
            (f64::INFINITY, "9999-12-31T23:59:59.000000Z"),
        ] {
            assert_eq!(
                humantime::format_rfc3339_micros(time(seconds)).to_string(),
                said,
                "{seconds}"
            );
        }
    }
}
