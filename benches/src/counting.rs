//! An allocator that counts, and what one request asks of it.
#![allow(unsafe_code, reason = "an allocator that counts is an allocator")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::runtime::Runtime;

use crate::scenario::App;

/// The system's allocator, counted: to be a binary's `#[global_allocator]`.
#[derive(Debug)]
pub struct Counting;

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

/// What one request asks for.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub struct Allocations {
    /// So often.
    pub times: f64,
    /// For so many bytes in all.
    pub bytes: f64,
}

const REQUESTS: u32 = 1000;

impl Allocations {
    /// Of one request to an application that is warm, without those of making it.
    #[must_use]
    pub fn of_one(app: &mut App, runtime: &Runtime) -> Self {
        runtime.block_on(app.ask(app.distinct().max(100)));
        let before = Self::now();
        app.only_make_requests(REQUESTS);
        let made = Self::now();
        runtime.block_on(app.ask(REQUESTS));
        let after = Self::now();
        Self {
            times: (after.times - 2.0 * made.times + before.times) / f64::from(REQUESTS),
            bytes: (after.bytes - 2.0 * made.bytes + before.bytes) / f64::from(REQUESTS),
        }
    }

    fn now() -> Self {
        Self {
            times: TIMES.load(Ordering::Relaxed) as f64,
            bytes: BYTES.load(Ordering::Relaxed) as f64,
        }
    }
}
