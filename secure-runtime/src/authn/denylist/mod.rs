mod memory;
#[cfg(feature = "redis")]
mod redis;

pub use memory::{Denylist, DenylistFull};
#[cfg(feature = "redis")]
pub use redis::RedisDenylist;

use super::{Principal, Unavailable};

/// How long a denial is kept beyond its time, in seconds. A verifier's leeway is 5 min at most, and clocks differ: better too
/// long than not long enough.
const KEPT_LONGER: f64 = 3600.0;

/// What of a verified token the lists are asked about.
#[derive(Clone, Copy)]
pub(crate) struct Presented<'t> {
    pub(crate) issuer: &'t str,
    pub(crate) subject: &'t str,
    pub(crate) jti: Option<&'t str>,
    /// In seconds since 1970.
    pub(crate) iat: Option<f64>,
}

/// The lists that count: the one in the process, and the one that all instances share, if there is one.
pub(crate) struct Denials {
    pub(crate) local: Denylist,
    #[cfg(feature = "redis")]
    pub(crate) shared: Option<RedisDenylist>,
}

impl<'t> Presented<'t> {
    pub(crate) fn of(caller: &'t Principal) -> Self {
        Self {
            issuer: caller.issuer(),
            subject: caller.subject(),
            jti: caller.token_id(),
            iat: caller.issued_at(),
        }
    }
}

impl Denials {
    /// Others are asked, and not only the list in the process.
    pub(crate) fn are_shared(&self) -> bool {
        #[cfg(feature = "redis")]
        return self.shared.is_some();
        #[cfg(not(feature = "redis"))]
        false
    }

    /// Was this token, or all of its subject's from that time, revoked? Without a shared list it answers at once.
    ///
    /// # Errors
    ///
    /// If the shared list cannot say. The token must be refused, then.
    pub(crate) async fn refuses(&self, token: &Presented<'_>) -> Result<bool, Unavailable> {
        if self.local.refuses(|| *token) {
            return Ok(true);
        }
        #[cfg(feature = "redis")]
        if let Some(shared) = &self.shared {
            return shared.refuses(token).await;
        }
        Ok(false)
    }
}

/// A token that does not say when it was issued may be as old as any.
fn is_earlier(iat: Option<f64>, issued_before: f64) -> bool {
    iat.is_none_or(|iat| iat < issued_before)
}
