//! What a router refuses to start with, and that composition only tightens.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get as plain_get;
use secure_runtime::jwt::{Jwt, Key, MacAlgorithm, SignatureAlgorithm};
use secure_runtime::testing::{AUDIENCE, TestIssuer};
use secure_runtime::{
    Answer, Callers, Opaque, Principal, RoleHierarchy, Routes, SecureRouter, Security, StartupFaults, get, post, put,
    secure,
};

use crate::support::{self, request, send};

#[secure(get = "/open", public = "a test")]
async fn open() -> &'static str {
    "open"
}

#[secure(get = "/maybe", optional)]
async fn maybe(caller: Option<Principal>) -> String {
    caller.map_or("nobody".to_owned(), |caller| caller.subject().to_owned())
}

#[secure(get = "/mine", authenticated)]
async fn mine() -> &'static str {
    "mine"
}

#[secure(get = "/mine", scope = "other")]
async fn mine_again() {}

#[secure(authenticated)]
async fn without_route() -> &'static str {
    "somewhere"
}

#[secure(authenticated, owner = "user_id")]
async fn of_user(Path(user_id): Path<String>) -> String {
    user_id
}

#[secure(authenticated, owner = "id")]
async fn misnamed(Path(id): Path<String>) -> String {
    id
}

#[secure(post = "/jobs", role = "ghost")]
async fn for_ghosts() {}

#[secure(post = "/size", authenticated, max_body = "100B", timeout = "10s")]
async fn size(Json(text): Json<String>) -> String {
    text.len().to_string()
}

fn faults(result: Result<secure_runtime::SecureApp, StartupFaults>) -> Vec<String> {
    let faults = result.expect_err("it must not start");
    faults.iter().map(ToString::to_string).collect()
}

/// The faults that the issue names, and more: one run says all of them, each with its place and its mending.
#[test]
fn every_fault_is_reported_at_once() {
    let jwt = Jwt::issuer("")
        .audience(AUDIENCE)
        .key(Key::secret(MacAlgorithm::Hs256, *b"short"))
        .key(Key::public_pem(
            SignatureAlgorithm::Es256,
            "-----BEGIN PUBLIC KEY-----\nnot a key\n-----END PUBLIC KEY-----",
        ))
        .key(Key::public_pem(SignatureAlgorithm::Rs256, "nothing").with_id("a"))
        .key(Key::public_pem(SignatureAlgorithm::EdDsa, "").with_id("a"));
    let security = Security::builder(jwt)
        .realm("my \"api\"")
        .default_rate("0/min")
        .default_max_body("none")
        .default_timeout("0s")
        .roles(RoleHierarchy::new().role("admin", &["phantom"]));
    let router: SecureRouter = SecureRouter::new(security)
        .mount((mine, mine_again, without_route, for_ghosts))
        .route("/users/{id}", get(of_user))
        .route("/people/{id}", get(misnamed).put(misnamed))
        .route("/people/{who}", post(misnamed))
        .route("jobs", post(without_route))
        .route("/elsewhere", get(mine))
        .nest("v1", Routes::new().mount(open))
        .unsecured("", axum::Router::new());
    let faults = faults(router.build());
    let text = faults.join("\n");
    for part in [
        "the issuer is empty",
        "the HS256 secret has 5 bytes, and HS256 needs 32 or more",
        "key 2: this is not a P-256 public key in PEM",
        "key 3: this is not an RSA public key in PEM",
        "key 4: this is not an Ed25519 public key in PEM",
        "two keys have the id \"a\"",
        "the realm cannot stand in a header",
        "SecurityBuilder::default_rate: a rate of zero",
        "SecurityBuilder::default_max_body: `none` is not a size",
        "SecurityBuilder::default_timeout: a time-out of zero",
        "includes \"phantom\", which is not declared",
        "mine_again`: answers `GET /mine`, as endpoint",
        "without_route`: has no route",
        "of_user`: nothing says whose `{id}` in `/users/{id}` may be",
        "of_user`: `owner = \"user_id\"` names a path parameter that `/users/{id}` does not have",
        "differs from `/people/{id}` only in its parameters' names",
        "the path `jobs` does not start with `/`",
        "its attribute says `GET /mine`, the router `GET /elsewhere`",
        "nest(\"v1\", …)",
        "gives no reason why these routes need no security",
    ] {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
    assert!(faults.iter().all(|fault| fault.contains("help: ")), "{text}");
    // No secret in a message.
    assert!(!text.contains("short") && !text.contains("not a key"), "{text}");
}

#[test]
fn roles_outside_the_hierarchy_do_not_start() {
    let issuer = TestIssuer::default();
    let security = Security::builder(issuer.jwt()).roles(RoleHierarchy::new().role("admin", &[]));
    let faults = faults(SecureRouter::<()>::new(security).mount(for_ghosts).build());
    assert_eq!(faults.len(), 1);
    assert!(faults[0].contains("asks for the role \"ghost\""), "{faults:?}");
}

#[test]
fn an_unsecured_router_cannot_take_a_secured_route() {
    let issuer = TestIssuer::default();
    let plain = axum::Router::new().route("/mine", plain_get(|| async { "stolen" }));
    let router: SecureRouter = SecureRouter::new(Security::builder(issuer.jwt()))
        .mount(mine)
        .unsecured("why", plain);
    assert!(faults(router.build())[0].contains("has a route that an endpoint of this application has"));
}

#[tokio::test(flavor = "current_thread")]
async fn z1_only_what_is_mounted_exists_and_the_rest_is_a_problem() {
    let issuer = TestIssuer::default();
    let plain = axum::Router::new().route("/static", plain_get(|| async { "file" }));
    let app = SecureRouter::new(Security::builder(issuer.jwt()))
        .mount((open, maybe, mine))
        .route("/somewhere", get(without_route).post(without_route))
        .unsecured("static files", plain)
        .build()
        .unwrap();
    let listed: Vec<String> = app.endpoints().map(|e| format!("{} {}", e.method, e.path)).collect();
    assert_eq!(
        listed,
        [
            "GET /open",
            "GET /maybe",
            "GET /mine",
            "GET /somewhere",
            "POST /somewhere"
        ]
    );
    assert_eq!(app.unsecured().collect::<Vec<_>>(), ["static files"]);

    let router = support::router(app);
    let token = format!("Bearer {}", issuer.token("alice").sign());
    let auth = [("authorization", token.as_str())];
    for (path, body) in [
        ("/open", "open"),
        ("/maybe", "alice"),
        ("/mine", "mine"),
        ("/somewhere", "somewhere"),
        ("/static", "file"),
    ] {
        let answer = send(&router, support::get(path, &auth)).await;
        assert_eq!(
            (answer.status.as_u16(), answer.body.as_slice()),
            (200, body.as_bytes()),
            "{path}"
        );
    }
    assert_eq!(send(&router, support::get("/maybe", &[])).await.body, b"nobody");
    send(&router, support::get("/absent", &auth)).await.assert_problem(404);
    let answer = send(&router, request("DELETE", "/somewhere", &auth, "")).await;
    answer.assert_problem(405);
    assert_eq!(answer.header("allow"), Some("GET,HEAD,POST"));
    for method in ["TRACE", "CONNECT", "PROPFIND", "get"] {
        send(&router, request(method, "/mine", &auth, ""))
            .await
            .assert_problem(405);
    }
}

fn inner() -> Routes<(), Callers> {
    Routes::for_callers()
        .demand_scope("inner")
        .demand_rate("3/min")
        .mount(mine)
        .route("/users/{user_id}", put(of_user))
}

/// A child's demands and its parents' hold beside the endpoint's own policy, all of them.
#[tokio::test(flavor = "current_thread")]
async fn composition_only_tightens() {
    let issuer = TestIssuer::default();
    let outer = Routes::for_callers()
        .demand_scope("outer")
        .demand_max_body("10B")
        .demand_max_body("1MiB")
        .mount(size)
        .nest("/inner", inner());
    let app = SecureRouter::new(Security::builder(issuer.jwt()))
        .nest("/outer/", outer)
        .mount(open)
        .build()
        .unwrap();
    let router = support::router(app);
    let token = |scope: &str| format!("Bearer {}", issuer.token("alice").scope(scope).sign());

    // The fourth comes too soon for the demanded limit.
    for (scope, status) in [
        ("outer inner", 200),
        ("outer", 403),
        ("inner", 403),
        ("outer inner", 429),
    ] {
        let bearer = token(scope);
        let answer = send(
            &router,
            support::get("/outer/inner/mine", &[("authorization", &bearer)]),
        )
        .await;
        assert_eq!(answer.status.as_u16(), status, "{scope:?}");
        // Two limits of one caller: the endpoint's default, and the demanded one, which is tighter.
        assert_eq!(
            answer.header("ratelimit-policy"),
            Some("\"caller\";q=300;w=60, \"caller-2\";q=3;w=60")
        );
        assert_eq!(answer.header("x-ratelimit-limit"), Some("3"));
        let challenge = answer.header("www-authenticate").unwrap_or_default();
        assert_eq!(challenge.contains("insufficient_scope"), status == 403, "{challenge}");
    }
    let bearer = token("outer inner");
    let auth = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    send(&router, request("PUT", "/outer/inner/users/bob", &auth, ""))
        .await
        .assert_problem(403);
    assert_eq!(
        send(&router, request("PUT", "/outer/inner/users/alice", &auth, ""))
            .await
            .status,
        200
    );
    // The endpoint says 100 B, the routes around it 10 B.
    assert_eq!(
        send(&router, request("POST", "/outer/size", &auth, "\"12345678\""))
            .await
            .body,
        b"8"
    );
    send(&router, request("POST", "/outer/size", &auth, "\"123456789\""))
        .await
        .assert_problem(413);
}

mod scopes {
    secure_runtime::scopes! {
        /// Reads jobs.
        pub READ_JOBS = "read:jobs";
        pub ADMIN = "admin";
    }
}

mod roles {
    secure_runtime::roles! {
        pub WRITER = "writer";
    }
}

#[secure(get = "/jobs", scope = scopes::READ_JOBS & self::scopes::ADMIN, role = roles::WRITER)]
async fn list_jobs() {}

#[secure(get = "/jobs/old", scope = "read:jobz | admin")]
async fn list_old_jobs() {}

/// Declared constants are the strings that they stand for, and the vocabulary holds at start-up as well.
#[test]
fn a_vocabulary_holds_for_constants_and_for_strings() {
    let issuer = TestIssuer::default();
    let build = |scopes| {
        let security = Security::builder(issuer.jwt()).scopes(scopes);
        SecureRouter::<()>::new(security)
            .mount((list_jobs, list_old_jobs))
            .build()
    };
    let faults = faults(build(scopes::ALL));
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].contains("asks for the scope \"read:jobz\""), "{faults:?}");
    let app = SecureRouter::<()>::new(Security::builder(issuer.jwt()).scopes(scopes::ALL))
        .mount(list_jobs)
        .build();
    let policy = app.unwrap().endpoints().next().unwrap().policy;
    let secure_runtime::policy::Access::Caller { scope, role } = &policy.access else {
        panic!("{policy:?}");
    };
    assert_eq!(scope.as_ref().unwrap().to_string(), "read:jobs & admin");
    assert_eq!(role.as_ref().unwrap().to_string(), "writer");
    assert_eq!(roles::ALL, [roles::WRITER]);
}

/// An endpoint on a plain axum router is guarded all the same, and answers its own method only.
#[tokio::test(flavor = "current_thread")]
async fn z8_protect_guards_on_a_plain_router() {
    let issuer = TestIssuer::default();
    let security = Security::builder(issuer.jwt()).build().unwrap();
    let router = axum::Router::new()
        .route("/mine", plain_get(security.protect(mine)).post(security.protect(mine)))
        .layer(axum::extract::connect_info::MockConnectInfo(support::CLIENT));
    let token = format!("Bearer {}", issuer.token("alice").sign());
    let auth = [("authorization", token.as_str())];
    send(&router, support::get("/mine", &[])).await.assert_problem(401);
    assert_eq!(send(&router, support::get("/mine", &auth)).await.status, 200);
    let head = send(&router, request("HEAD", "/mine", &auth, "")).await;
    assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
    send(&router, request("HEAD", "/mine", &[], ""))
        .await
        .status
        .is_client_error()
        .then_some(())
        .unwrap();
    let answer = send(&router, request("POST", "/mine", &auth, "")).await;
    answer.assert_problem(405);
    assert_eq!(answer.header("allow"), Some("GET"));
}

/// Handlers in modules, in functions, with raw names, of any answer.
mod nested {
    pub(super) mod deeper {
        use secure_runtime::secure;

        /// A handler with a keyword's name, in a module.
        #[secure(get = "/nested/move", authenticated)]
        pub(in super::super) async fn r#move() -> &'static str {
            "moved"
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn handlers_may_stand_anywhere_and_answer_anything() {
    #[secure(get = "/local", authenticated)]
    async fn local() -> Opaque<impl axum::response::IntoResponse> {
        Opaque(([("x-kind", "local")], "here"))
    }

    #[secure(get = "/created", authenticated)]
    async fn created() -> (StatusCode, Json<Vec<u8>>) {
        (StatusCode::CREATED, Json(vec![1, 2]))
    }

    struct Custom;

    impl Answer for Custom {
        fn answer(self, viewer: secure_runtime::Viewer) -> Result<axum::response::Response, secure_runtime::Problem> {
            StatusCode::ACCEPTED.answer(viewer)
        }
    }

    #[secure(get = "/custom", authenticated)]
    async fn custom() -> Custom {
        Custom
    }

    let issuer = TestIssuer::default();
    let app = SecureRouter::new(Security::builder(issuer.jwt()))
        .mount((local, created, custom, nested::deeper::r#move))
        .build()
        .unwrap();
    assert!(
        app.endpoints()
            .any(|endpoint| endpoint.policy.endpoint.ends_with("deeper::move"))
    );
    let router = support::router(app);
    let token = format!("Bearer {}", issuer.token("alice").sign());
    let auth = [("authorization", token.as_str())];
    for (path, status, body) in [
        ("/local", 200, "here"),
        ("/created", 201, "[1,2]"),
        ("/custom", 202, ""),
        ("/nested/move", 200, "moved"),
    ] {
        let answer = send(&router, support::get(path, &auth)).await;
        assert_eq!(
            (answer.status.as_u16(), answer.body.as_slice()),
            (status, body.as_bytes()),
            "{path}"
        );
    }
}

/// The state may be of any type, and an endpoint takes the part of it that it needs.
#[tokio::test(flavor = "current_thread")]
async fn the_state_is_of_any_type() {
    use axum::extract::{FromRef, State};

    #[derive(Clone)]
    struct Whole {
        part: &'static str,
    }
    #[derive(Clone)]
    struct Part(&'static str);
    impl FromRef<Whole> for Part {
        fn from_ref(whole: &Whole) -> Self {
            Self(whole.part)
        }
    }

    #[secure(get = "/part", authenticated)]
    async fn get_part(State(part): State<Part>) -> &'static str {
        part.0
    }
    #[secure(get = "/whole", authenticated)]
    async fn get_whole(State(whole): State<Whole>) -> &'static str {
        whole.part
    }

    let issuer = TestIssuer::default();
    let app = SecureRouter::new(Security::builder(issuer.jwt()))
        .mount((get_part, get_whole))
        .with_state(Whole { part: "piece" })
        .mount(mine)
        .build()
        .unwrap();
    let router = support::router(app);
    let token = format!("Bearer {}", issuer.token("alice").sign());
    for path in ["/part", "/whole"] {
        assert_eq!(
            send(&router, support::get(path, &[("authorization", &token)]))
                .await
                .body,
            b"piece"
        );
    }
}
