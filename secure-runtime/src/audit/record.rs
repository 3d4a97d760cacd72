use std::net::IpAddr;
use std::time::Duration;

use axum::http::StatusCode;

use super::encoded::Encoded;
use super::line::Line;
use super::{AuditLines, Reason, RequestId};
use crate::authn::Principal;

/// The audit record of one request. Closing it writes one event. Whoever holds it closes it, whatever becomes of the request.
pub(crate) struct Record {
    pub(crate) endpoint: &'static str,
    pub(crate) address: Option<IpAddr>,
    pub(crate) caller: Option<Principal>,
    closed: bool,
}

/// How a request ended.
#[derive(Clone, Copy, Default)]
pub(crate) struct Ending<'e> {
    pub(crate) refused: Option<Reason>,
    pub(crate) status: Option<StatusCode>,
    pub(crate) cause: Option<&'e (dyn std::error::Error + Send + Sync)>,
}

impl Record {
    pub(crate) fn open(endpoint: &'static str) -> Self {
        Self {
            endpoint,
            address: None,
            caller: None,
            closed: false,
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        !self.closed
    }

    /// One event, whatever became of the request, and one line where lines are written. It came at
    /// `arrived`, in seconds since 1970. The request's id is asked for where somebody hears of it.
    pub(crate) fn close<'r>(
        &mut self,
        ending: &Ending<'_>,
        (arrived, duration): (f64, Duration),
        lines: Option<&AuditLines>,
        request_id: impl Fn() -> &'r RequestId,
    ) {
        let Ending { refused, status, cause } = *ending;
        self.closed = true;
        let (decision, reason, event) = match refused {
            None => ("allow", "", "authz_pass"),
            Some(reason) => ("deny", reason.as_str(), reason.event()),
        };
        let status = status.map(|status| status.as_u16());
        let caller = self.caller.as_ref();
        // Of what nobody hears, nothing is worked out.
        let credential = || caller.map(|caller| caller.verified().means.as_str());
        let duration_us = || u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        let cause = cause.map(ToString::to_string);
        // Two call sites, because a level is part of one.
        macro_rules! write {
            ($level:ident) => {
                tracing::$level!(
                    target: "secure::audit",
                    event,
                    endpoint = self.endpoint,
                    decision,
                    reason,
                    status,
                    subject = caller.map(|caller| tracing::field::display(Encoded(caller.subject()))),
                    issuer = caller.map(|caller| tracing::field::display(Encoded(caller.issuer()))),
                    client = caller.and_then(Principal::client_id).map(|id| tracing::field::display(Encoded(id))),
                    credential = credential(),
                    address = self.address.map(tracing::field::display),
                    request_id = %request_id(),
                    duration_us = duration_us(),
                    cause = cause.as_deref().map(|cause| tracing::field::display(Encoded(cause))),
                )
            };
        }
        let level = if refused.is_some() || cause.is_some() {
            write!(warn);
            "WARN"
        } else {
            write!(info);
            "INFO"
        };
        if let Some(lines) = lines {
            let line = Line {
                at: arrived + duration.as_secs_f64(),
                level,
                event,
                endpoint: self.endpoint,
                decision,
                reason,
                status,
                subject: caller.map(|caller| Encoded(caller.subject())),
                issuer: caller.map(|caller| Encoded(caller.issuer())),
                client: caller.and_then(Principal::client_id).map(Encoded),
                credential: credential(),
                address: self.address,
                request_id: request_id(),
                duration_us: duration_us(),
                cause: cause.as_deref().map(Encoded),
            };
            line.push(lines);
        }
    }
}
