//! Several issuers side by side, and issuers that do not follow RFC 9068.

use axum::Json;
use secure_runtime::jwt::{Jwt, SignatureAlgorithm};
use secure_runtime::testing::{AUDIENCE, ISSUER, TestIssuer};
use secure_runtime::{Principal, SecureRouter, Security, input, output, secure};
use serde_json::json;

use crate::jwt_door::Door;
use crate::support::{get, request, router, send};

const OTHER: &str = "https://other.test";

/// Two issuers with an audience each, and a verifier that takes both.
struct Two {
    first: TestIssuer,
    second: TestIssuer,
    door: Door,
}

fn two() -> Two {
    let (first, second) = (TestIssuer::default(), TestIssuer::new(SignatureAlgorithm::EdDsa));
    let other = Jwt::issuer(OTHER).audience("https://other-api.test").key(second.key());
    let door = Door::of(Security::builder(first.jwt()).accept(other).owners_from([ISSUER]));
    Two { first, second, door }
}

#[tokio::test]
async fn j9_each_issuer_is_let_in_with_its_own_key_and_audience() {
    let two = two();
    two.door.admits("the first", &two.first.token("alice").sign()).await;
    let token = two
        .second
        .token("alice")
        .claim("iss", OTHER)
        .claim("aud", "https://other-api.test");
    let (answer, entered) = two.door.ask("/door", &token.sign()).await;
    assert!(entered, "{answer:?}");
    assert_eq!(answer.body, b"https://other.test alice");
}

#[tokio::test]
async fn j9_a_key_of_one_issuer_never_verifies_for_the_other() {
    let two = two();
    let forged = [
        ("the first's name with the second's key", two.second.token("alice")),
        (
            "the second's name with the first's key",
            two.first
                .token("alice")
                .claim("iss", OTHER)
                .claim("aud", "https://other-api.test"),
        ),
        (
            "the second's name, the first's audience",
            two.second.token("alice").claim("iss", OTHER),
        ),
        (
            "the first's name, the second's audience",
            two.first.token("alice").claim("aud", "https://other-api.test"),
        ),
        ("a third", two.first.token("alice").claim("iss", "https://third.test")),
        (
            "a slash more",
            two.first.token("alice").claim("iss", format!("{ISSUER}/")),
        ),
        (
            "another case",
            two.first.token("alice").claim("iss", "https://ISSUER.test"),
        ),
        (
            "both names",
            two.first.token("alice").claim("iss", json!([ISSUER, OTHER])),
        ),
        ("no name", two.first.token("alice").without("iss")),
    ];
    for (what, token) in forged {
        two.door.refuses(what, &token.sign()).await;
    }
    // Twice, and each reader takes another.
    for (one, another) in [(ISSUER, OTHER), (OTHER, ISSUER)] {
        let claims = two.first.token("alice").without("iss").claims_json();
        let claims = format!("{{\"iss\":\"{one}\",\"iss\":\"{another}\",{}", &claims[1..]);
        let token = two.first.sign_raw(r#"{"typ":"at+jwt","alg":"ES256"}"#, &claims);
        two.door.refuses("two issuers", &token).await;
    }
}

/// A subject is unique within its issuer only.
#[tokio::test]
async fn j15_the_same_subject_of_another_issuer_is_somebody_else() {
    let two = two();
    let of_other = |subject| {
        let token = two.second.token(subject).claim("iss", OTHER);
        token.claim("aud", "https://other-api.test").sign()
    };
    let (alice, other_alice) = (two.first.token("alice").sign(), of_other("alice"));
    assert_eq!(two.door.ask("/users/alice", &alice).await.0.status, 200);
    let (answer, entered) = two.door.ask("/users/alice", &other_alice).await;
    assert_eq!((answer.status.as_u16(), entered), (403, false));
    // Known or not: the cache knows whose users own what.
    assert_eq!(two.door.ask("/users/alice", &other_alice).await.0.status, 403);
    assert_eq!(two.door.ask("/door", &other_alice).await.0.status, 200);
}

#[input]
#[output(owner = "author")]
struct Note {
    #[input(owner, length(max = 64))]
    #[expose]
    author: String,
    #[input(length(max = 64))]
    #[expose(owner)]
    text: String,
}

#[secure(post = "/notes", authenticated)]
async fn write_note(Json(note): Json<Note>) -> Json<Note> {
    Json(note)
}

#[secure(get = "/notes", authenticated)]
async fn read_note() -> Json<Note> {
    Json(Note {
        author: "alice".to_owned(),
        text: "mine".to_owned(),
    })
}

/// The same holds for members of what goes in and out.
#[tokio::test]
async fn j15_z4_members_of_an_owner_are_for_users_of_the_right_issuer() {
    let (first, second) = (TestIssuer::default(), TestIssuer::default());
    let other = Jwt::issuer(OTHER).audience(AUDIENCE).key(second.key());
    let security = Security::builder(first.jwt()).accept(other).owners_from([ISSUER]);
    let router = router(
        SecureRouter::new(security)
            .mount((write_note, read_note))
            .build()
            .unwrap(),
    );
    let ask = async |method: &str, token: String, body: &'static str| {
        let authorization = format!("Bearer {token}");
        let headers = [
            ("authorization", authorization.as_str()),
            ("content-type", "application/json"),
        ];
        send(&router, request(method, "/notes", &headers, body)).await
    };
    let note = r#"{"author":"alice","text":"mine"}"#;
    let (alice, bob) = (first.token("alice").sign(), first.token("bob").sign());
    let other_alice = second.token("alice").claim("iss", OTHER).sign();
    assert_eq!(ask("POST", alice.clone(), note).await.status, 200);
    assert_eq!(ask("GET", alice, "").await.json()["text"], "mine");
    for somebody_else in [bob, other_alice] {
        assert_eq!(ask("POST", somebody_else.clone(), note).await.status, 403);
        let read = ask("GET", somebody_else, "").await;
        assert_eq!(read.json(), json!({ "author": "alice" }));
    }
}

#[test]
fn j15_with_several_issuers_it_has_to_be_said_whose_users_own_objects() {
    let (first, second) = (TestIssuer::default(), TestIssuer::default());
    let both = || Security::builder(first.jwt()).accept(Jwt::issuer(OTHER).audience("a").key(second.key()));
    assert!(both().build().unwrap_err().to_string().contains(".owners_from(["));
    assert!(both().owners_from([ISSUER]).build().is_ok());
    assert!(both().owners_from([ISSUER, OTHER]).build().is_ok());
    let nobody: [&str; 0] = [];
    assert!(both().owners_from(nobody).build().is_ok());
    let misspelt = both().owners_from([format!("{ISSUER}/")]).build().unwrap_err();
    assert!(
        misspelt.to_string().contains("no issuer that is accepted"),
        "{misspelt}"
    );
    // One issuer needs no word about it, and may be told that its users own nothing.
    assert!(Security::builder(first.jwt()).build().is_ok());
}

#[test]
fn an_issuer_that_is_accepted_twice_is_a_fault() {
    let issuer = TestIssuer::default();
    let faults = Security::builder(issuer.jwt())
        .accept(issuer.jwt())
        .build()
        .unwrap_err();
    assert!(faults.to_string().contains("accepted twice"), "{faults}");
}

#[tokio::test]
async fn j10_one_of_several_audiences_will_do() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt().or_audience("https://old-name.test"));
    for fine in [
        json!(AUDIENCE),
        json!("https://old-name.test"),
        json!(["x", "https://old-name.test"]),
    ] {
        door.admits(&fine, &issuer.token("alice").claim("aud", fine.clone()).sign())
            .await;
    }
    for wrong in [
        json!("https://old-name.test/"),
        json!(["x"]),
        json!([]),
        json!(null),
        json!(7),
    ] {
        door.refuses(&wrong, &issuer.token("alice").claim("aud", wrong.clone()).sign())
            .await;
    }
    door.refuses("none", &issuer.token("alice").without("aud").sign()).await;
}

#[secure(get = "/who", authenticated)]
async fn who(caller: Principal) -> String {
    let list = |names: Vec<&str>| names.join(",");
    format!(
        "{} {} {}",
        caller.client_id().unwrap_or("-"),
        list(caller.scopes().collect()),
        list(caller.roles().collect())
    )
}

/// What an application knows of the sender of this token, or the status.
async fn known(jwt: Jwt, token: &str) -> Result<String, u16> {
    let app = SecureRouter::new(Security::builder(jwt)).mount(who).build().unwrap();
    let credential = format!("Bearer {token}");
    let answer = send(&router(app), get("/who", &[("authorization", &credential)])).await;
    if answer.status == 200 {
        Ok(String::from_utf8(answer.body).unwrap())
    } else {
        Err(answer.status.as_u16())
    }
}

#[tokio::test]
async fn j14_scopes_may_stand_in_another_claim_and_be_a_list() {
    let issuer = TestIssuer::default();
    let ask = async |claim: serde_json::Value| {
        let token = issuer.token("alice").scope("ignored").claim("scp", claim).sign();
        known(issuer.jwt().scope_claim("scp"), &token).await
    };
    assert_eq!(ask(json!("read write")).await.unwrap(), "test-client read,write ");
    assert_eq!(ask(json!(["read", "write"])).await.unwrap(), "test-client read,write ");
    assert_eq!(ask(json!([])).await.unwrap(), "test-client  ");
    // One entry that would count as two.
    for wrong in [
        json!(["read write"]),
        json!(7),
        json!(null),
        json!([7]),
        json!({"read": true}),
    ] {
        assert_eq!(ask(wrong.clone()).await, Err(401), "{wrong}");
    }
    // Without the option, the claim does not count, and `scope` must be a text.
    let token = issuer.token("alice").claim("scp", "read").sign();
    assert_eq!(known(issuer.jwt(), &token).await.unwrap(), "test-client  ");
    let token = issuer.token("alice").claim("scope", json!(["read"])).sign();
    assert_eq!(known(issuer.jwt(), &token).await, Err(401));
}

#[tokio::test]
async fn roles_and_client_may_stand_elsewhere() {
    let issuer = TestIssuer::default();
    let jwt = || issuer.jwt().roles_at(["realm_access", "roles"]).client_id_claim("azp");
    let token = issuer
        .token("alice")
        .roles(&["root"])
        .claim("realm_access", json!({"roles": ["clerk"]}));
    let token = token.claim("azp", "shop").without("client_id");
    assert_eq!(known(jwt(), &token.sign()).await.unwrap(), "shop  clerk");
    assert_eq!(
        known(jwt(), &token.clone().without("realm_access").sign())
            .await
            .unwrap(),
        "shop  "
    );
    for wrong in [
        json!("clerk"),
        json!({"roles": "clerk"}),
        json!({"roles": [1]}),
        json!(["clerk"]),
    ] {
        let token = token.clone().claim("realm_access", wrong.clone());
        assert_eq!(known(jwt(), &token.sign()).await, Err(401), "{wrong}");
    }
    assert_eq!(known(jwt(), &token.clone().without("azp").sign()).await, Err(401));
    assert_eq!(
        known(jwt(), &token.claim("azp", json!(["shop"])).sign()).await,
        Err(401)
    );
    // A dot in a claim's name is part of it.
    let token = issuer.token("alice").claim("https://a.test/roles", json!(["clerk"]));
    let jwt = issuer.jwt().roles_claim("https://a.test/roles");
    assert_eq!(known(jwt, &token.sign()).await.unwrap(), "test-client  clerk");
}

#[tokio::test]
async fn j10_another_claim_may_stand_for_the_audience() {
    let issuer = TestIssuer::default();
    let jwt = || issuer.jwt().audience_claim("client_id");
    let token = issuer.token("alice").without("aud").claim("client_id", AUDIENCE);
    assert!(known(jwt(), &token.sign()).await.is_ok());
    assert_eq!(
        known(jwt(), &token.clone().claim("client_id", "another").sign()).await,
        Err(401)
    );
    assert_eq!(
        known(jwt(), &token.claim("client_id", json!([AUDIENCE])).sign()).await,
        Err(401)
    );
    // It is not looked at beside it.
    let token = issuer.token("alice").claim("aud", AUDIENCE);
    assert_eq!(known(jwt(), &token.sign()).await, Err(401));
}

#[tokio::test]
async fn d7_a_bound_token_is_refused_as_bearer() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    let thumbprint = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
    for cnf in [
        json!({"jkt": thumbprint}),
        json!({"x5t#S256": thumbprint}),
        json!({"jkt": thumbprint, "x5t#S256": thumbprint}),
        json!({"kid": "a binding that we do not know"}),
        json!({}),
        json!(null),
        json!("text"),
        json!({"jkt": null}),
        json!({"jkt": 7}),
    ] {
        door.refuses(&cnf, &issuer.token("alice").claim("cnf", cnf.clone()).sign())
            .await;
    }
}
