use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::slice;

use crate::ParseError;
use crate::kind::{Kind, MAX_MENTIONS};
use crate::parse::{Node, parse};
use crate::redundancy;

/// One step of an [`Expr`], in reverse Polish order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// The caller has this name.
    Term(Cow<'static, str>),
    /// All of the last *n* results hold.
    All(u16),
    /// At least one of the last *n* results holds.
    Any(u16),
}

impl Op {
    /// A name, in a constant.
    #[must_use]
    pub const fn term(name: &'static str) -> Self {
        Self::Term(Cow::Borrowed(name))
    }
}

/// A boolean expression over names: `"read & (write | admin)"`. `&` binds tighter than `|`; there is no negation,
/// because a caller must never gain access by having *less*.
///
/// It is kept in reverse Polish order, which makes it a constant that the macro can write down and a loop that the
/// gate can run without recursion or allocation.
#[derive(Clone, Debug)]
pub struct Expr {
    ops: Ops,
}

/// One stands here and not in a list elsewhere: most expressions have one, and a list costs the compiler more than all the rest.
#[derive(Clone, Debug)]
enum Ops {
    One(Op),
    Static(&'static [Op]),
    Owned(Vec<Op>),
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.ops() == other.ops()
    }
}

impl Eq for Expr {}

impl Hash for Expr {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.ops().hash(state);
    }
}

impl Expr {
    /// A single name, which the macro has already read.
    #[must_use]
    pub const fn of(name: &'static str) -> Self {
        Self {
            ops: Ops::One(Op::term(name)),
        }
    }

    /// An expression from steps that the macro has already parsed.
    ///
    /// # Panics
    ///
    /// While compiling, if the steps do not form exactly one expression.
    #[must_use]
    pub const fn from_ops(ops: &'static [Op]) -> Self {
        let mut depth: usize = 0;
        let mut i = 0;
        while i < ops.len() {
            let consumed = match &ops[i] {
                Op::Term(_) => 0,
                Op::All(n) | Op::Any(n) => *n as usize,
            };
            assert!(depth >= consumed, "an operator without its operands");
            depth = depth - consumed + 1;
            assert!(depth <= MAX_MENTIONS, "an expression that is too wide");
            i += 1;
        }
        assert!(depth == 1, "the steps do not form one expression");
        Self { ops: Ops::Static(ops) }
    }

    /// Reads `"a & (b | c)"`.
    ///
    /// # Errors
    ///
    /// On an empty text, a name that its [`Kind`] refuses, unbalanced parentheses, more than [`MAX_TERMS`](crate::MAX_TERMS) names,
    /// [`MAX_MENTIONS`] mentions or [`MAX_DEPTH`](crate::MAX_DEPTH) levels, and on a term that changes nothing (`a & a`, `a | a & b`).
    pub fn parse(text: &str, kind: Kind) -> Result<Self, ParseError> {
        let node = parse(text, kind)?;
        redundancy::check(&node, kind)?;
        let mut ops = Vec::new();
        flatten(node, &mut ops);
        Ok(Self { ops: Ops::Owned(ops) })
    }

    /// The steps, in reverse Polish order.
    #[must_use]
    pub fn ops(&self) -> &[Op] {
        match &self.ops {
            Ops::One(op) => slice::from_ref(op),
            Ops::Static(ops) => ops,
            Ops::Owned(ops) => ops,
        }
    }

    /// The distinct names it mentions, in order of appearance.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for op in self.ops() {
            if let Op::Term(name) = op
                && !names.contains(&name.as_ref())
            {
                names.push(name);
            }
        }
        names
    }

    /// Does a caller satisfy it, of whom `has` tells the names?
    #[must_use]
    pub fn holds(&self, has: impl Fn(&str) -> bool) -> bool {
        // A bit per pending result; `from_ops` and `parse` keep the stack below 64.
        let (mut stack, mut len) = (0u64, 0u32);
        for op in self.ops() {
            let result = match op {
                Op::Term(name) => has(name),
                Op::All(n) | Op::Any(n) => {
                    let n = u32::from(*n).min(len);
                    len -= n;
                    let mask = (1u64 << n) - 1;
                    let operands = (stack >> len) & mask;
                    stack &= (1u64 << len) - 1;
                    if matches!(op, Op::All(_)) {
                        operands == mask
                    } else {
                        operands != 0
                    }
                }
            };
            stack |= u64::from(result) << len;
            len += 1;
        }
        len == 1 && stack == 1
    }

    /// The smallest set of names that would satisfy it, for the `scope` parameter of a challenge (RFC 6750 §3.1).
    #[must_use]
    pub fn sufficient(&self) -> Vec<&str> {
        let mut stack: Vec<Vec<&str>> = Vec::new();
        for op in self.ops() {
            let set = match op {
                Op::Term(name) => vec![name.as_ref()],
                Op::All(n) => {
                    let mut all: Vec<&str> = Vec::new();
                    for name in stack.split_off(stack.len() - usize::from(*n)).concat() {
                        if !all.contains(&name) {
                            all.push(name);
                        }
                    }
                    all
                }
                Op::Any(n) => stack
                    .split_off(stack.len() - usize::from(*n))
                    .into_iter()
                    .min_by_key(Vec::len)
                    .unwrap_or_default(),
            };
            stack.push(set);
        }
        stack.pop().unwrap_or_default()
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Each operand with whether it is an alternative, which needs parentheses inside a conjunction.
        let mut stack: Vec<(String, bool)> = Vec::new();
        for op in self.ops() {
            let next = match op {
                Op::Term(name) => (name.to_string(), false),
                Op::All(n) => {
                    let parts = stack.split_off(stack.len() - usize::from(*n));
                    let parts: Vec<String> = parts
                        .into_iter()
                        .map(|(text, any)| if any { format!("({text})") } else { text })
                        .collect();
                    (parts.join(" & "), false)
                }
                Op::Any(n) => {
                    let parts = stack.split_off(stack.len() - usize::from(*n));
                    let parts: Vec<String> = parts.into_iter().map(|(text, _)| text).collect();
                    (parts.join(" | "), true)
                }
            };
            stack.push(next);
        }
        f.write_str(&stack.pop().unwrap_or_default().0)
    }
}

/// Writes a tree in reverse Polish order.
fn flatten(node: Node, ops: &mut Vec<Op>) {
    let (parts, op): (Vec<Node>, fn(u16) -> Op) = match node {
        Node::Term(name) => return ops.push(Op::Term(Cow::Owned(name))),
        Node::All(parts) => (parts, Op::All),
        Node::Any(parts) => (parts, Op::Any),
    };
    // `MAX_MENTIONS` keeps this far below `u16::MAX`.
    let count = u16::try_from(parts.len()).unwrap_or(u16::MAX);
    for part in parts {
        flatten(part, ops);
    }
    ops.push(op(count));
}

#[cfg(test)]
#[path = "expr_tests.rs"]
mod tests;
