//! What is seen of a request afterwards: one event, whatever becomes of it.

mod encoded;
mod line;
mod lines;
mod reason;
mod record;
mod request_id;

pub use lines::AuditLines;
pub use reason::Reason;
pub(crate) use record::{Ending, Record};
pub(crate) use request_id::{HEADER as REQUEST_ID, RequestId};
