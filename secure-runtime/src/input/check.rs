use std::borrow::Cow;

use serde::Serialize;

/// A type that may come from outside.
///
/// The rules that its values obey are checked after parsing and before the handler runs; the answer to a value that
/// breaks one is 422, with all of them.
///
/// ```
/// use secure_runtime::{Input, Violation};
///
/// #[derive(serde::Deserialize)]
/// #[serde(deny_unknown_fields)]
/// struct NewOrder { quantity: u32 }
///
/// impl Input for NewOrder {
///     fn check(&self, violations: &mut Vec<Violation>) {
///         if !(1..=100).contains(&self.quantity) {
///             violations.push(Violation::new("/quantity", "must be from 1 to 100"));
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` comes from outside, and nothing says what it must look like",
    label = "this input has no rules",
    note = "help: write `impl secure_runtime::Input for {Self} {{ fn check(&self, violations: &mut Vec<secure_runtime::Violation>) {{ … }} }}`",
    note = "see [S014] in the book's error index"
)]
pub trait Input {
    /// Adds a [`Violation`] for each rule that the value breaks.
    fn check(&self, violations: &mut Vec<Violation>);
}

/// A rule that an input breaks: what is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    detail: Cow<'static, str>,
    pointer: Cow<'static, str>,
}

impl Violation {
    /// `pointer` is a JSON pointer (RFC 6901), which is written behind a `#`; `detail` is for the client, so leave the value out.
    #[must_use]
    pub fn new(pointer: impl AsRef<str>, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            detail: detail.into(),
            pointer: format!("#{}", pointer.as_ref()).into(),
        }
    }
}

/// Values that carry no rule beyond their type.
macro_rules! plain {
    ($($ty:ty)*) => { $(
        impl Input for $ty {
            fn check(&self, _: &mut Vec<Violation>) {}
        }
    )* };
}

plain!(
    () bool char String u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 f32 f64
    std::num::NonZeroU8 std::num::NonZeroU16 std::num::NonZeroU32 std::num::NonZeroU64
);

impl<T: Input> Input for Option<T> {
    fn check(&self, violations: &mut Vec<Violation>) {
        self.iter().for_each(|value| value.check(violations));
    }
}

impl<T: Input> Input for Vec<T> {
    fn check(&self, violations: &mut Vec<Violation>) {
        self.iter().for_each(|value| value.check(violations));
    }
}

impl<T: Input> Input for Box<T> {
    fn check(&self, violations: &mut Vec<Violation>) {
        T::check(self, violations);
    }
}

macro_rules! tuples {
    ($(($($part:ident),+))+) => { $(
        impl<$($part: Input),+> Input for ($($part,)+) {
            #[allow(non_snake_case, reason = "a variable for each type, of the same name")]
            fn check(&self, violations: &mut Vec<Violation>) {
                let ($($part,)+) = self;
                $($part.check(violations);)+
            }
        }
    )+ };
}

tuples!((A)(A, B)(A, B, C)(A, B, C, D)(A, B, C, D, E)(A, B, C, D, E, F));
