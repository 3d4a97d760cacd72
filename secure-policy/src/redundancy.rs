//! Finds terms that change nothing, because a rule that says more than it means is a rule somebody misread.

use crate::ParseError;
use crate::kind::{Kind, MAX_MENTIONS, MAX_TERMS};
use crate::parse::Node;

/// Refuses an expression of which a part can be left out without changing who is let in.
///
/// With at most [`MAX_TERMS`] names every combination of them can be tried, which is exact where pattern matching on
/// `a & a` and `a | a & b` would miss the next variant.
pub(crate) fn check(root: &Node, kind: Kind) -> Result<(), ParseError> {
    let mut mentions = Vec::new();
    collect(root, &mut mentions);
    let noun = kind.noun();
    if mentions.len() > MAX_MENTIONS {
        return Err(ParseError::new(
            format!("more than {MAX_MENTIONS} mentions of a {noun} in one expression"),
            format!("introduce one {noun} that stands for the group"),
        ));
    }
    let mut names = mentions;
    names.sort_unstable();
    names.dedup();
    if names.len() > MAX_TERMS {
        return Err(ParseError::new(
            format!("more than {MAX_TERMS} {noun}s in one expression"),
            format!("introduce one {noun} that stands for the group"),
        ));
    }
    let truth = table(root, &names);
    let mut path = Vec::new();
    match find(root, root, &mut path, &names, &truth) {
        None => Ok(()),
        Some(part) => Err(ParseError::new(
            format!("`{}` changes nothing in this expression", text(part)),
            "remove it: the rest lets in exactly the same callers",
        )),
    }
}

fn collect<'n>(node: &'n Node, names: &mut Vec<&'n str>) {
    match node {
        Node::Term(name) => names.push(name),
        Node::All(parts) | Node::Any(parts) => parts.iter().for_each(|part| collect(part, names)),
    }
}

fn eval(node: &Node, names: &[&str], row: u32) -> bool {
    match node {
        Node::Term(name) => names
            .iter()
            .position(|n| n == name)
            .is_some_and(|i| row & (1 << i) != 0),
        Node::All(parts) => parts.iter().all(|part| eval(part, names, row)),
        Node::Any(parts) => parts.iter().any(|part| eval(part, names, row)),
    }
}

fn table(node: &Node, names: &[&str]) -> Vec<bool> {
    (0..1u32 << names.len()).map(|row| eval(node, names, row)).collect()
}

/// The last part, in reading order, without which the table stays the same: the repetition, not the original.
fn find<'n>(root: &Node, node: &'n Node, path: &mut Vec<usize>, names: &[&str], truth: &[bool]) -> Option<&'n Node> {
    let (Node::All(parts) | Node::Any(parts)) = node else {
        return None;
    };
    for (i, part) in parts.iter().enumerate().rev() {
        path.push(i);
        if table(&without(root, path), names) == truth {
            return Some(part);
        }
        if let Some(found) = find(root, part, path, names, truth) {
            return Some(found);
        }
        path.pop();
    }
    None
}

fn without(node: &Node, path: &[usize]) -> Node {
    let (parts, join): (_, fn(_) -> Node) = match node {
        Node::Term(_) => return node.clone(),
        Node::All(parts) => (parts, Node::All),
        Node::Any(parts) => (parts, Node::Any),
    };
    let kept = parts.iter().enumerate().filter_map(|(i, part)| match path {
        [last] if *last == i => None,
        [next, rest @ ..] if *next == i => Some(without(part, rest)),
        _ => Some(part.clone()),
    });
    join(kept.collect())
}

fn text(node: &Node) -> String {
    let (parts, operator) = match node {
        Node::Term(name) => return name.clone(),
        Node::All(parts) => (parts, " & "),
        Node::Any(parts) => (parts, " | "),
    };
    let parts: Vec<String> = parts
        .iter()
        .map(|part| match (node, part) {
            (Node::All(_), Node::Any(_)) => format!("({})", text(part)),
            _ => text(part),
        })
        .collect();
    parts.join(operator)
}
