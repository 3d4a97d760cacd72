use std::num::{NonZero, NonZeroU64};

use super::{Checking, Gate};
use crate::Problem;
use crate::authn::{Principal, credential};

/// What a request takes of a limit, in whole units: what `cost = …` in the attribute may compute.
///
/// Unsigned integers are costs, and so are their `NonZero`s, and references to either. Zero counts as 1, since every request
/// takes something; what does not fit is the largest number, which no limit admits.
///
/// A type of your own becomes one like this:
///
/// ```
/// use std::num::NonZeroU64;
/// use secure_runtime::Cost;
///
/// struct Pages(u32);
///
/// impl Cost for Pages {
///     fn units(self) -> NonZeroU64 {
///         self.0.units()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no cost of a request",
    label = "this is not counted in whole units",
    note = "help: compute an unsigned integer: write `5_u32` for a number, `u32::try_from(…).unwrap_or(u32::MAX)` for a signed one, and `.unwrap_or(1)` for an `Option`",
    note = "see [S007] in the book's error index"
)]
pub trait Cost {
    /// The units, at least 1.
    fn units(self) -> NonZeroU64;
}

macro_rules! unsigned {
    ($($ty:ty),+) => {
        $(
            impl Cost for $ty {
                fn units(self) -> NonZeroU64 {
                    u64::try_from(self).map_or(NonZeroU64::MAX, |units| NonZeroU64::new(units).unwrap_or(NonZeroU64::MIN))
                }
            }

            impl Cost for NonZero<$ty> {
                fn units(self) -> NonZeroU64 {
                    self.get().units()
                }
            }

            impl Cost for &$ty {
                fn units(self) -> NonZeroU64 {
                    (*self).units()
                }
            }

            impl Cost for &NonZero<$ty> {
                fn units(self) -> NonZeroU64 {
                    (*self).units()
                }
            }
        )+
    };
}

unsigned!(u8, u16, u32, u64, u128, usize);

impl<Stage: Checking> Gate<'_, Stage> {
    /// What a request takes of a limit, where a caller is certain.
    ///
    /// # Errors
    ///
    /// 401 where there is none.
    pub fn cost<C: Cost>(&self, cost: impl FnOnce(&Principal) -> C) -> Result<NonZeroU64, Problem> {
        let caller = self.passage.record.caller.as_ref().ok_or_else(credential::missing)?;
        Ok(cost(caller).units())
    }

    /// What a request takes of a limit, where there may be no caller.
    pub fn cost_for_anyone<C: Cost>(&self, cost: impl FnOnce(Option<&Principal>) -> C) -> NonZeroU64 {
        cost(self.passage.record.caller.as_ref()).units()
    }

    /// Takes so much of the policy's limit `index`.
    ///
    /// # Errors
    ///
    /// 429 if that is more than there is; 422 if it is more than there ever is; 500 if the policy has no computed cost there.
    pub async fn spend(&mut self, index: usize, cost: impl Cost) -> Result<(), Problem> {
        self.charge(index, cost)?;
        self.settle().await
    }

    /// The same, but when all checks of this phase were made.
    ///
    /// # Errors
    ///
    /// 500 if the policy has no computed cost there.
    pub fn charge(&mut self, index: usize, cost: impl Cost) -> Result<(), Problem> {
        let limit = self.passage.mounted.policy.rates.get(index);
        if limit.and_then(|limit| limit.computed_cost()).is_none() {
            return Err(Problem::broken("a cost that the policy does not name"));
        }
        let units = u32::try_from(cost.units().get()).unwrap_or(u32::MAX);
        self.passage.checked.charge(index, units);
        Ok(())
    }

    /// Takes what was charged.
    pub(super) async fn settle(&mut self) -> Result<(), Problem> {
        match self.passage.checked.take_charges() {
            none if none.is_empty() => Ok(()),
            charges => self.passage.spend_all(charges).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(cost: impl Cost) -> u64 {
        cost.units().get()
    }

    #[test]
    fn unsigned_integers_are_costs() {
        assert_eq!(
            [
                units(7_u8),
                units(7_u16),
                units(7_u32),
                units(7_u64),
                units(7_u128),
                units(7_usize)
            ],
            [7; 6]
        );
        assert_eq!(units(NonZero::<u16>::MAX), u64::from(u16::MAX));
        assert_eq!(units(NonZero::<u8>::MIN), 1);
        let (borrowed, above_zero) = (&7_u32, &NonZero::<u8>::MIN);
        assert_eq!([units(borrowed), units(above_zero)], [7, 1]);
        assert_eq!(units(u64::MAX), u64::MAX);
    }

    #[test]
    fn every_request_takes_something() {
        assert_eq!(
            [
                units(0_u8),
                units(0_u16),
                units(0_u32),
                units(0_u64),
                units(0_u128),
                units(0_usize)
            ],
            [1; 6]
        );
    }

    #[test]
    fn what_does_not_fit_is_the_largest_number() {
        assert_eq!(units(u128::from(u64::MAX) + 1), u64::MAX);
        assert_eq!(units(u128::MAX), u64::MAX);
        assert_eq!(units(NonZero::<u128>::MAX), u64::MAX);
    }
}
