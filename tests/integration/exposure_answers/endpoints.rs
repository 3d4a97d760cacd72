//! An answer of every kind around one type, and such as fail on the way.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use secure_runtime::{Anyone, Mount, Output, Page, Problem, Shown, Viewer, output, secure};
use serde::Serializer;
use serde::ser::{Error as _, SerializeMap as _};

/// What nobody may see, whatever happens.
pub(super) const NEVER: &str = "n3ver";
/// What only some may see.
pub(super) const SCOPED: &str = "sc0ped";
pub(super) const OWNED: &str = "0wned";

#[output(owner = "user")]
#[derive(Clone)]
struct Card {
    #[expose]
    user: String,
    #[expose(scope = "read:cards")]
    scoped: &'static str,
    #[expose(owner)]
    owned: &'static str,
    #[expose(never)]
    never: &'static str,
}

fn card() -> Card {
    let card = Card {
        user: "alice".to_owned(),
        scoped: SCOPED,
        owned: OWNED,
        never: NEVER,
    };
    assert_eq!(card.never, NEVER);
    card
}

/// The type that it holds decides about itself.
#[output]
struct Around<T> {
    #[expose]
    inner: T,
    #[expose(scope = "read:cards")]
    more: Vec<T>,
    #[expose]
    by_name: HashMap<String, Option<Box<T>>>,
}

#[output]
#[serde(tag = "kind", content = "value")]
enum Either<A, B> {
    Left(#[expose] A),
    Both {
        #[expose]
        left: A,
        #[expose(scope = "read:cards")]
        right: B,
    },
}

#[secure(get = "/plain", optional)]
async fn plain() -> Json<Card> {
    Json(card())
}

#[secure(get = "/status", optional)]
async fn with_status() -> (StatusCode, Json<Card>) {
    (StatusCode::ACCEPTED, Json(card()))
}

fn header() -> HeaderMap {
    HeaderMap::from_iter([("x-card".parse().unwrap(), HeaderValue::from_static("1"))])
}

#[secure(get = "/headers", optional)]
async fn with_headers() -> (HeaderMap, Json<Arc<Card>>) {
    (header(), Json(Arc::new(card())))
}

#[secure(get = "/both", optional)]
async fn with_both() -> Result<(StatusCode, HeaderMap, Json<(u8, Card)>), Problem> {
    Ok((StatusCode::CREATED, header(), Json((7, card()))))
}

#[secure(get = "/page", optional)]
async fn paged() -> Json<Page<Card>> {
    Json(Page {
        items: vec![card(), card()],
        next: Some("2".to_owned()),
    })
}

#[secure(get = "/map", optional)]
async fn by_key() -> Json<BTreeMap<String, Vec<Option<Card>>>> {
    Json(BTreeMap::from([("a".to_owned(), vec![Some(card()), None])]))
}

#[secure(get = "/around", optional)]
async fn nested() -> Json<Around<Card>> {
    Json(Around {
        inner: card(),
        more: vec![card()],
        by_name: HashMap::from([("a".to_owned(), Some(Box::new(card())))]),
    })
}

#[secure(get = "/left", optional)]
async fn first() -> Json<Either<Card, &'static str>> {
    Json(Either::Left(card()))
}

#[secure(get = "/either", optional)]
async fn second() -> Json<Vec<Either<u8, Card>>> {
    Json(vec![Either::Both { left: 1, right: card() }])
}

/// Written by hand, and it fails when half of it is written.
struct Failing(Card);

impl Output for Failing {
    fn show<S: Serializer>(&self, viewer: &Viewer, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("card", &Shown::new(&self.0, viewer))?;
        map.serialize_entry("never", self.0.never)?;
        Err(S::Error::custom(format!("{} cannot be written", self.0.never)))
    }
}

#[secure(get = "/failing", optional)]
pub(super) async fn failing() -> (StatusCode, HeaderMap, Json<Failing>) {
    let headers = HeaderMap::from_iter([("x-card".parse().unwrap(), HeaderValue::from_static(NEVER))]);
    (StatusCode::CREATED, headers, Json(Failing(card())))
}

impl From<Broken> for Problem {
    fn from(broken: Broken) -> Self {
        Self::internal(format!("{} is broken", broken.0.never))
    }
}

struct Broken(Card);

#[secure(get = "/error", optional)]
pub(super) async fn failed() -> Result<Json<Card>, Broken> {
    Err(Broken(card()))
}

#[secure(get = "/panic", optional)]
pub(super) async fn panicking() -> Json<Card> {
    panic!("{}", card().never)
}

/// The endpoints of [`GOOD`](super::GOOD).
pub(super) fn good() -> impl Mount<(), Anyone> {
    (
        (plain, with_status, with_headers, with_both),
        (paged, by_key, nested, first, second),
    )
}
