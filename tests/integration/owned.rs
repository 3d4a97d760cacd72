//! Objects that a path names: loaded once, for those who may touch them, before anything else is read.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRef, Path};
use axum::http::Request;
use axum::{Json, Router};
use futures_util::stream;
use secure_runtime::testing::{TestIssuer, TestToken};
use secure_runtime::{Owned, Problem, Resource, SecureRouter, Security, input, output, secure};

use crate::support::{Answer, request, router, send};

/// Documents by number: 1 is alice's of acme, 2 bob's of acme, 3 alice's of no tenant, 4 alice's of globex.
#[derive(Clone, Default)]
struct Store {
    loads: Arc<AtomicUsize>,
}

/// The application's state, of which documents are loaded from a part.
#[derive(Clone, Default)]
struct App {
    store: Store,
    handled: Arc<AtomicUsize>,
}

impl FromRef<App> for Store {
    fn from_ref(app: &App) -> Self {
        app.store.clone()
    }
}

#[input]
struct DocumentId(#[input(range(min = 1, max = 1000))] u32);

#[output]
struct Document {
    #[expose]
    number: u32,
    #[expose]
    locked: bool,
    #[expose(never)]
    owner: String,
    #[expose(never)]
    tenant: Option<&'static str>,
}

const FAILS: u32 = 500;
const PANICS: u32 = 501;
const HANGS: u32 = 502;

impl Resource for Document {
    type Id = DocumentId;
    type State = Store;
    type Owner = String;
    type Error = Problem;

    async fn load(DocumentId(number): DocumentId, store: &Store) -> Result<Option<Self>, Problem> {
        store.loads.fetch_add(1, Ordering::SeqCst);
        let (owner, tenant) = match number {
            1 => ("alice", Some("acme")),
            2 => ("bob", Some("acme")),
            3 | 30 => ("alice", None),
            4 => ("alice", Some("globex")),
            FAILS => return Err(Problem::internal("the password of the database is hunter2")),
            PANICS => panic!("the password of the database is hunter2"),
            HANGS => std::future::pending().await,
            _ => return Ok(None),
        };
        Ok(Some(Self {
            number,
            locked: number == 30,
            owner: owner.to_owned(),
            tenant,
        }))
    }

    fn owner(&self) -> &String {
        &self.owner
    }

    fn tenant(&self) -> Option<&str> {
        self.tenant
    }
}

#[secure(get = "/documents/{document_id}", scope = "read", timeout = "1s")]
async fn read_document(document: Owned<Document>) -> Json<Owned<Document>> {
    Json(document)
}

#[secure(
    get = "/hidden/{document_id}",
    scope = "read",
    owner("document_id", or_scope = "admin", hidden)
)]
async fn read_hidden(document: Owned<Document>) -> Json<Owned<Document>> {
    Json(document)
}

#[secure(get = "/tenants/{document_id}", scope = "read", tenant = "document_id")]
async fn read_in_tenant(document: Owned<Document>) -> Json<Document> {
    Json(document.into_inner())
}

#[secure(get = "/shared/{document_id}", scope = "read", shared = "document_id")]
async fn read_shared(document: Owned<Document>) -> Json<Document> {
    Json(document.into_inner())
}

/// What belongs to nobody in particular needs nobody in particular.
#[secure(
    get = "/public/{document_id}",
    public = "documents that are shared",
    shared = "document_id"
)]
async fn read_public(document: Owned<Document>) -> Json<Document> {
    Json(document.into_inner())
}

#[secure(get = "/optional/{document_id}", optional)]
async fn read_optional(document: Owned<Document>) -> Json<Document> {
    Json(document.into_inner())
}

#[input]
struct Change {
    #[input(length(max = 10))]
    text: String,
}

#[secure(put = "/users/{user_id}/documents/{document_id}", scope = "write", owner = "user_id", when = !document.locked)]
async fn change(
    axum::extract::State(app): axum::extract::State<App>,
    Path((user_id, _)): Path<(String, u32)>,
    document: Owned<Document>,
    Json(change): Json<Change>,
) -> String {
    app.handled.fetch_add(1, Ordering::SeqCst);
    format!("{user_id} {} {}", document.number, change.text)
}

struct Stand {
    app: App,
    issuer: TestIssuer,
    router: Router,
}

impl Stand {
    fn new() -> Self {
        let (app, issuer) = (App::default(), TestIssuer::default());
        let documents = (
            read_document,
            read_hidden,
            read_in_tenant,
            read_shared,
            read_optional,
            read_public,
            change,
        );
        let built = SecureRouter::new(Security::builder(issuer.jwt()))
            .mount(documents)
            .with_state(app.clone());
        Self {
            router: router(built.build().unwrap()),
            app,
            issuer,
        }
    }

    fn alice(&self) -> TestToken<'_> {
        self.issuer.token("alice").scope("read write").tenant("acme")
    }

    /// The answer, and how many times something was loaded.
    async fn ask(&self, token: &TestToken<'_>, method: &str, path: &str, body: impl Into<Body>) -> (Answer, usize) {
        let bearer = format!("Bearer {}", token.sign());
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        self.send(request(method, path, &headers, body)).await
    }

    async fn send(&self, request: Request<Body>) -> (Answer, usize) {
        let before = self.app.store.loads.load(Ordering::SeqCst);
        let answer = send(&self.router, request).await;
        (answer, self.app.store.loads.load(Ordering::SeqCst) - before)
    }

    async fn get(&self, token: &TestToken<'_>, path: &str) -> (u16, usize) {
        let (answer, loads) = self.ask(token, "GET", path, Body::empty()).await;
        if answer.status != 200 {
            answer.assert_problem(answer.status.as_u16());
        }
        (answer.status.as_u16(), loads)
    }
}

#[tokio::test]
async fn z2_the_object_is_loaded_once_for_whom_it_belongs_to() {
    let stand = Stand::new();
    let (answer, loads) = stand.ask(&stand.alice(), "GET", "/documents/1", Body::empty()).await;
    assert_eq!(
        (answer.body.as_slice(), loads),
        (&br#"{"number":1,"locked":false}"#[..], 1)
    );
    assert_eq!(
        stand.get(&stand.alice(), "/documents/3").await,
        (200, 1),
        "of no tenant"
    );
    assert_eq!(stand.get(&stand.alice(), "/documents/2").await, (403, 1), "bob's");
    assert_eq!(stand.get(&stand.alice(), "/documents/9").await, (404, 1), "nobody's");
    // J15: the client whose id is alice owns nothing of hers.
    let client = stand.alice().claim("client_id", "alice");
    assert_eq!(stand.get(&client, "/documents/1").await, (403, 1));
    assert_eq!(stand.get(&client, "/hidden/1").await, (404, 1));
}

/// Z5: the tenant of the object is the caller's, by the token; no scope and no ownership stands in for it.
#[tokio::test]
async fn z5_an_object_of_another_tenant_is_out_of_reach() {
    let stand = Stand::new();
    let none = stand.issuer.token("alice").scope("read");
    for (who, token) in [("acme", stand.alice()), ("no tenant", none.clone())] {
        assert_eq!(stand.get(&token, "/documents/4").await, (403, 1), "{who}");
        assert_eq!(stand.get(&token, "/shared/4").await, (403, 1), "{who}");
    }
    let admin = stand.issuer.token("root").scope("read admin").tenant("acme");
    assert_eq!(stand.get(&admin, "/hidden/4").await, (404, 1));
    assert_eq!(
        stand.get(&admin, "/hidden/2").await,
        (200, 1),
        "a scope stands in for the owner"
    );
    assert_eq!(stand.get(&none, "/documents/1").await, (403, 1));
    // By the tenant alone: anybody of it, and nothing that has none.
    let bob = stand.issuer.token("bob").scope("read").tenant("acme");
    assert_eq!(stand.get(&bob, "/tenants/1").await, (200, 1));
    assert_eq!(stand.get(&bob, "/tenants/4").await, (403, 1));
    assert_eq!(stand.get(&bob, "/tenants/3").await, (403, 1));
    assert_eq!(stand.get(&none, "/tenants/3").await, (403, 1));
    assert_eq!(stand.get(&bob, "/shared/1").await, (200, 1), "anybody's, of the tenant");
    assert_eq!(stand.get(&none, "/shared/3").await, (200, 1), "anybody's");
}

/// Z3: status, headers and body, of an object that is another's, of another tenant's, and of one that there is not.
#[tokio::test]
async fn z3_a_hidden_object_is_to_the_byte_one_that_does_not_exist() {
    let mut answers = Vec::new();
    for path in ["/hidden/9", "/hidden/2", "/hidden/4", "/hidden/999"] {
        // Each on a stand of its own, so that limits have counted the same.
        let stand = Stand::new();
        let (mut answer, loads) = stand.ask(&stand.alice(), "GET", path, Body::empty()).await;
        answer.assert_problem(404);
        assert!(answer.headers.remove("x-request-id").is_some());
        assert_eq!(loads, 1, "{path}: the same work");
        answers.push((answer.status, answer.headers, answer.body));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[tokio::test]
async fn nothing_is_loaded_for_who_may_not_ask() {
    let stand = Stand::new();
    let (answer, loads) = stand.send(request("GET", "/documents/1", &[], Body::empty())).await;
    assert_eq!((answer.assert_problem(401).status.as_u16(), loads), (401, 0));
    assert_eq!(
        stand
            .get(&stand.issuer.token("alice").scope("other"), "/documents/1")
            .await,
        (403, 0)
    );
    for malformed in [
        "x",
        "1x",
        "%31x",
        "-1",
        "1.0",
        "4294967296",
        "%00",
        "1%00",
        "%20",
        "%ff",
    ] {
        assert_eq!(
            stand.get(&stand.alice(), &format!("/documents/{malformed}")).await,
            (400, 0),
            "{malformed}"
        );
    }
    for outside in ["0", "1001"] {
        assert_eq!(
            stand.get(&stand.alice(), &format!("/documents/{outside}")).await,
            (422, 0),
            "{outside}"
        );
    }
    for (path, status, loaded) in [("/public/3", 200, 1), ("/public/1", 401, 1), ("/public/9", 404, 1)] {
        let (answer, loads) = stand.send(request("GET", path, &[], Body::empty())).await;
        assert_eq!(
            (answer.status.as_u16(), loads),
            (status, loaded),
            "{path}: of no tenant, or of one"
        );
    }
    let (answer, loads) = stand.send(request("GET", "/optional/1", &[], Body::empty())).await;
    assert_eq!(answer.assert_problem(401).status, 401);
    assert_eq!(loads, 0, "for nobody");
    assert_eq!(stand.get(&stand.alice(), "/optional/1").await, (200, 1));
    assert_eq!(stand.get(&stand.alice(), "/optional/2").await, (403, 1));
}

/// What the path says of the user is compared before anything is loaded by it, and the object before the body is read.
#[tokio::test]
async fn z6_user_object_condition_and_body_in_this_order() {
    let stand = Stand::new();
    let put = |path: &'static str, body: Body| {
        let token = stand.alice();
        let stand = &stand;
        async move {
            let (answer, loads) = stand.ask(&token, "PUT", path, body).await;
            (answer.status.as_u16(), loads)
        }
    };
    let unread = || {
        Body::from_stream(stream::once(async {
            panic!("the body was read") as Result<&str, std::io::Error>
        }))
    };
    let fine = || Body::from(r#"{"text":"new"}"#);
    assert_eq!(
        put("/users/bob/documents/1", unread()).await,
        (403, 0),
        "another user's path"
    );
    assert_eq!(
        put("/users/alice/documents/2", unread()).await,
        (403, 1),
        "another user's object"
    );
    assert_eq!(
        put("/users/alice/documents/30", unread()).await,
        (403, 1),
        "the condition"
    );
    assert_eq!(put("/users/alice/documents/9", unread()).await, (404, 1));
    assert_eq!(stand.app.handled.load(Ordering::SeqCst), 0);
    assert_eq!(
        put("/users/alice/documents/1", Body::from(r#"{"text":7}"#)).await,
        (422, 1)
    );
    assert_eq!(stand.app.handled.load(Ordering::SeqCst), 0);
    assert_eq!(put("/users/alice/documents/1", fine()).await, (200, 1));
    assert_eq!(stand.app.handled.load(Ordering::SeqCst), 1);
}

/// Z7, E3: a load that cannot be carried out denies, and says nothing.
#[tokio::test]
async fn z7_a_load_that_fails_panics_or_hangs_denies() {
    let stand = Stand::new();
    for (number, status) in [(FAILS, 500), (PANICS, 500), (HANGS, 503)] {
        let path = format!("/documents/{number}");
        let alice = stand.alice();
        let asked = stand.ask(&alice, "GET", &path, Body::empty());
        let (answer, loads) = tokio::time::timeout(Duration::from_secs(5), asked).await.unwrap();
        answer.assert_problem(status);
        assert_eq!(loads, 1);
        assert!(!String::from_utf8_lossy(&answer.body).contains("hunter2"), "{answer:?}");
    }
}
