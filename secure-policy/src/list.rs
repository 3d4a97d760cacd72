use std::ops::Deref;
use std::slice;

/// Some values in a [`Policy`](crate::Policy), as a slice.
///
/// A single one stands in it, and several stand elsewhere: most endpoints have one, and a list elsewhere costs the compiler more than
/// what is in it.
#[derive(Clone, Copy, Debug)]
pub struct List<T: 'static>(Items<T>);

#[derive(Clone, Copy, Debug)]
enum Items<T: 'static> {
    One(T),
    Many(&'static [T]),
}

impl<T> List<T> {
    /// None at all.
    pub const EMPTY: Self = Self::many(&[]);

    /// One.
    #[must_use]
    pub const fn one(value: T) -> Self {
        Self(Items::One(value))
    }

    /// Several.
    #[must_use]
    pub const fn many(values: &'static [T]) -> Self {
        Self(Items::Many(values))
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Items::One(value) => slice::from_ref(value),
            Items::Many(values) => values,
        }
    }
}

impl<T: PartialEq, const N: usize> PartialEq<[T; N]> for List<T> {
    fn eq(&self, other: &[T; N]) -> bool {
        **self == *other
    }
}
