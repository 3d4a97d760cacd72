use std::time::Duration;

use secure_policy::{ByteSize, Expr, Rate};

/// What the routers around an endpoint demand beside its own policy. It can only grow stricter on the way in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tightening {
    pub(crate) scopes: Vec<Expr>,
    pub(crate) rates: Vec<Rate>,
    pub(crate) max_body: Option<ByteSize>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) body_timeout: Option<Duration>,
    pub(crate) sender_constrained: bool,
}

impl Tightening {
    /// Both hold.
    pub(crate) fn add(&mut self, other: &Self) {
        fn tighter<T: Ord + Copy>(a: Option<T>, b: Option<T>) -> Option<T> {
            a.into_iter().chain(b).min()
        }
        self.scopes.extend(other.scopes.iter().cloned());
        self.rates.extend(&other.rates);
        self.max_body = tighter(self.max_body, other.max_body);
        self.timeout = tighter(self.timeout, other.timeout);
        self.body_timeout = tighter(self.body_timeout, other.body_timeout);
        self.sender_constrained |= other.sender_constrained;
    }
}
