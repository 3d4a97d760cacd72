//! Real servers that the tests start, each with a folder and a port of its own.

pub(crate) mod postgres;
