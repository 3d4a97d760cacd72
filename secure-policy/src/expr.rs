use std::borrow::Cow;
use std::fmt;

use crate::ParseError;
use crate::redundancy;

/// How many distinct names one expression may mention.
pub const MAX_TERMS: usize = 12;
/// How many names in all, repetitions included.
pub const MAX_MENTIONS: usize = 32;
/// How deep its parentheses may nest.
pub const MAX_DEPTH: usize = 16;

/// What the names in an [`Expr`] are; it decides which characters they may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// OAuth 2 scope tokens (RFC 6749 §3.3).
    Scope,
    /// Role names: letters, digits, `_`, `-`, `.`, `:`, `/`.
    Role,
}

impl Kind {
    /// The noun for messages.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Role => "role",
        }
    }

    fn accepts(self, name: &str) -> bool {
        match self {
            Self::Scope => valid_scope(name),
            Self::Role => valid_role(name),
        }
    }
}

/// Is this a scope token of RFC 6749 §3.3: one or more of `%x21 / %x23-5B / %x5D-7E`?
#[must_use]
pub fn valid_scope(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| matches!(b, 0x21 | 0x23..=0x5b | 0x5d..=0x7e))
}

/// Is this a role name: one or more letters, digits, `_`, `-`, `.`, `:` or `/`?
#[must_use]
pub fn valid_role(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.:/".contains(&b))
}

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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Expr {
    ops: Cow<'static, [Op]>,
}

impl Expr {
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
        Self {
            ops: Cow::Borrowed(ops),
        }
    }

    /// Reads `"a & (b | c)"`.
    ///
    /// # Errors
    ///
    /// On an empty text, a name that its [`Kind`] refuses, unbalanced parentheses, more than [`MAX_TERMS`] names,
    /// [`MAX_MENTIONS`] mentions or [`MAX_DEPTH`] levels, and on a term that changes nothing (`a & a`, `a | a & b`).
    pub fn parse(text: &str, kind: Kind) -> Result<Self, ParseError> {
        let node = Parser {
            rest: text,
            kind,
            depth: 0,
        }
        .whole()?;
        redundancy::check(&node, kind)?;
        let mut ops = Vec::new();
        node.flatten(&mut ops);
        Ok(Self { ops: Cow::Owned(ops) })
    }

    /// The steps, in reverse Polish order.
    #[must_use]
    pub fn ops(&self) -> &[Op] {
        &self.ops
    }

    /// The distinct names it mentions, in order of appearance.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for op in self.ops.iter() {
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
        for op in self.ops.iter() {
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
        for op in self.ops.iter() {
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
        for op in self.ops.iter() {
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

/// The tree that parsing yields and the redundancy check reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Term(String),
    All(Vec<Node>),
    Any(Vec<Node>),
}

impl Node {
    fn flatten(self, ops: &mut Vec<Op>) {
        let (parts, op): (Vec<Self>, fn(u16) -> Op) = match self {
            Self::Term(name) => return ops.push(Op::Term(Cow::Owned(name))),
            Self::All(parts) => (parts, Op::All),
            Self::Any(parts) => (parts, Op::Any),
        };
        // `MAX_MENTIONS` keeps this far below `u16::MAX`.
        let count = u16::try_from(parts.len()).unwrap_or(u16::MAX);
        for part in parts {
            part.flatten(ops);
        }
        ops.push(op(count));
    }
}

struct Parser<'t> {
    rest: &'t str,
    kind: Kind,
    depth: usize,
}

impl Parser<'_> {
    fn whole(mut self) -> Result<Node, ParseError> {
        let noun = self.kind.noun();
        if self.rest.trim().is_empty() {
            return Err(ParseError::new(
                format!("an empty {noun} expression permits nothing and nobody"),
                format!("name a {noun}, as in `{noun} = \"{}\"`", self.example()),
            ));
        }
        let node = self.any()?;
        self.skip_space();
        match self.rest.chars().next() {
            None => Ok(node),
            Some(')') => Err(ParseError::new("unbalanced `)`", "remove it, or open a `(` before it")),
            Some(_) => {
                let next: String = self.rest.chars().take_while(|c| !" &|()".contains(*c)).collect();
                Err(ParseError::new(
                    format!("`{next}` follows without an operator"),
                    format!("join two {noun}s with `&` if both are needed, with `|` if either is enough"),
                ))
            }
        }
    }

    fn any(&mut self) -> Result<Node, ParseError> {
        self.chain('|', Self::all, Node::Any)
    }

    fn all(&mut self) -> Result<Node, ParseError> {
        self.chain('&', Self::operand, Node::All)
    }

    fn chain(
        &mut self,
        operator: char,
        operand: fn(&mut Self) -> Result<Node, ParseError>,
        join: fn(Vec<Node>) -> Node,
    ) -> Result<Node, ParseError> {
        let first = operand(self)?;
        let mut parts = vec![first];
        while self.eat(operator) {
            // `&&` and `||` are what a Rust hand types; they mean the same here and are refused to keep one spelling.
            if self.rest.starts_with(operator) {
                return Err(ParseError::new(
                    format!("`{operator}{operator}` is not an operator here"),
                    format!("write `{operator}`"),
                ));
            }
            parts.push(operand(self)?);
        }
        Ok(if parts.len() == 1 {
            parts.swap_remove(0)
        } else {
            join(parts)
        })
    }

    fn operand(&mut self) -> Result<Node, ParseError> {
        if !self.eat('(') {
            return self.term();
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(ParseError::new(
                format!("parentheses nest deeper than {MAX_DEPTH} levels"),
                "write the rule flatter, or split the endpoint",
            ));
        }
        let node = self.any()?;
        if !self.eat(')') {
            return Err(ParseError::new("unbalanced `(`", "close it with `)`"));
        }
        self.depth -= 1;
        Ok(node)
    }

    fn term(&mut self) -> Result<Node, ParseError> {
        self.skip_space();
        let noun = self.kind.noun();
        let end = self.rest.find(|c: char| " &|()".contains(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        if name.is_empty() {
            let found = match rest.chars().next() {
                Some(c) => format!("found `{c}`"),
                None => "the text ends".to_owned(),
            };
            return Err(ParseError::new(
                format!("expected a {noun}, but {found}"),
                format!("put a {noun} on both sides of each operator"),
            ));
        }
        if name.starts_with('!') {
            return Err(ParseError::new(
                format!("`{name}`: there is no negation"),
                format!("a caller must not gain access by lacking a {noun}; name what is needed"),
            ));
        }
        if let Some(bad) = name.chars().find(|c| !self.kind.accepts(c.encode_utf8(&mut [0; 4]))) {
            return Err(ParseError::new(
                format!("`{}` cannot stand in a {noun}", bad.escape_default()),
                match self.kind {
                    Kind::Scope => {
                        "a scope has printable ASCII without space, `\"` and `\\` (RFC 6749 §3.3)".to_owned()
                    }
                    Kind::Role => "a role has letters, digits, `_`, `-`, `.`, `:` and `/`".to_owned(),
                },
            ));
        }
        self.rest = rest;
        Ok(Node::Term(name.to_owned()))
    }

    fn example(&self) -> &'static str {
        match self.kind {
            Kind::Scope => "read:orders",
            Kind::Role => "admin",
        }
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches(' ');
    }

    fn eat(&mut self, c: char) -> bool {
        self.skip_space();
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
#[path = "expr_tests.rs"]
mod tests;
