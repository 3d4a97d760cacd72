#![deny(warnings)]
use std::collections::BTreeMap;

use axum::Json;
use secure_runtime::{Patch, input, output, secure};

mod support;

#[input]
struct Tree {
    #[input(length(max = 9))]
    children: Vec<Tree>,
    left: Option<Box<Tree>>,
    #[input(length(max = 9))]
    by_name: BTreeMap<String, Tree>,
    right: Patch<Box<Self>>,
    #[input(length(max = 9))]
    others: Vec<Self>,
}

#[input]
struct Person {
    #[input(length(max = 9))]
    friends: Vec<Group>,
}

#[input]
struct Group {
    #[input(length(max = 9))]
    members: Vec<Person>,
}

#[input]
enum Expression {
    Number(u8),
    Not(Box<Expression>),
    All(#[input(length(max = 9))] Vec<Self>),
    Sum { left: Box<Expression>, right: Box<Self> },
}

#[input]
struct List<T> {
    head: T,
    tail: Option<Box<List<T>>>,
}

#[input]
struct Many(#[input(length(max = 9))] Vec<Many>);

#[input]
struct First(#[input(length(max = 9))] Vec<Second>);

#[input]
struct Second(Option<Box<First>>);

#[output]
struct ShownMany(#[expose] Vec<ShownMany>);

#[output]
struct ShownFirst(#[expose] Vec<ShownSecond>);

#[output]
struct ShownSecond(#[expose] Option<Box<ShownFirst>>);

#[output]
struct Shown {
    #[expose]
    children: Vec<Shown>,
    #[expose(scope = "a")]
    left: Option<Box<Self>>,
    #[expose]
    by_name: BTreeMap<String, Shown>,
}

#[output]
struct ShownPerson {
    #[expose]
    friends: Vec<ShownGroup>,
}

#[output]
struct ShownGroup {
    #[expose]
    members: Vec<ShownPerson>,
}

#[output]
#[serde(tag = "kind", content = "value")]
enum ShownExpression {
    Number(#[expose] u8),
    Not(#[expose] Box<Self>),
    Sum {
        #[expose]
        left: Box<ShownExpression>,
        #[expose]
        right: Box<Self>,
    },
}

#[output]
struct ShownList<T> {
    #[expose]
    head: T,
    #[expose]
    tail: Option<Box<ShownList<T>>>,
}

fn shown(tree: Tree) -> Shown {
    let _ = tree.right.is_absent();
    Shown {
        children: tree.children.into_iter().chain(tree.others).map(shown).collect(),
        left: tree.left.map(|left| Box::new(shown(*left))),
        by_name: tree.by_name.into_iter().map(|(name, tree)| (name, shown(tree))).collect(),
    }
}

fn shown_expression(expression: Expression) -> ShownExpression {
    let boxed = |expression: Box<Expression>| Box::new(shown_expression(*expression));
    match expression {
        Expression::Number(number) => ShownExpression::Number(number),
        Expression::Not(of) => ShownExpression::Not(boxed(of)),
        Expression::All(all) => ShownExpression::Number(all.len().try_into().unwrap_or(u8::MAX)),
        Expression::Sum { left, right } => ShownExpression::Sum { left: boxed(left), right: boxed(right) },
    }
}

#[secure(post = "/trees", authenticated)]
async fn trees(Json(tree): Json<Tree>) -> Json<Shown> {
    Json(shown(tree))
}

#[secure(post = "/persons", authenticated)]
async fn persons(Json(person): Json<Person>) -> Json<ShownPerson> {
    let shown = |group: Group| {
        let members = group.members.iter().map(|_| ShownPerson { friends: vec![] });
        ShownGroup { members: members.collect() }
    };
    Json(ShownPerson { friends: person.friends.into_iter().map(shown).collect() })
}

#[secure(post = "/expressions", authenticated)]
async fn expressions(Json(expression): Json<Expression>) -> Json<ShownExpression> {
    Json(shown_expression(expression))
}

#[secure(post = "/lists", authenticated)]
async fn lists(Json(list): Json<List<u8>>) -> Json<ShownList<u8>> {
    let tail = list.tail.map(|tail| Box::new(ShownList { head: tail.head, tail: None }));
    Json(ShownList { head: list.head, tail })
}

#[secure(post = "/newtypes", authenticated)]
async fn newtypes(Json((many, first)): Json<(Many, First)>) -> Json<(ShownMany, ShownFirst)> {
    let shown = many.0.into_iter().map(|many| ShownMany(many.0.into_iter().map(|_| ShownMany(vec![])).collect()));
    let first = first.0.into_iter().map(|second| ShownSecond(second.0.map(|_| Box::new(ShownFirst(vec![])))));
    Json((ShownMany(shown.collect()), ShownFirst(first.collect())))
}

fn main() {
    support::starts((trees, persons, expressions, lists, newtypes), 5);
}
