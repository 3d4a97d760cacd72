use std::pin::Pin;

/// What waits for others, in memory of its own. It stands behind a pointer, so that it is compiled once, with this crate, and not
/// in each application.
pub(crate) type Waiting<'w, T> = Pin<Box<dyn Future<Output = T> + Send + 'w>>;
