//! Z8: other ways of writing a request open nothing that the plain way does not.

use axum::body::Body;

use crate::example_routes::{Credential, ROWS};
use crate::example_stand::{Expect, Stand};
use crate::support::{get, request, send_raw, serve};

/// Every route that answers GET answers HEAD, with the same checks, and without a body.
#[tokio::test]
async fn z8_head_is_guarded_like_get() {
    for row in ROWS.iter().filter(|row| row.method == "GET") {
        for (who, subject, scope) in [
            ("nobody", None, None),
            ("alice", Some("alice"), None),
            ("alice without scope", Some("alice"), Some("other")),
            ("mallory", Some("mallory"), None),
        ] {
            let mut answers = Vec::new();
            for method in ["GET", "HEAD"] {
                let stand = Stand::new();
                let authorization = subject.map(|subject| {
                    let token = row.token(&stand, subject);
                    let token = scope.map_or(token.clone(), |scope| token.scope(scope));
                    format!("Bearer {}", token.sign())
                });
                let mut asked = row.request(authorization.as_deref());
                *asked.method_mut() = method.parse().unwrap();
                let (mut answer, queries) = stand.ask(asked).await;
                // It never is the same twice; and a body's length is on HEAD what hyper adds to GET later.
                for name in ["x-request-id", "content-length"] {
                    answer.headers.remove(name);
                }
                answers.push((answer, queries));
            }
            let [(get, queries), (head, head_queries)] = &answers[..] else {
                unreachable!()
            };
            let what = format!("HEAD {}, {who}", row.uri);
            assert_eq!(head.status, get.status, "{what}");
            assert_eq!(head.headers, get.headers, "{what}");
            assert_eq!(head_queries, queries, "{what}");
            assert!(head.body.is_empty() && !get.body.is_empty(), "{what}");
            if who == "nobody" {
                // Not only the same as GET, but what GET must be.
                let refused = matches!(row.credential, Credential::Needed(_));
                assert_eq!(head.status.as_u16(), if refused { 401 } else { row.success }, "{what}");
            }
        }
    }
}

/// H1: a method that no row names is 405 for everybody, and the handler stays out of it.
#[tokio::test]
async fn h1_other_methods_are_405() {
    for row in &ROWS {
        let here: Vec<_> = ROWS.iter().filter(|other| other.template == row.template).collect();
        let answered = |method: &str| here.iter().any(|row| row.method == method);
        let methods = [
            "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "PROPFIND",
        ];
        for method in methods.into_iter().filter(|method| !answered(method)) {
            let stand = Stand::new();
            let token = row.token(&stand, "alice").sign();
            let mut asked = row.request(Some(&format!("Bearer {token}")));
            *asked.method_mut() = method.parse().unwrap();
            let (answer, queries) = stand.ask(asked).await;
            answer.assert_problem(405);
            let allow: Vec<_> = answer.header("allow").unwrap().split(',').map(str::trim).collect();
            for row in &here {
                assert!(allow.contains(&row.method), "{method} {}: {allow:?}", row.uri);
            }
            assert!(!allow.contains(&method) && queries == 0, "{method} {}", row.uri);
        }
    }
}

/// What the request's own method is not, no header or field makes it.
#[tokio::test]
async fn z8_the_method_cannot_be_overridden() {
    for row in &ROWS {
        for sent in ["GET", "POST", "PUT"] {
            for name in [
                "x-http-method-override",
                "x-http-method",
                "x-method-override",
                "_method",
            ] {
                let stand = Stand::new();
                let authorization = format!("Bearer {}", row.token(&stand, "alice").sign());
                let uri = format!("{}?_method={}", row.uri, row.method);
                let mut asked = row.request(Some(&authorization));
                *asked.method_mut() = sent.parse().unwrap();
                *asked.uri_mut() = uri.parse().unwrap();
                asked.headers_mut().insert(name, row.method.parse().unwrap());
                let what = format!("{sent} {uri} with {name}");
                let named = ROWS
                    .iter()
                    .find(|other| other.template == row.template && other.method == sent);
                match named {
                    Some(same) if same.method == row.method => {
                        // Where a query is read, an unknown name in it is refused.
                        let expect = match row.template {
                            "/users/{user_id}/orders" => Expect::Refused(422, None),
                            _ => Expect::Success,
                        };
                        stand.check(row, &what, asked, &expect).await;
                    }
                    // The other method's route: alice's token has the scope of the method that she pretends to, not this.
                    Some(_) => {
                        let (answer, queries) = stand.ask(asked).await;
                        answer.assert_problem(403);
                        assert_eq!(queries, 0, "{what}");
                    }
                    None => {
                        let (answer, queries) = stand.ask(asked).await;
                        answer.assert_problem(405);
                        assert_eq!(queries, 0, "{what}");
                    }
                }
            }
        }
    }
}

/// Ways to write a path: its answer to alice, to bob, and to nobody.
const PATHS: [(&str, [u16; 3]); 32] = [
    // The plain ways, for comparison.
    ("/users/alice/profile", [200, 403, 401]),
    ("/users/bob/profile", [403, 200, 401]),
    // Decodes to alice, and is hers alone.
    ("/users/%61lice/profile", [200, 403, 401]),
    ("/users/%61%6C%69%63%65/profile", [200, 403, 401]),
    // The query is no part of the path.
    ("/users/alice/profile?user_id=bob", [200, 403, 401]),
    ("/users/alice/profile?/users/bob/profile", [200, 403, 401]),
    // Decodes to something that begins or ends like alice: nobody's.
    ("/users/alice%2Fx/profile", [403, 403, 401]),
    ("/users/alice%2fprofile/profile", [403, 403, 401]),
    ("/users/alice%00/profile", [403, 403, 401]),
    ("/users/alice%20/profile", [403, 403, 401]),
    ("/users/%20alice/profile", [403, 403, 401]),
    ("/users/alice%0d%0a/profile", [403, 403, 401]),
    ("/users/alice;bob/profile", [403, 403, 401]),
    ("/users/alice,bob/profile", [403, 403, 401]),
    ("/users/ALICE/profile", [403, 403, 401]),
    ("/users/%D0%B0lice/profile", [403, 403, 401]),
    ("/users/bob%2F..%2Falice/profile", [403, 403, 401]),
    // Decoded once, not twice.
    ("/users/%2561lice/profile", [403, 403, 401]),
    // Dots are names like any other.
    ("/users/%2e%2e/profile", [403, 403, 401]),
    ("/users/./profile", [403, 403, 401]),
    // An empty name is a name as well, and not of a user's form.
    ("/users//profile", [400, 400, 401]),
    // No UTF-8.
    ("/users/%ff/profile", [400, 400, 401]),
    // Nothing here is normalised: these are other paths, and nobody's.
    ("//users/alice/profile", [404, 404, 404]),
    ("/users//alice/profile", [404, 404, 404]),
    ("/users/alice//profile", [404, 404, 404]),
    ("/users/alice/profile/", [404, 404, 404]),
    ("/Users/alice/profile", [404, 404, 404]),
    ("/users/alice/PROFILE", [404, 404, 404]),
    ("/%75sers/alice/profile", [404, 404, 404]),
    ("/users/alice/%70rofile", [404, 404, 404]),
    ("/users/bob/../alice/profile", [404, 404, 404]),
    ("/users%2Falice%2Fprofile", [404, 404, 404]),
];

#[tokio::test]
async fn z8_no_way_to_write_a_path_opens_another() {
    let stand = Stand::new();
    for (path, expected) in PATHS {
        for (caller, status) in [Some("alice"), Some("bob"), None].into_iter().zip(expected) {
            let authorization = caller.map(|subject| {
                let token = stand.token(subject).scope("read:profile");
                format!("Bearer {}", token.sign())
            });
            let headers: Vec<_> = authorization
                .iter()
                .map(|value| ("authorization", value.as_str()))
                .collect();
            let (answer, queries) = stand.ask(get(path, &headers)).await;
            assert_eq!(answer.status.as_u16(), status, "{path}, {caller:?}: {answer:?}");
            assert_eq!(queries, u64::from(status == 200), "{path}, {caller:?}");
            if status == 200 {
                let (alice, bob) = ("Alice Example", "Bob Example");
                let own = if caller == Some("alice") { alice } else { bob };
                assert_eq!(answer.json()["name"], own, "{path}");
            } else {
                answer.assert_problem(status);
            }
        }
    }
}

/// The same over HTTP/1.1 itself, where the target may also name a host, and a header may name another path.
#[tokio::test]
async fn z8_over_a_socket_targets_and_rewrites_open_nothing() {
    let stand = Stand::new();
    let address = serve(stand.app.clone()).await;
    let token = stand.token("bob").scope("read:profile").sign();
    for (line, status) in [
        ("GET http://api/users/alice/profile HTTP/1.1", "403"),
        ("GET http://evil.example//users/alice/profile HTTP/1.1", "404"),
        ("GET //users/alice/profile HTTP/1.1", "404"),
        ("GET /users/bob/../alice/profile HTTP/1.1", "404"),
        ("GET /users/alice/profile#/users/bob/profile HTTP/1.1", "403"),
        ("GET /x HTTP/1.1\r\nx-original-url: /users/alice/profile", "404"),
        ("GET /health HTTP/1.1\r\nx-rewrite-url: /users/alice/profile", "200"),
    ] {
        let before = stand.db.queries();
        let raw = format!("{line}\r\nhost: api\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\r\n");
        let answer = send_raw(address, raw.as_bytes()).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{line}: {answer}");
        assert!(!answer.contains("Alice"), "{line}: {answer}");
        assert_eq!(stand.db.queries() - before, u64::from(status == "200"), "{line}");
    }
}

/// An identifier that is no user's form is refused before it is compared.
#[tokio::test]
async fn b4_identifiers_have_a_length() {
    for row in ROWS.iter().filter(|row| row.template.contains("{user_id}")) {
        let stand = Stand::new();
        let long = "a".repeat(65);
        let mut asked = row.request(Some(&format!("Bearer {}", row.token(&stand, &long).sign())));
        *asked.uri_mut() = row.uri.replace("alice", &long).parse().unwrap();
        let (answer, queries) = stand.ask(asked).await;
        answer.assert_problem(422);
        assert_eq!(queries, 0, "{}", row.template);
    }
}

/// What no route answers says nothing of who may.
#[tokio::test]
async fn z1_paths_without_a_route_are_404() {
    let stand = Stand::new();
    for path in [
        "/",
        "/users",
        "/users/alice",
        "/organisations/acme",
        "/orders",
        "/.well-known/x",
        "/health/",
    ] {
        let (answer, queries) = stand.ask(request("GET", path, &[], Body::empty())).await;
        answer.assert_problem(404);
        assert_eq!(answer.header("www-authenticate"), None);
        assert_eq!(queries, 0, "{path}");
    }
}
