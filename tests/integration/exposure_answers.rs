//! What leaves the process by each kind of answer, over real requests: the same rules hold for the body of any of them, and
//! what goes wrong on the way says nothing.

mod endpoints;

use std::collections::BTreeSet;

use axum::Router;
use secure_runtime::testing::TestIssuer;
use secure_runtime::{MountedEndpoint, SecureRouter, Security};
use serde_json::{Value, json};

use crate::support::{Answer, get, router, send};
use endpoints::{NEVER, OWNED, SCOPED, failed, failing, good, panicking};

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
        let app = SecureRouter::new(Security::builder(issuer.jwt()))
            .mount((good(), failing, failed, panicking))
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

mod vocabulary {
    secure_runtime::scopes! {
        /// Not the one that the card's member asks for.
        pub OTHER = "read:card";
    }
}

/// Whatever the card stands in, a scope that nobody can have is found before the first request.
#[test]
fn z4_a_misspelt_scope_is_found_in_every_kind_of_answer() {
    let security = Security::builder(TestIssuer::default().jwt()).scopes(vocabulary::ALL);
    let faults = SecureRouter::new(security).mount(good()).build().unwrap_err();
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults.len(), GOOD.len(), "{faults:#?}");
    assert!(
        faults.iter().all(|fault| fault.contains("\"read:cards\"")),
        "{faults:#?}"
    );
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
