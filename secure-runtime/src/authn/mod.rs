//! Who is calling: from the request's one credential to a [`Principal`].

pub(crate) mod bearer;
mod challenge;
mod denylist;
pub mod jwt;
mod principal;

pub(crate) use challenge::{Challenge, quotable};
pub use denylist::{Denylist, DenylistFull};
pub use principal::{Claims, Principal};
