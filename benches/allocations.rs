//! How much memory one request asks for, and how often: plain axum, and ours.
//!
//! `cargo bench -p secure-benches --bench allocations`. Fails above the bounds in `bounds.toml`.
#![allow(unsafe_code, reason = "an allocator that counts is an allocator")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};

use secure_benches::scenario::{App, Callers, Issuer, Ours, Requests, Signing, plain};

struct Counting;

static TIMES: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

fn count(bytes: usize) {
    TIMES.fetch_add(1, Ordering::Relaxed);
    BYTES.fetch_add(bytes as u64, Ordering::Relaxed);
}

// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size);
        // SAFETY: as above.
        unsafe { System.realloc(place, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const REQUESTS: u32 = 1000;

/// Allocations and bytes of one request, without those of making it.
fn of_one(app: &mut App) -> Option<(f64, f64)> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .ok()?;
    runtime.block_on(app.ask(100));
    let now = || (TIMES.load(Ordering::Relaxed), BYTES.load(Ordering::Relaxed));
    let before = now();
    app.only_make_requests(REQUESTS);
    let made = now();
    runtime.block_on(app.ask(REQUESTS));
    let after = now();
    let each = |start: u64, middle: u64, end: u64| {
        (end - middle) as f64 / f64::from(REQUESTS) - (middle - start) as f64 / f64::from(REQUESTS)
    };
    Some((each(before.0, made.0, after.0), each(before.1, made.1, after.1)))
}

fn main() -> ExitCode {
    let issuer = Issuer::new(Signing::Hs256);
    let requests = Requests::of(Callers::default(), |user| issuer.token(user));
    let mut apps = [
        ("plain axum", plain(1, requests)),
        ("ours, cached", Ours::cached(&issuer).app()),
        ("ours, verified", Ours::verified(&issuer).app()),
        (
            "ours, bad signature",
            Ours::verified(&issuer).flooded(|token| {
                let end = token.len() - 5;
                format!("{}AAAAA", &token[..end])
            }),
        ),
        (
            "ours, no token68",
            Ours::verified(&issuer).flooded(|token| format!("{token}!")),
        ),
    ];
    for (name, app) in &mut apps {
        let Some((times, bytes)) = of_one(app) else {
            return ExitCode::FAILURE;
        };
        eprintln!("{name:<24} {times:>6.1} allocations {bytes:>8.0} bytes");
    }
    ExitCode::SUCCESS
}
