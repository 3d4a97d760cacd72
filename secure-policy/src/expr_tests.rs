use proptest::prelude::*;

use super::Expr;
use crate::Kind;

fn fault(text: &str) -> String {
    Expr::parse(text, Kind::Scope).unwrap_err().fault().to_owned()
}

fn holds(text: &str, has: &[&str]) -> bool {
    Expr::parse(text, Kind::Scope)
        .unwrap()
        .holds(|name: &str| has.contains(&name))
}

#[test]
fn and_binds_tighter_than_or() {
    assert!(holds("a | b & c", &["a"]));
    assert!(!holds("a | b & c", &["b"]));
    assert!(holds("a | b & c", &["b", "c"]));
    assert!(!holds("(a | b) & c", &["a"]));
    assert!(holds("(a | b) & c", &["a", "c"]));
}

#[test]
fn j14_a_scope_is_matched_whole() {
    assert!(!holds(
        "read:profile",
        &["read:profilex", "read", "read:profil", "READ:PROFILE"]
    ));
}

#[test]
fn refuses_what_the_grammar_does_not_have() {
    assert_eq!(fault(""), "an empty scope expression permits nothing and nobody");
    assert_eq!(fault("a b"), "`b` follows without an operator");
    assert_eq!(fault("a &"), "expected a scope, but the text ends");
    assert_eq!(fault("& a"), "expected a scope, but found `&`");
    assert_eq!(fault("(a"), "unbalanced `(`");
    assert_eq!(fault("a)"), "unbalanced `)`");
    assert_eq!(fault("a && b"), "`&&` is not an operator here");
    assert_eq!(fault("!a"), "`!a`: there is no negation");
    assert_eq!(fault("sch\u{f6}n"), "`\\u{f6}` cannot stand in a scope");
    assert_eq!(fault("a\"b"), "`\\\"` cannot stand in a scope");
    assert_eq!(fault(&"(".repeat(1000)), "parentheses nest deeper than 16 levels");
    assert_eq!(
        fault("a|b|c|d|e|f|g|h|i|j|k|l|m"),
        "more than 12 scopes in one expression"
    );
    assert_eq!(
        fault(&vec!["a"; 33].join("|")),
        "more than 32 mentions of a scope in one expression"
    );
}

#[test]
fn refuses_terms_that_change_nothing() {
    assert_eq!(fault("a & a"), "`a` changes nothing in this expression");
    assert_eq!(fault("a | a & b"), "`a & b` changes nothing in this expression");
    assert_eq!(fault("a & (a | b)"), "`a | b` changes nothing in this expression");
    assert_eq!(fault("(a | b) & (a | b)"), "`a | b` changes nothing in this expression");
}

#[test]
fn sufficient_names_the_shortest_way_in() {
    let expr = Expr::parse("a & b & c | d & (e | f)", Kind::Scope).unwrap();
    assert_eq!(expr.sufficient(), ["d", "e"]);
}

proptest! {
    #[test]
    fn parsing_never_panics(text in "[ab&|() !\\\\\"\u{e9}]{0,24}") {
        let _ = Expr::parse(&text, Kind::Scope);
    }

    /// What is printed is what was meant: it reads back to the same steps, and lets in the same callers.
    #[test]
    fn printing_and_reading_agree(text in "[abcd](( & | \\| )\\(?[abcd]\\)?){0,5}", has in 0u8..16) {
        if let Ok(expr) = Expr::parse(&text, Kind::Role) {
            let again = Expr::parse(&expr.to_string(), Kind::Role).unwrap();
            let caller = |name: &str| has & (1 << (name.as_bytes()[0] - b'a')) != 0;
            prop_assert_eq!(expr.holds(caller), again.holds(caller));
        }
    }

    /// The names a challenge asks for do open the door.
    #[test]
    fn sufficient_suffices(text in "[abcd](( & | \\| )[abcd]){0,4}") {
        if let Ok(expr) = Expr::parse(&text, Kind::Role) {
            let names = expr.sufficient();
            prop_assert!(expr.holds(|name: &str| names.contains(&name)));
        }
    }
}
