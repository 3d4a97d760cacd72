use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// So many requests may be under way, and no more. Nobody waits for one to end.
pub(crate) struct Slots {
    max: usize,
    taken: AtomicUsize,
}

impl Slots {
    pub(crate) fn new(max: usize) -> Arc<Self> {
        Arc::new(Self {
            max,
            taken: AtomicUsize::new(0),
        })
    }

    /// Takes a slot, if there is one. It takes no lock.
    #[inline]
    pub(super) fn take(&self) -> bool {
        let another = |taken: usize| (taken < self.max).then(|| taken + 1);
        // Nothing but the number is shared through it.
        let before = self.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, another);
        before.is_ok()
    }

    /// Gives back a slot that was taken.
    #[inline]
    pub(super) fn give_back(&self) {
        self.taken.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l11_there_are_never_more_than_the_bound() {
        let slots = Slots::new(3);
        let seen = AtomicUsize::new(0);
        let refused = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..2_000 {
                        if !slots.take() {
                            refused.fetch_add(1, Ordering::SeqCst);
                            continue;
                        }
                        let now = seen.fetch_add(1, Ordering::SeqCst) + 1;
                        assert!(now <= 3, "{now} at once");
                        std::thread::yield_now();
                        seen.fetch_sub(1, Ordering::SeqCst);
                        slots.give_back();
                    }
                });
            }
        });
        assert!(refused.load(Ordering::SeqCst) > 0, "eight threads never met");
        // All came back: there are three, and no fourth.
        assert_eq!([(); 4].map(|()| slots.take()), [true, true, true, false]);
    }
}
