use std::sync::Arc;

use super::backend::Counted;
use super::headers::too_many;
use super::limit::{Demand, Limit};
use super::lock_out::PreparedLockOut;
use super::rules::uncounted;
use super::{Bucket, Verdict};
use crate::Problem;
use crate::address::Origin;
use crate::audit::Reason;
use crate::mounted::Prepared;

/// Counts attempts to guess something that your own handler checks: a one-time code, a password, a voucher.
///
/// Take it as an argument, begin an attempt *before* you check, and say afterwards if it succeeded. An attempt of which
/// nothing is said failed, also if the request was cancelled; many at once are counted before any of them is checked.
///
/// ```
/// use axum::{Json, http::StatusCode};
/// use secure_runtime::{Attempts, Problem, input, secure};
///
/// #[input]
/// struct Code {
///     #[input(length(max = 100))]
///     phone: String,
///     #[input(length(max = 6))]
///     code: String,
/// }
///
/// #[secure(post = "/codes", public = "proves that a phone is at hand")]
/// async fn enter_code(attempts: Attempts, Json(code): Json<Code>) -> Result<StatusCode, Problem> {
///     let attempt = attempts.begin("code", &code.phone).await?; // 429 with `Retry-After`
///     if !is_right(&code) {
///         return Err(Problem::new(StatusCode::FORBIDDEN));
///     }
///     attempt.succeeded().await?;
///     Ok(StatusCode::NO_CONTENT)
/// }
/// # fn is_right(_: &Code) -> bool { true }
/// ```
///
/// They are counted for who is claimed, whether or not there is such a one, by [`SecurityBuilder::lock_out`]: per address that it
/// is claimed from, and with twenty times as many from anywhere. Only keyed hashes are kept. With
/// [`SecurityBuilder::shared_limits`] all instances count together.
///
/// # Security
///
/// Answer a wrong guess and an unknown name alike, and take the same time for both.
///
/// [`SecurityBuilder::lock_out`]: crate::SecurityBuilder::lock_out
/// [`SecurityBuilder::shared_limits`]: crate::SecurityBuilder::shared_limits
pub struct Attempts {
    pub(crate) security: Arc<Prepared>,
    pub(crate) origin: Origin,
}

/// An attempt that was begun. It failed unless it is said to have [succeeded](Self::succeeded).
#[must_use = "an attempt of which nothing is said has failed"]
pub struct Attempt {
    security: Arc<Prepared>,
    who: String,
    origin: Origin,
}

/// The limits of what handlers check.
pub(crate) struct AttemptLimits {
    from_here: Limit,
    from_anywhere: Limit,
}

impl AttemptLimits {
    pub(crate) fn new(lock_out: &PreparedLockOut) -> Self {
        Self {
            from_here: Limit::hidden("attempts, from an address", lock_out.from_here),
            from_anywhere: Limit::hidden("attempts", lock_out.from_anywhere),
        }
    }

    pub(super) fn demands<'d>(&'d self, who: &'d str, origin: Origin) -> [Demand<'d>; 2] {
        [
            Demand::one(&self.from_here, Bucket::ClaimedFrom(who, origin)),
            Demand::one(&self.from_anywhere, Bucket::Claimed(who)),
        ]
    }
}

impl Attempts {
    /// Begins an attempt at `what`, such as `"password"`, for whom the client claims to be.
    ///
    /// # Errors
    ///
    /// 429 while there were too many; 503 if they cannot be counted.
    pub async fn begin(&self, what: &'static str, whom: &str) -> Result<Attempt, Problem> {
        let attempt = Attempt {
            security: Arc::clone(&self.security),
            who: format!("{what}\n{whom}"),
            origin: self.origin,
        };
        let demands = attempt.demands();
        let backend = &self.security.limits.backend;
        let verdicts = backend.draw(&demands, Counted::Together).await.map_err(uncounted)?;
        let refused = verdicts.iter().flat_map(|verdicts| verdicts.iter());
        let longest = refused
            .filter(|verdict| !verdict.admitted)
            .max_by_key(|verdict| verdict.wait);
        match longest {
            Some(verdict) => Err(locked(verdict)),
            None => Ok(attempt),
        }
    }
}

impl Attempt {
    /// It was right: earlier failures of the same one from the same address are forgotten.
    ///
    /// # Errors
    ///
    /// 503 if that cannot be said to the store that counts them.
    pub async fn succeeded(self) -> Result<(), Problem> {
        let [from_here, from_anywhere] = self.demands();
        for demand in [from_here, from_anywhere] {
            self.security.limits.backend.forget(&demand).await.map_err(uncounted)?;
        }
        Ok(())
    }

    fn demands(&self) -> [Demand<'_>; 2] {
        self.security.limits.attempts.demands(&self.who, self.origin)
    }
}

/// What would be checked is not looked at.
fn locked(verdict: &Verdict) -> Problem {
    let detail = "too many failed attempts; wait for the time in Retry-After";
    too_many(Reason::LockedOut, detail, verdict.seconds())
}

/// Shows nothing of whom it is about.
impl std::fmt::Debug for Attempts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attempts").finish_non_exhaustive()
    }
}

/// Shows nothing of whom it is about.
impl std::fmt::Debug for Attempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attempt").finish_non_exhaustive()
    }
}
