//! Expressions that mean the same to the regex crate, which checks them in linear time, and to JSON Schema (ECMA-262),
//! which shows them.

use regex_syntax::ast::{self, AssertionKind, Ast, Visitor};
use regex_syntax::hir::{Hir, Look};

/// Why an expression is refused: the fault, and what to write.
pub(crate) struct Refused {
    pub(crate) fault: String,
    pub(crate) help: String,
}

/// How many characters a match has at most, if there is such a number.
pub(crate) type MaxLength = Option<usize>;

/// Reads an expression.
pub(crate) fn read(pattern: &str) -> Result<MaxLength, Refused> {
    let ast = ast::parse::Parser::new().parse(pattern).map_err(|error| Refused {
        fault: format!("the pattern cannot be read: {}", error.kind()),
        help: "write a regular expression without look-around and back-references, as in `^[a-z0-9-]{1,40}$`"
            .to_owned(),
    })?;
    ast::visit(&ast, TwoReadings)?;
    let hir = regex_syntax::Parser::new().parse(pattern).map_err(|_| Refused {
        fault: "the pattern cannot be read".to_owned(),
        help: "write a simpler one".to_owned(),
    })?;
    anchored(&hir, pattern)?;
    Ok(hir.properties().maximum_len())
}

/// A pattern that matches anywhere lets through whatever stands around the match.
fn anchored(hir: &Hir, pattern: &str) -> Result<(), Refused> {
    let properties = hir.properties();
    let whole = properties.look_set_prefix().contains(Look::Start) && properties.look_set_suffix().contains(Look::End);
    if whole {
        return Ok(());
    }
    let inner = pattern.trim_start_matches('^').trim_end_matches('$');
    let inner = if inner.contains('|') {
        format!("({inner})")
    } else {
        inner.to_owned()
    };
    Err(Refused {
        fault: "the pattern does not match the whole text".to_owned(),
        help: format!("write `^{inner}$`: without both, anything may stand around the match"),
    })
}

/// Finds what the two read differently.
struct TwoReadings;

impl TwoReadings {
    fn refuse<T>(what: &str, instead: &str) -> Result<T, Refused> {
        Err(Refused {
            fault: format!("{what} does not mean the same in JSON Schema"),
            help: format!("write {instead}"),
        })
    }
}

impl Visitor for TwoReadings {
    type Output = ();
    type Err = Refused;

    fn finish(self) -> Result<(), Refused> {
        Ok(())
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), Refused> {
        match ast {
            Ast::Dot(_) => Self::refuse("`.`", "the characters that are meant, as in `[^\\n]` or `[ -~]`"),
            Ast::Flags(_) => Self::refuse("a flag", "both cases, as in `[A-Za-z]`"),
            Ast::Group(group) if group.flags().is_some_and(|flags| !flags.items.is_empty()) => {
                Self::refuse("a flag", "both cases, as in `[A-Za-z]`")
            }
            Ast::Group(group) if matches!(group.kind, ast::GroupKind::CaptureName { .. }) => {
                Self::refuse("a named group", "`(…)`")
            }
            Ast::ClassPerl(class) => perl(class),
            Ast::Assertion(assertion)
                if !matches!(assertion.kind, AssertionKind::StartLine | AssertionKind::EndLine) =>
            {
                Self::refuse("this boundary", "`^` and `$`, and nothing between them")
            }
            Ast::Literal(literal) => literal_is_plain(literal),
            _ => Ok(()),
        }
    }

    fn visit_class_set_item_pre(&mut self, item: &ast::ClassSetItem) -> Result<(), Refused> {
        match item {
            ast::ClassSetItem::Perl(class) => perl(class),
            ast::ClassSetItem::Ascii(_) => Self::refuse("`[:…:]`", "the characters that are meant, as in `[A-Za-z]`"),
            ast::ClassSetItem::Bracketed(_) => Self::refuse("a class in a class", "one class"),
            ast::ClassSetItem::Literal(literal) => literal_is_plain(literal),
            ast::ClassSetItem::Range(range) => {
                literal_is_plain(&range.start).and_then(|()| literal_is_plain(&range.end))
            }
            _ => Ok(()),
        }
    }

    fn visit_class_set_binary_op_pre(&mut self, _: &ast::ClassSetBinaryOp) -> Result<(), Refused> {
        Self::refuse("an operation on classes", "one class")
    }
}

/// `\d` is any digit of Unicode to the one, and `[0-9]` to the other.
fn perl(class: &ast::ClassPerl) -> Result<(), Refused> {
    let (what, instead) = match class.kind {
        ast::ClassPerlKind::Digit => ("`\\d`", "`[0-9]`"),
        ast::ClassPerlKind::Space => ("`\\s`", "`[ \\t\\r\\n]`"),
        ast::ClassPerlKind::Word => ("`\\w`", "`[A-Za-z0-9_]`"),
    };
    TwoReadings::refuse(what, instead)
}

fn literal_is_plain(literal: &ast::Literal) -> Result<(), Refused> {
    use ast::{LiteralKind as Kind, SpecialLiteralKind as Special};
    match &literal.kind {
        Kind::Verbatim | Kind::Meta | Kind::HexFixed(ast::HexLiteralKind::X | ast::HexLiteralKind::UnicodeShort) => {
            Ok(())
        }
        Kind::Special(
            Special::Tab | Special::LineFeed | Special::CarriageReturn | Special::FormFeed | Special::VerticalTab,
        ) => Ok(()),
        _ => TwoReadings::refuse("this escape", "the character itself, or `\\u0041`"),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn b7_patterns_match_the_whole_text() {
        for fine in ["^a$", "^(a|b)$", "^a$|^b$", "^$", "^[a-z]+$", "^(?:a|b)*$"] {
            assert!(read(fine).is_ok(), "{fine}");
        }
        for loose in ["a", "^a", "a$", "^a|b$", "(^a)?b$", "^a$|b", ""] {
            assert!(read(loose).is_err(), "{loose}");
        }
    }

    #[test]
    fn b7_patterns_have_one_reading_in_linear_time() {
        for other in [
            "^\\d$",
            "^\\D$",
            "^[\\w]$",
            "^\\s$",
            "^.$",
            "^(?i)a$",
            "^(?i:a)$",
            "^(?P<n>a)$",
            "^(?<n>a)$",
            "^[[:alpha:]]$",
            "^[a-z&&[^b]]$",
            "^a\\b$",
            "\\Aa\\z",
            "^(?=a)a$",
            "^(a)\\1$",
            "^\\x{1F600}$",
            "^[a[b]]$",
            "^(?<!a)b$",
            "^[a",
            "^\\a$",
        ] {
            assert!(read(other).is_err(), "{other}");
        }
        for same in [
            "^\\.\\-\\$$",
            "^\\t\\n$",
            "^\\u0041\\x41$",
            "^\\p{L}+$",
            "^[^\\n]{1,20}$",
            "^[ä-ü]$",
        ] {
            assert!(read(same).is_ok(), "{same}");
        }
    }

    #[test]
    fn b4_the_longest_match_is_known() {
        assert_eq!(read("^[a-z]{1,40}$").ok(), Some(Some(40)));
        assert_eq!(read("^[a-z]+$").ok(), Some(None));
    }
}
