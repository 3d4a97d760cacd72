//! Real servers and other implementations: each started for a test, on a port and in a folder of its own, and gone with it.

pub(crate) mod http;
pub(crate) mod jwk;
pub(crate) mod oidc;
pub(crate) mod postgres;
pub(crate) mod process;
pub(crate) mod redis;
