use std::fmt;

use crate::{valid_role, valid_scope};

macro_rules! name {
    ($name:ident, $valid:ident, $what:literal, $macro:literal, $rule:literal) => {
        #[doc = concat!("A ", $what, " of the application's vocabulary, declared with `", $macro, "`.")]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(&'static str);

        impl $name {
            #[doc = concat!("Declares a ", $what, ".")]
            ///
            /// # Panics
            ///
            #[doc = concat!("While compiling, if the name breaks the rule: ", $rule, ".")]
            #[must_use]
            pub const fn new(name: &'static str) -> Self {
                assert!(
                    $valid(name),
                    concat!("this is no ", $what, "'s name [S005]\n  = help: ", $rule)
                );
                Self(name)
            }

            /// The name, as it stands in a token.
            #[must_use]
            pub const fn as_str(&self) -> &'static str {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }
    };
}

name!(
    Scope,
    valid_scope,
    "scope",
    "scopes!",
    "a scope has printable ASCII without space, `\"` and `\\` (RFC 6749 §3.3)"
);
name!(
    Role,
    valid_role,
    "role",
    "roles!",
    "a role has letters, digits, `_`, `-`, `.`, `:` and `/`"
);
