//! The workspace's integration tests: each file one subject, all one binary.

mod endings;
mod limits;
mod routers;
mod stages;
mod support;
