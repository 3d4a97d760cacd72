//! Makes values at random, and shows them plainly.

use std::collections::BTreeMap;

use secure_runtime::{Identifier, Page, output};
use serde::Serialize;

use super::data::{Exposure, Form, LeftOut, Member, Plain, Shape, Type, Variant};
use crate::exposure::USERS;

/// Where the randomness comes from: the same seed makes the same values.
pub(super) struct Source(u64);

impl Source {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub(super) fn number(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        (self.number() >> 33) % bound
    }

    pub(super) fn user(&mut self) -> &'static str {
        let count = u64::try_from(USERS.len()).unwrap();
        USERS[usize::try_from(self.below(count)).unwrap()]
    }
}

pub(super) trait Made {
    fn made(source: &mut Source) -> Self;

    fn plain(&self) -> Plain;
}

/// What can hold the identifier of an owner.
pub(super) trait Owner {
    fn of(user: &str) -> Self;
}

impl Owner for String {
    fn of(user: &str) -> Self {
        user.to_owned()
    }
}

/// An identifier of a type of its own.
#[output]
pub(super) struct Who(#[expose] String);

static WHO: Type = Type {
    name: "Who",
    declaration: "#[output] struct Who(#[expose] String);",
    form: Form::Whole,
    variants: &[Variant {
        name: "",
        shape: Shape::Newtype,
        members: &[member("", "String")],
    }],
};

impl Identifier for Who {
    fn names(&self, who: &str) -> bool {
        self.0 == who
    }
}

impl Owner for Who {
    fn of(user: &str) -> Self {
        Self(user.to_owned())
    }
}

impl Owner for Box<Who> {
    fn of(user: &str) -> Self {
        Self::new(Who::of(user))
    }
}

impl Made for Who {
    fn made(source: &mut Source) -> Self {
        Self::of(source.user())
    }

    fn plain(&self) -> Plain {
        Plain::Of {
            of: &WHO,
            variant: 0,
            members: vec![self.0.plain()],
        }
    }
}

/// A member that everyone sees.
const fn member(name: &'static str, kind: &'static str) -> Member {
    Member {
        name,
        kind,
        exposure: Exposure::Everyone,
        left_out: LeftOut::Never,
        is_owner: false,
    }
}

fn json(value: &impl Serialize) -> Plain {
    Plain::Json(serde_json::to_string(value).unwrap())
}

/// Values without parts.
macro_rules! leaves {
    ($($leaf:ty: |$source:ident| $made:expr;)*) => { $(
        impl Made for $leaf {
            fn made($source: &mut Source) -> Self {
                $made
            }

            fn plain(&self) -> Plain {
                json(self)
            }
        }
    )* };
}

#[allow(clippy::cast_possible_truncation, reason = "any bits will do")]
const fn bits(number: u64) -> (u8, i32) {
    (number as u8, number as i32)
}

leaves! {
    u8: |source| bits(source.number()).0;
    i64: |source| source.number().cast_signed();
    u64: |source| source.number();
    bool: |source| source.below(2) == 0;
    char: |source| ['a', '"', '\\', '\u{7}', 'é', '\u{1f600}'][usize::try_from(source.below(6)).unwrap()];
    f64: |source| f64::from(bits(source.number()).1) / 8.0;
    String: |source| (0..source.below(4)).map(|_| char::made(source)).collect();
    &'static str: |source| ["", "text", "\"'<>&"][usize::try_from(source.below(3)).unwrap()];
}

impl<T: Made> Made for Option<T> {
    fn made(source: &mut Source) -> Self {
        (source.below(3) > 0).then(|| T::made(source))
    }

    fn plain(&self) -> Plain {
        self.as_ref()
            .map_or(Plain::Nothing, |value| Plain::Some(Box::new(value.plain())))
    }
}

impl<T: Made> Made for Vec<T> {
    fn made(source: &mut Source) -> Self {
        (0..source.below(3)).map(|_| T::made(source)).collect()
    }

    fn plain(&self) -> Plain {
        Plain::List(self.iter().map(Made::plain).collect())
    }
}

impl<T: Made> Made for BTreeMap<String, T> {
    fn made(source: &mut Source) -> Self {
        let values = (0..source.below(3)).map(|_| (String::made(source), T::made(source)));
        values.collect()
    }

    fn plain(&self) -> Plain {
        let values = self.iter().map(|(name, value)| (name.clone(), value.plain()));
        Plain::Map(values.collect())
    }
}

impl<T: Made> Made for Box<T> {
    fn made(source: &mut Source) -> Self {
        Self::new(T::made(source))
    }

    fn plain(&self) -> Plain {
        T::plain(self)
    }
}

static PAGE: Type = Type {
    name: "Page",
    declaration: "a page",
    form: Form::Whole,
    variants: &[Variant {
        name: "",
        shape: Shape::Named,
        members: &[member("items", "Vec<T>"), member("next", "Option<String>")],
    }],
};

impl<T: Made> Made for Page<T> {
    fn made(source: &mut Source) -> Self {
        Self {
            items: Made::made(source),
            next: Made::made(source),
        }
    }

    fn plain(&self) -> Plain {
        Plain::Of {
            of: &PAGE,
            variant: 0,
            members: vec![self.items.plain(), self.next.plain()],
        }
    }
}
