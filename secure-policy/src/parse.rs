//! The grammar of scope and role expressions.

use crate::ParseError;
use crate::kind::{Kind, MAX_DEPTH};

/// The tree that parsing yields and the redundancy check reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Term(String),
    All(Vec<Node>),
    Any(Vec<Node>),
}

/// Reads a whole expression.
pub(crate) fn parse(text: &str, kind: Kind) -> Result<Node, ParseError> {
    let parser = Parser {
        rest: text,
        kind,
        depth: 0,
    };
    parser.whole()
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
