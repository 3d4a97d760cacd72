//! How often: limits per caller, address and endpoint, and the headers that tell a client to back off.

mod headers;
mod memory;
mod rules;
mod store;

pub(crate) use headers::Quotas;
pub(crate) use memory::{Limiter, Verdict};
pub(crate) use rules::{Failures, Rules};
pub(crate) use store::Store;
