#![deny(warnings)]
use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::{Extension, Json};
use secure_runtime::{Identifier, Input, Report, SecureRouter, input, output, secure};
use serde::Deserialize;

mod support;

#[output]
#[derive(Deserialize)]
struct Page<T, const N: usize> {
    #[expose]
    items: Vec<T>,
}

impl<T: Input, const N: usize> Input for Page<T, N> {
    fn check(&self, report: &mut Report<'_>) {
        if self.items.len() > N {
            report.at("items").breaks("length", "too many");
        }
    }
}

#[derive(Deserialize)]
struct Block([u8; 4]);

impl Input for Block {
    fn check(&self, _: &mut Report<'_>) {}
}

#[input]
struct Tagged<T> {
    id: T,
}

#[input]
struct Id<T>(T);

impl<T: Display> Identifier for Id<T> {
    fn names(&self, who: &str) -> bool {
        self.0.to_string() == who
    }
}

trait Store: Send + Sync {}
struct Memory;
impl Store for Memory {}

#[derive(Deserialize)]
struct Map(BTreeMap<String, [u8; 1 + 1]>);

impl Input for Map {
    fn check(&self, _: &mut Report<'_>) {}
}

#[secure(post = "/pages/{id}", authenticated, owner = "tagged.id", when = page.items.len() < 5)]
async fn create(
    Path(tagged): Path<Tagged<Id<u64>>>,
    State(store): State<Arc<dyn Store>>,
    Extension(names): Extension<Arc<[&'static str]>>,
    Extension(run): Extension<fn(&str) -> usize>,
    Json(page): Json<Page<Option<Box<Vec<String>>>, { 2 * 50 }>>,
) -> Json<Page<Option<Box<Vec<String>>>, 100>> {
    drop((tagged.id.0, store, names, run("x")));
    Json(page)
}

#[secure(post = "/blocks", authenticated)]
async fn blocks(Json((block, map)): Json<(Block, Map)>) -> String {
    format!("{:?}{:?}", block.0, map.0)
}

#[secure(post = "/qualified", authenticated)]
async fn qualified(Json(text): <Vec<u8> as Wrapped>::In) -> <Vec<u8> as Wrapped>::Out {
    Json(text)
}

trait Wrapped {
    type In;
    type Out;
}

impl Wrapped for Vec<u8> {
    type In = Json<String>;
    type Out = Json<String>;
}

fn main() {
    let store: Arc<dyn Store> = Arc::new(Memory);
    let app = SecureRouter::new(support::security())
        .mount((create, blocks, qualified))
        .with_state::<()>(store)
        .build()
        .expect("it starts");
    assert_eq!(app.endpoints().count(), 3);
}
