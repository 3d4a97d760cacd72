//! The vocabulary that both sides of the project share.
//!
//! The `#[secure]` attribute is parsed with these types while compiling, configuration is parsed with them at
//! start-up, and the gate evaluates them for each request. One grammar serves all three, so they cannot drift apart.
//! Nothing in here does I/O, knows HTTP, or reads a clock.
//!
//! Applications use these types through `secure_runtime::policy`.

mod counting;
mod error;
mod expr;
mod kind;
mod list;
mod measure;
mod parse;
mod path;
mod policy;
mod rate;
mod redundancy;
mod shared;
mod vocabulary;

pub use counting::{Algorithm, Per};
pub use error::ParseError;
pub use expr::{Expr, Op};
pub use kind::{Kind, MAX_DEPTH, MAX_MENTIONS, MAX_TERMS, valid_role, valid_scope};
pub use list::List;
pub use measure::{ByteSize, concurrency, parse_duration, parse_time, parse_window};
pub use path::{Parameter, PathTemplate};
pub use policy::{Access, Binding, BindingKind, Condition, Mention, Method, Policy, Route, Source};
pub use rate::{MAX_LIMITS, Rate};
pub use shared::valid_limit_name;
pub use vocabulary::{Role, Scope};
