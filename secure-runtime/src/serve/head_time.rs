use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};

/// How often bytes came over a connection.
#[derive(Clone, Debug, Default)]
pub(super) struct Arrivals(Arc<AtomicU64>);

impl Arrivals {
    pub(super) fn note(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The timer of one connection, with which hyper waits for heads and for nothing else.
///
/// hyper has one time for both, from the end of an answer to the end of the next head. Here there are two: as long as
/// nothing comes, the connection is idle; from the first byte on, a head is due.
pub(super) struct HeadTimer {
    head: Duration,
    idle: Duration,
    arrivals: Arrivals,
    /// No head was waited for yet.
    is_new: AtomicBool,
}

impl HeadTimer {
    pub(super) fn new(head: Duration, idle: Duration, arrivals: Arrivals) -> Self {
        Self {
            head,
            idle,
            arrivals,
            is_new: AtomicBool::new(true),
        }
    }

    fn wait(&self) -> HeadSleep {
        let is_new = self.is_new.swap(false, Ordering::Relaxed);
        HeadSleep {
            sleep: Box::pin(tokio::time::sleep(if is_new { self.head } else { self.idle })),
            // A new connection is there for a request, so its time runs already.
            idle: (!is_new).then(|| self.arrivals.count()),
            head: self.head,
            arrivals: self.arrivals.clone(),
        }
    }
}

impl Timer for HeadTimer {
    fn sleep(&self, _: Duration) -> Pin<Box<dyn Sleep>> {
        Box::pin(self.wait())
    }

    fn sleep_until(&self, _: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(self.wait())
    }
}

/// hyper looks at it whenever it has read what there is and the head is not whole.
struct HeadSleep {
    sleep: Pin<Box<tokio::time::Sleep>>,
    /// How often bytes had come when the connection became idle; nothing where a head is due.
    idle: Option<u64>,
    head: Duration,
    arrivals: Arrivals,
}

impl Future for HeadSleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.idle.is_some_and(|count| count != self.arrivals.count()) {
            self.idle = None;
            let due = tokio::time::Instant::now() + self.head;
            self.sleep.as_mut().reset(due);
        }
        self.sleep.as_mut().poll(context)
    }
}

impl Sleep for HeadSleep {}
