//! How many at once: the requests of an endpoint, and of the whole application.

mod held;
mod slots;

pub(crate) use held::{Counted, Held};
pub(crate) use slots::Slots;
