use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// A processor among those that this process may use.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// Where servers run.
    First,
    /// Where everything else is measured: the first one serves the machine's interrupts, too.
    Last,
}

/// Keeps this process on one processor, if the system allows, and says so if not. Before any thread starts.
pub fn pin(place: Place) {
    let pinned = sched_getaffinity(None).and_then(|allowed| {
        let mut allowed = (0..CpuSet::MAX_CPU).filter(|cpu| allowed.is_set(*cpu));
        let processor = match place {
            Place::First => allowed.next(),
            Place::Last => allowed.next_back(),
        };
        let mut one = CpuSet::new();
        one.set(processor.unwrap_or_default());
        sched_setaffinity(None, &one)
    });
    if let Err(error) = pinned {
        eprintln!("on whatever processor there is: {error}");
    }
}
