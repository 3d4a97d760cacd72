use std::time::Duration;

use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::server::{Answer, Server};
use super::{outbound, run};
use crate::Secret;
use crate::authn::remote::error::{RemoteError, What};
use crate::authn::remote::fetch::FetchFault;
use crate::authn::remote::{ClientAuthentication, Failure, Introspection, Introspector};
use crate::clock::Clock;

pub(super) const INACTIVE: Failure = Failure::Invalid("the access token is not active");
pub(super) const PATH: &str = "/introspect";

pub(super) struct Setting {
    pub(super) server: Server,
    pub(super) introspector: Introspector,
    pub(super) clock: Clock,
}

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn prepare(introspection: Introspection, clock: &Clock) -> Introspector {
    let mut faults = Vec::new();
    let introspector = introspection.prepare(clock, &mut faults);
    introspector.unwrap_or_else(|| panic!("{faults:?}"))
}

fn introspection(server: &Server) -> Introspection {
    Introspection::issuer("https://id.example.com")
        .audience("api")
        .client(ClientAuthentication::basic("my-api", secret("s3cret")))
        .endpoint(server.url(PATH))
        .outbound(outbound())
}

/// An endpoint that calls every token active.
pub(super) async fn setting(options: impl FnOnce(Introspection) -> Introspection) -> Setting {
    let (server, clock) = (Server::start().await, Clock::held_at(10_000));
    server.set(PATH, Answer::Json(active(10_600)));
    let introspector = prepare(options(introspection(&server)), &clock);
    Setting {
        server,
        introspector,
        clock,
    }
}

pub(super) fn active(exp: u64) -> String {
    let answer = json!({ "active": true, "sub": "alice", "client_id": "shop", "aud": "api", "exp": exp });
    answer.to_string()
}

pub(super) fn unavailable(fault: FetchFault) -> Failure {
    Failure::Unavailable(RemoteError::Fetch(What::Introspection, fault))
}

#[test]
fn i1_the_question_is_an_authenticated_form() {
    run(async {
        let Setting {
            server, introspector, ..
        } = setting(|i| i).await;
        assert_eq!(&*introspector.introspect("tok/en+1==").await.unwrap().subject, "alice");
        let asked = &server.asked()[0];
        assert_eq!(asked.method, Method::POST);
        assert_eq!(asked.headers["content-type"], "application/x-www-form-urlencoded");
        assert_eq!(asked.headers["accept"], "application/json");
        assert_eq!(
            asked.headers["authorization"],
            format!("Basic {}", STANDARD.encode("my-api:s3cret"))
        );
        assert_eq!(asked.body, "token=tok%2Fen%2B1%3D%3D&token_type_hint=access_token");
    });
}

#[test]
fn i1_ids_and_secrets_are_encoded_before_they_are_joined() {
    run(async {
        let odd = "a:b c%é+&=";
        let Setting {
            server, introspector, ..
        } = setting(|i| i.client(ClientAuthentication::basic("id:1", secret(odd)))).await;
        introspector.introspect("token").await.unwrap();
        let encoded = STANDARD.encode("id%3A1:a%3Ab+c%25%C3%A9%2B%26%3D");
        assert_eq!(server.asked()[0].headers["authorization"], format!("Basic {encoded}"));

        let Setting {
            server, introspector, ..
        } = setting(|i| i.client(ClientAuthentication::post("id:1", secret(odd)))).await;
        introspector.introspect("token").await.unwrap();
        let asked = &server.asked()[0];
        assert!(!asked.headers.contains_key("authorization"));
        assert!(
            asked
                .body
                .ends_with("&client_id=id%3A1&client_secret=a%3Ab+c%25%C3%A9%2B%26%3D"),
            "{}",
            asked.body
        );

        let Setting {
            server, introspector, ..
        } = setting(|i| i.client(ClientAuthentication::bearer(secret("own")))).await;
        introspector.introspect("token").await.unwrap();
        assert_eq!(server.asked()[0].headers["authorization"], "Bearer own");
    });
}

#[test]
fn i1_nobody_unnamed_asks_and_no_secret_is_shown() {
    let faults_of = |introspection: Introspection| {
        let mut faults = Vec::new();
        assert!(introspection.prepare(&Clock::default(), &mut faults).is_none());
        faults.len()
    };
    let fine = || {
        Introspection::issuer("https://id.example.com")
            .audience("api")
            .client(ClientAuthentication::basic("my-api", secret("s3cret")))
    };
    prepare(fine(), &Clock::default());
    assert_eq!(
        faults_of(Introspection::issuer("https://id.example.com").audience("api")),
        1
    );
    assert_eq!(
        faults_of(
            Introspection::issuer("http://id.example.com")
                .audience("")
                .endpoint("http://b.example")
        ),
        3
    );
    for client in [
        ClientAuthentication::basic("", secret("s")),
        ClientAuthentication::post("id", secret("")),
        ClientAuthentication::bearer(secret("two words")),
    ] {
        assert_eq!(faults_of(fine().client(client)), 1);
    }
    for introspection in [
        fine().cache(Duration::from_secs(61)),
        fine().cached_tokens(0),
        fine().calls(0),
        fine().calls(1025),
        fine().leeway(Duration::from_secs(301)),
        fine().without_expiry(Duration::ZERO),
        fine().endpoint("http://id.example.com/introspect"),
        fine().outbound(outbound().timeout(Duration::ZERO)),
    ] {
        assert_eq!(faults_of(introspection), 1);
    }
    for client in [
        ClientAuthentication::basic("id", secret("s3cret")),
        ClientAuthentication::post("id", secret("s3cret")),
        ClientAuthentication::bearer(secret("s3cret")),
    ] {
        let shown = format!(
            "{client:?} {:?}",
            fine().client(ClientAuthentication::bearer(secret("s3cret")))
        );
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}

#[test]
fn i3_inactive_is_401_and_whatever_the_server_cannot_say_is_503() {
    run(async {
        let Setting {
            server, introspector, ..
        } = setting(|i| i.cache(Duration::ZERO)).await;
        let malformed = Failure::Unavailable(RemoteError::Malformed(What::Introspection));
        for (answer, failure) in [
            (Answer::Json(r#"{"active":false}"#.to_owned()), INACTIVE),
            (Answer::Json(active(1)), Failure::Invalid("the access token expired")),
            (Answer::Json("true".to_owned()), malformed),
            (Answer::Json(r#"{"active":"true"}"#.to_owned()), malformed),
            (
                Answer::Typed("text/html", b"{}".to_vec()),
                unavailable(FetchFault::MediaType),
            ),
            (
                Answer::Typed("application/token-introspection+jwt", b"e30".to_vec()),
                unavailable(FetchFault::MediaType),
            ),
            (Answer::Status(400), unavailable(FetchFault::Status(400))),
            (Answer::Status(401), unavailable(FetchFault::Status(401))),
            (Answer::Status(403), unavailable(FetchFault::Status(403))),
            (Answer::Status(404), unavailable(FetchFault::Status(404))),
            (Answer::Status(500), unavailable(FetchFault::Status(500))),
            (
                Answer::Like(401, "application/json", r#"{"active":false}"#.to_owned()),
                unavailable(FetchFault::Status(401)),
            ),
            (
                Answer::Like(401, "application/json", active(10_600)),
                unavailable(FetchFault::Status(401)),
            ),
            (Answer::Redirect(server.url("/yes")), unavailable(FetchFault::Redirect)),
            (Answer::Endless, unavailable(FetchFault::TooLarge)),
            (Answer::Hang, unavailable(FetchFault::TimedOut)),
        ] {
            server.set("/yes", Answer::Json(active(10_600)));
            server.set(PATH, answer);
            let refused = introspector.introspect("token").await.err().unwrap();
            assert_eq!(refused, failure);
            let status = match failure {
                Failure::Invalid(_) => StatusCode::UNAUTHORIZED,
                Failure::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            };
            assert_eq!(refused.into_problem().status(), status);
        }
        assert_eq!(server.count("/yes"), 0);
        // And it is asked again, so nothing of this lasts.
        server.set(PATH, Answer::Json(active(10_600)));
        assert!(introspector.introspect("token").await.is_ok());
    });
}

#[test]
fn i3_no_failure_is_cached() {
    run(async {
        let Setting {
            server, introspector, ..
        } = setting(|i| i).await;
        server.set(PATH, Answer::Status(500));
        assert!(introspector.introspect("token").await.is_err());
        server.set(PATH, Answer::Json(active(10_600)));
        assert!(introspector.introspect("token").await.is_ok());
    });
}

#[test]
fn i1_what_is_no_token_is_not_asked_about() {
    run(async {
        let Setting {
            server, introspector, ..
        } = setting(|i| i).await;
        let longest = "t".repeat(16 * 1024);
        for bad in ["", "==", "a b", "a&token=b", "a\n", "é", &format!("{longest}t")] {
            let refused = introspector.introspect(bad).await.err();
            assert_eq!(
                refused,
                Some(Failure::Invalid("the access token is malformed")),
                "{bad}"
            );
        }
        assert_eq!(server.asked().len(), 0);
        assert!(introspector.introspect(&longest).await.is_ok());
    });
}

#[test]
fn i1_the_endpoint_is_where_the_metadata_says() {
    run(async {
        let (server, clock) = (Server::start().await, Clock::held_at(10_000));
        let issuer = server.url("");
        let well_known = "/.well-known/openid-configuration";
        let serve = |document: Value| server.set(well_known, Answer::Json(document.to_string()));
        let introspection = || {
            let client = ClientAuthentication::basic("my-api", secret("s3cret"));
            Introspection::issuer(&issuer)
                .audience("api")
                .client(client)
                .outbound(outbound())
        };
        let introspector = prepare(introspection(), &clock);
        server.set(PATH, Answer::Json(active(10_600)));
        server.set("/moved", Answer::Json(active(10_600)));

        serve(json!({ "issuer": issuer, "introspection_endpoint": server.url(PATH) }));
        let tokens: Vec<String> = (0..20).map(|i| format!("token{i}")).collect();
        let verdicts = join_all(tokens.iter().map(|token| introspector.introspect(token))).await;
        assert!(verdicts.iter().all(Result::is_ok));
        assert_eq!((server.count(well_known), server.count(PATH)), (1, 20));

        // It moves: the metadata is asked for again, but not for each token.
        serve(json!({ "issuer": issuer, "introspection_endpoint": server.url("/moved") }));
        server.set(PATH, Answer::Status(404));
        for token in ["a", "b", "c"] {
            assert!(introspector.introspect(token).await.is_err());
        }
        assert_eq!(server.count(well_known), 1);
        clock.advance(Duration::from_secs(30));
        assert!(introspector.introspect("a").await.is_ok());
        assert_eq!((server.count(well_known), server.count("/moved")), (2, 1));

        // A day later nobody says where it is: it is where it was, and not every token waits to hear that.
        clock.advance(Duration::from_secs(24 * 3600));
        server.set("/moved", Answer::Json(active(200_000)));
        server.set(well_known, Answer::Status(500));
        for token in ["d", "e", "f"] {
            assert!(introspector.introspect(token).await.is_ok());
        }
        assert_eq!(server.count(well_known), 3);

        for (document, error) in [
            (
                json!({ "issuer": "https://evil.example" }),
                RemoteError::OtherIssuer { by_slash: false },
            ),
            (json!({ "issuer": issuer }), RemoteError::NoPlace(What::Introspection)),
        ] {
            serve(document);
            let refused = prepare(introspection(), &clock).introspect("token").await.err();
            assert_eq!(refused, Some(Failure::Unavailable(error)));
        }
    });
}
