//! The workspace's integration tests: each file one subject, all one binary.

mod support;
