//! Behind the feature that holds the clock.
#![cfg(feature = "testing")]

mod attacks;
mod endings;
mod stand;
