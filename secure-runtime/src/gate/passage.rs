use std::cell::OnceCell;
use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::http::header::ALLOW;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;

use super::Admission;
use super::checked::Checked;
use super::deadline::Deadline;
use crate::Problem;
use crate::address::{Origin, peer};
use crate::audit::{Ending, Reason, Record, RequestId};
use crate::authn::credential;
use crate::authz::forbidden;
use crate::clock::Moment;
use crate::input::{Arrival, Intake, late};
use crate::limit::Quotas;
use crate::load::{Counted, Held};
use crate::mounted::Mounted;
use crate::output::{Viewer, accepts};
use crate::waiting::Waiting;

/// A request on its way: what the stages share, and what none but them may touch.
pub(crate) struct Passage {
    pub(super) mounted: Arc<Mounted>,
    pub(super) record: Record,
    pub(super) quotas: Quotas,
    pub(super) checked: Checked,
    pub(super) held: Held,
    pub(super) arrived: Moment,
    request_id: OnceCell<RequestId>,
    /// The other end of the connection: who ends TLS is whoever connects, and not whom a header names.
    pub(super) peer: Option<IpAddr>,
    /// What is counted together with the client's address.
    origin: Option<Origin>,
    pub(super) parts: Parts,
    body: Option<Body>,
    arrival: Arrival,
    /// What the answer hands to a client that sends proofs.
    pub(super) nonce: Option<Box<HeaderValue>>,
}

impl Passage {
    /// Stage 1: opens the record.
    pub(super) fn begin(admission: Admission) -> Self {
        let Admission { mounted, request } = admission;
        let arrived = mounted.security.clock.now();
        let (parts, body) = request.into_parts();
        let record = Record::open(mounted.policy.endpoint);
        let quotas = Quotas::new(mounted.security.limits.problem_types);
        Self {
            mounted,
            record,
            quotas,
            checked: Checked::default(),
            held: Held::default(),
            arrived,
            request_id: OnceCell::new(),
            peer: peer(&parts),
            origin: None,
            parts,
            body: Some(body),
            arrival: Arrival::default(),
            nonce: None,
        }
    }

    /// The method is the one that the attribute states, where it states one: on a plain axum router, `post(…)` around an
    /// endpoint for GET must not open a second way in.
    pub(super) fn check_method(&self) -> Result<(), Problem> {
        let Some(route) = self.mounted.policy.route else {
            return Ok(());
        };
        let is_head = self.parts.method == Method::HEAD && route.method == secure_policy::Method::Get;
        if is_head || self.parts.method.as_str() == route.method.as_str() {
            return Ok(());
        }
        Err(Problem::refusal(StatusCode::METHOD_NOT_ALLOWED, Reason::Method)
            .header(ALLOW, HeaderValue::from_static(route.method.as_str())))
    }

    /// Before the handler does what would then be answered in a format that the client does not take.
    pub(super) fn check_accept(&self, media: Option<&'static str>) -> Result<(), Problem> {
        match media {
            Some(media) if !accepts(&self.parts.headers, media) => {
                Err(Problem::refusal(StatusCode::NOT_ACCEPTABLE, Reason::MediaType)
                    .detail(format!("this endpoint answers with {media}")))
            }
            _ => Ok(()),
        }
    }

    /// Who looks at the answer, and what it says beside.
    pub(super) fn viewer(&self) -> Viewer {
        let (template, words) = self.mounted.headers();
        let headers = template.copy(&self.quotas, words);
        let clock = self.mounted.security.clock.clone();
        Viewer::of(self.record.caller.clone(), Some(clock), headers)
    }

    pub(super) fn find_address(&mut self) -> Result<(), Problem> {
        let addresses = &self.mounted.security.addresses;
        let address = self.peer.map(|peer| addresses.client(&self.parts.headers, peer));
        self.record.address = address;
        self.origin = address.map(|address| addresses.origin(address));
        self.origin().map(|_| ())
    }

    /// Without an address, limits would share one bucket among all clients: that denies.
    #[inline]
    pub(super) fn origin(&self) -> Result<Origin, Problem> {
        #[cold]
        fn unknown() -> Problem {
            Problem::broken(
                "the client's address is unknown: serve with secure_runtime::serve or SecureApp::into_make_service, or a \
                 plain axum router with into_make_service_with_connect_info::<SocketAddr>()",
            )
        }
        self.origin.ok_or_else(unknown)
    }

    pub(super) fn check_head_size(&self) -> Result<(), Problem> {
        let fields = self.parts.headers.iter();
        let size: usize = fields.map(|(name, value)| name.as_str().len() + value.len()).sum();
        if size <= self.mounted.security.max_head {
            return Ok(());
        }
        Err(Problem::refusal(
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Reason::HeaderSize,
        ))
    }

    /// Others may have drawn from the same buckets meanwhile, at a later time: limits count from now on.
    pub(super) fn have_waited(&mut self) {
        self.arrived.unix_nanos = self.mounted.security.clock.unix_nanos();
    }

    /// Takes so much of each of these limits.
    pub(super) fn spend_all(&mut self, charges: Vec<(usize, u32)>) -> Waiting<'_, Result<(), Problem>> {
        // It may have taken long to read what the cost is computed from.
        self.have_waited();
        Box::pin(async move {
            for (index, units) in charges {
                self.spend(index, units).await?;
            }
            Ok(())
        })
    }

    /// Every rate of the policy whose cost is computed has to be told it.
    async fn spend(&mut self, index: usize, cost: u32) -> Result<(), Problem> {
        let origin = self.origin()?;
        let caller = self.record.caller.as_ref();
        let mounted = &self.mounted;
        let arrival = mounted.counted(origin, self.arrived);
        mounted
            .rules
            .spend(arrival, (index, cost), caller, &mut self.quotas)
            .await?;
        self.checked.cost(index);
        Ok(())
    }

    /// The response to a refusal, as this application has it.
    pub(super) fn refuse(&self, problem: Problem) -> Response {
        let used = || credential::scheme_used(&self.parts);
        let refusals = &self.mounted.security.refusals;
        refusals.respond(problem, used, self.request_id().header())
    }

    pub(super) fn intake(&mut self, body: Option<Body>) -> Intake<'_> {
        let origin = self.origin;
        Intake {
            parts: &mut self.parts,
            caller: self.record.caller.as_ref(),
            body,
            max_body: self.mounted.max_body,
            policy: self.mounted.policy,
            gzip: self.mounted.policy.gzip,
            security: Some(&self.mounted.security),
            origin,
        }
    }

    pub(super) fn take_body(&mut self) -> Option<Body> {
        let body = self.body.take()?;
        Some(self.arrival.watch(body, self.mounted.body_timeout))
    }

    pub(super) fn settle_condition(&mut self, holds: bool) -> Result<(), Problem> {
        if !holds {
            return Err(forbidden(
                Reason::Condition,
                "the conditions of this endpoint are not met",
            ));
        }
        self.checked.condition();
        Ok(())
    }

    pub(super) fn all_checked(&self) -> Result<(), Problem> {
        if self.checked.covers(&self.mounted.required) {
            return Ok(());
        }
        Err(Problem::broken("a check that the policy names was not made"))
    }

    /// When the answer has to be there.
    pub(super) fn deadline(&self) -> Deadline {
        Deadline::of(&self.mounted.security.clock, self.arrived, self.mounted.timeout)
    }

    /// Closes the record.
    pub(super) fn close(&mut self, ending: &Ending<'_>) {
        let duration = self
            .mounted
            .security
            .clock
            .monotonic()
            .saturating_sub(self.arrived.monotonic);
        self.mounted.meters.count(ending.refused, duration);
        let (id, headers) = (&self.request_id, &self.parts.headers);
        let request_id = || id.get_or_init(|| RequestId::of(headers));
        let lines = self.mounted.security.audit_lines.as_ref();
        self.record
            .close(ending, (self.arrived.unix_seconds, duration), lines, request_id);
    }

    /// By which the log and the client name the request.
    fn request_id(&self) -> &RequestId {
        self.request_id.get_or_init(|| RequestId::of(&self.parts.headers))
    }

    /// 408 where it is the client's body that we wait for, 503 otherwise.
    pub(super) fn timed_out(&self) -> Problem {
        if self.arrival.is_due() {
            return late();
        }
        Problem::refusal(StatusCode::SERVICE_UNAVAILABLE, Reason::Timeout).detail("the time for this request ran out")
    }

    /// An extractor that nothing checks tells of a late body as of any that it could not read.
    pub(super) fn blame(&self, problem: Problem) -> Problem {
        let is_refusal = problem.reason().is_some();
        if is_refusal && self.arrival.is_late() {
            late()
        } else {
            problem
        }
    }

    /// Arrival: one more request of the application's.
    #[inline]
    pub(super) fn take_place(&mut self) -> Result<(), Problem> {
        self.held.take(counted(&self.mounted), 0, Reason::Overload)
    }

    /// One more request of the endpoint's, if it counts them.
    #[inline]
    pub(super) fn take_slot(&mut self) -> Result<(), Problem> {
        self.held.take(counted(&self.mounted), 1, Reason::Busy)
    }
}

/// Where requests take slots: of the application, and of the endpoint.
pub(super) fn counted(mounted: &Mounted) -> Counted<'_> {
    [Some(&mounted.security.load), mounted.slots.as_ref()]
}

/// A request that is cancelled, or panics outside its stages, is recorded as well; and its slots are free again.
impl Drop for Passage {
    fn drop(&mut self) {
        // First: whatever happens while the record closes, the slots are not lost.
        self.held.give_back(counted(&self.mounted));
        if self.record.is_open() {
            let reason = if std::thread::panicking() {
                Reason::Panic
            } else {
                Reason::Cancelled
            };
            self.close(&Ending {
                refused: Some(reason),
                ..Ending::default()
            });
        }
    }
}
