//! What leaves the process by each kind of answer, over real requests: the same rules hold for the body of any of them, and
//! what goes wrong on the way says nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::{Json, Router};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{MountedEndpoint, Output, Page, Problem, SecureRouter, Security, Shown, Viewer, output, secure};
use serde::Serializer;
use serde::ser::{Error as _, SerializeMap as _};
use serde_json::{Value, json};

use crate::support::{Answer, get, router, send};

/// What nobody may see, whatever happens.
const NEVER: &str = "n3ver";
/// What only some may see.
const SCOPED: &str = "sc0ped";
const OWNED: &str = "0wned";

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
async fn failing() -> (StatusCode, HeaderMap, Json<Failing>) {
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
async fn failed() -> Result<Json<Card>, Broken> {
    Err(Broken(card()))
}

#[secure(get = "/panic", optional)]
async fn panicking() -> Json<Card> {
    panic!("{}", card().never)
}

struct Stand {
    issuer: TestIssuer,
    router: Router,
    endpoints: Vec<MountedEndpoint>,
}

/// The paths of the answers that are good, with their status.
const GOOD: [(&str, u16); 9] = [
    ("/plain", 200),
    ("/status", 202),
    ("/headers", 200),
    ("/both", 201),
    ("/page", 200),
    ("/map", 200),
    ("/around", 200),
    ("/left", 200),
    ("/either", 200),
];

impl Stand {
    fn new() -> Self {
        let issuer = TestIssuer::default();
        let good = (
            plain,
            with_status,
            with_headers,
            with_both,
            paged,
            by_key,
            nested,
            first,
            second,
        );
        let app = SecureRouter::new(Security::builder(issuer.jwt()))
            .mount((good, failing, failed, panicking))
            .build()
            .unwrap();
        Self {
            endpoints: app.endpoints().cloned().collect(),
            router: router(app),
            issuer,
        }
    }

    async fn ask(&self, path: &str, caller: &Caller) -> Answer {
        let bearer = caller.map(|(subject, client, scope)| {
            let token = self.issuer.token(subject).scope(scope).claim("client_id", client);
            format!("Bearer {}", token.sign())
        });
        let headers: Vec<_> = bearer.iter().map(|bearer| ("authorization", bearer.as_str())).collect();
        send(&self.router, get(path, &headers)).await
    }
}

/// Subject, client and scope, or nobody.
type Caller = Option<(&'static str, &'static str, &'static str)>;

/// Who asks, and which of the two restricted members that caller may see: by scope, and as the owner.
const CALLERS: [(Caller, bool, bool); 7] = [
    (None, false, false),
    (Some(("alice", "app", "other")), false, true),
    (Some(("alice", "app", "read:cards")), true, true),
    (Some(("bob", "app", "read:cards")), true, false),
    (Some(("bob", "app", "read:cardsx read")), false, false),
    // The client whose id is the owner's name acts for itself.
    (Some(("alice", "alice", "read:cards")), true, false),
    (Some(("Alice", "app", "other")), false, false),
];

/// The card as such a caller sees it.
fn seen(scoped: bool, owned: bool) -> Value {
    let mut seen = json!({ "user": "alice" });
    if scoped {
        seen["scoped"] = json!(SCOPED);
    }
    if owned {
        seen["owned"] = json!(OWNED);
    }
    seen
}

fn expected(path: &str, scoped: bool, owned: bool) -> Value {
    let card = seen(scoped, owned);
    match path {
        "/both" => json!([7, card]),
        "/page" => json!({ "items": [card, card], "next": "2" }),
        "/map" => json!({ "a": [card, null] }),
        "/around" if scoped => json!({ "inner": card, "more": [card], "by_name": { "a": card } }),
        "/around" => json!({ "inner": card, "by_name": { "a": card } }),
        "/left" => json!({ "kind": "Left", "value": card }),
        "/either" if scoped => json!([{ "kind": "Both", "value": { "left": 1, "right": card } }]),
        "/either" => json!([{ "kind": "Both", "value": { "left": 1 } }]),
        _ => card,
    }
}

#[tokio::test]
async fn z4_the_same_rules_hold_in_every_kind_of_answer() {
    let stand = Stand::new();
    for (path, status) in GOOD {
        for (caller, scoped, owned) in &CALLERS {
            let answer = stand.ask(path, caller).await;
            assert_eq!(answer.status, status, "{path}");
            assert_eq!(answer.header("content-type"), Some("application/json"), "{path}");
            let has_header = matches!(path, "/headers" | "/both");
            assert_eq!(answer.header("x-card"), has_header.then_some("1"), "{path}");
            assert_eq!(answer.json(), expected(path, *scoped, *owned), "{path} {caller:?}");
            let text = String::from_utf8(answer.body).unwrap();
            assert!(!text.contains(NEVER), "{path} {caller:?}");
        }
    }
}

/// An answer that fails is no answer: nothing of what was already written, nor of why.
#[tokio::test]
async fn e3_an_answer_that_fails_says_nothing() {
    let stand = Stand::new();
    for path in ["/failing", "/error", "/panic"] {
        for (caller, ..) in &CALLERS {
            let answer = stand.ask(path, caller).await;
            answer.assert_problem(500);
            assert_eq!(
                answer.json(),
                json!({ "type": "about:blank", "title": "Internal Server Error", "status": 500 })
            );
            let headers = format!("{:?}", answer.headers);
            assert!(
                !headers.contains(NEVER) && answer.header("x-card").is_none(),
                "{path}: {headers}"
            );
        }
    }
}

/// Each restricted member is marked, the one that nobody sees is not there, and every answer is as described.
#[tokio::test]
async fn z4_every_answer_is_as_its_endpoint_describes_it() {
    let stand = Stand::new();
    for (path, _) in GOOD {
        let endpoint = stand.endpoints.iter().find(|endpoint| endpoint.path == path).unwrap();
        let description = endpoint.description();
        let mut schema = description.output().unwrap().as_value().clone();
        schema["$defs"] = Value::Object(description.definitions().clone());
        let mut marked = BTreeSet::new();
        collect(&schema, &mut marked);
        let card = [
            ("owned".to_owned(), json!({ "owner": true }).to_string()),
            ("scoped".to_owned(), json!({ "scope": "read:cards" }).to_string()),
        ];
        assert!(card.iter().all(|member| marked.contains(member)), "{path}: {schema}");
        assert!(!schema.to_string().contains("\"never\""), "{path}: {schema}");
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        for (caller, ..) in &CALLERS {
            let value = stand.ask(path, caller).await.json();
            assert!(validator.is_valid(&value), "{path} {value} {schema}");
        }
    }
}

/// Which members say to whom they are shown.
fn collect(schema: &Value, marked: &mut BTreeSet<(String, String)>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| collect(item, marked)),
        Value::Object(members) => {
            for (name, member) in members {
                if let Some(who) = member.get("x-shown-to") {
                    marked.insert((name.clone(), who.to_string()));
                }
                collect(member, marked);
            }
        }
        _ => {}
    }
}
