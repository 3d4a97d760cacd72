//! Ten million callers who come once, against a table for 100,000, with 100 others who have used up half of their limit: the memory
//! when a tenth of them has come, which is when the table is as large as it gets, and when all have, and whether the others have what they had. Once with callers at the limiter, once with addresses through the
//! whole application.
//!
//! `cargo bench -p secure-benches --bench limits_flood`. Fails if somebody has more or less than before, or if memory grows.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use futures_util::FutureExt as _;
use secure_benches::resident;
use secure_runtime::testing::{TestCaller, TestIssuer, TestLimiter};
use secure_runtime::{SecureRouter, Security, secure};
use tower::ServiceExt as _;

const FLOOD: u32 = 10_000_000;
const BOUND: usize = 100_000;
const OTHERS: u32 = 100;

/// What may be said of the process besides: buffers of the allocator.
const SLACK: u64 = 1 << 20;

type Failure = Box<dyn std::error::Error>;

struct Outcome {
    before: Option<u64>,
    after: Option<u64>,
    kept: usize,
}

impl Outcome {
    fn print(&self, what: &str, began: Instant) -> bool {
        let megabytes = |bytes: Option<u64>| bytes.map_or("?".to_owned(), |bytes| format!("{:.1}", bytes as f64 / 1e6));
        let took = began.elapsed().as_secs_f64();
        let grown = self
            .after
            .zip(self.before)
            .map(|(after, before)| after.saturating_sub(before));
        let within = self.kept == OTHERS as usize && grown.is_none_or(|grown| grown <= SLACK);
        eprintln!(
            "{FLOOD} {what} in {took:.0} s, bound {BOUND}: memory {} MB after a tenth, {} MB after all; {} of {OTHERS} have exactly what they had{}",
            megabytes(self.before),
            megabytes(self.after),
            self.kept,
            if within { "" } else { "   FAILED" },
        );
        within
    }
}

/// Half of 100 a day; in the time that this takes nothing is given back.
fn callers() -> Result<Outcome, Failure> {
    let limiter = TestLimiter::new("100/day", BOUND);
    let others: Vec<_> = (0..OTHERS).map(|i| TestCaller::new(&format!("busy-{i}"))).collect();
    let draw = |caller: &TestCaller| limiter.draw(caller).now_or_never().ok_or("not in the process");
    for caller in &others {
        for _ in 0..50 {
            draw(caller)??;
        }
    }
    let mut before = None;
    for i in 0..FLOOD {
        if i == FLOOD / 10 {
            before = resident();
        }
        if !draw(&TestCaller::new(&format!("flood-{i}")))?? {
            return Err("a caller was refused its first request".into());
        }
    }
    let after = resident();
    let left = |caller| limiter.remaining(caller).now_or_never().and_then(Result::ok);
    let kept = others.iter().filter(|caller| left(caller) == Some(50)).count();
    Ok(Outcome { before, after, kept })
}

#[secure(get = "/catalogue", public = "anybody may look", rate("100/day", per = "ip"))]
async fn catalogue() {}

/// The answer to a request from this address.
fn get(app: &Router, from: u32) -> Result<(StatusCode, HeaderMap), Failure> {
    let mut request = Request::get("/catalogue").body(Body::empty())?;
    let address = SocketAddr::from((Ipv4Addr::from_bits(from), 1));
    request.extensions_mut().insert(ConnectInfo(address));
    let response = app.clone().oneshot(request).now_or_never().ok_or("it waits")??;
    Ok((response.status(), response.headers().clone()))
}

fn addresses() -> Result<Outcome, Failure> {
    let issuer = TestIssuer::default();
    let security = Security::builder(issuer.jwt()).limiter_capacity(BOUND);
    let app = SecureRouter::new(security).mount(catalogue).build()?.into_router();
    let first = Ipv4Addr::new(20, 0, 0, 0).to_bits();
    let other = |i: u32| Ipv4Addr::new(198, 51, 100, 0).to_bits() + i;
    for i in 0..OTHERS {
        for _ in 0..50 {
            get(&app, other(i))?;
        }
    }
    let mut before = None;
    for i in 0..FLOOD {
        if i == FLOOD / 10 {
            before = resident();
        }
        let (status, _) = get(&app, first + i)?;
        if status != StatusCode::OK {
            return Err(format!("a first request was answered with {status}").into());
        }
    }
    let after = resident();
    let mut kept = 0;
    for i in 0..OTHERS {
        // This one counts, too.
        let (_, headers) = get(&app, other(i))?;
        kept += usize::from(headers.get("x-ratelimit-remaining").is_some_and(|left| left == "49"));
    }
    Ok(Outcome { before, after, kept })
}

fn main() -> Result<std::process::ExitCode, Failure> {
    let began = Instant::now();
    let callers = callers()?.print("callers at the limiter", began);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let _entered = runtime.enter();
    let began = Instant::now();
    let addresses = addresses()?.print("addresses through the application", began);
    Ok(std::process::ExitCode::from(u8::from(!(callers && addresses))))
}
