//! What expansions of `#[secure]` name, in one place: each has it under one short name, since what it costs to compile them goes
//! by their tokens.

pub use std::borrow::Cow;
pub use std::marker::{Send, Sync};
pub use std::option::Option::{self, None, Some};
pub use std::primitive::bool;

pub use secure_policy::{
    Access, Algorithm, Binding, BindingKind, Expr, Mention, Method, Op, Per, Policy, Rate, Role, Scope,
};

pub use crate::Problem;
pub use crate::authn::Principal;
pub use crate::describe::{Description, unmade};
pub use crate::endpoint::{Endpoint, NeedsCaller, SecureEndpoint};
pub use crate::gate::{Admission, Between, Responding, Sorted, Steps, lead, lead_between};
pub use crate::input::{Extract, Read, head_argument, last_argument};
pub use crate::output::{Render, declared_answer};
