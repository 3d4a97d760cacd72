//! `Security::from_config`: what a file says, and every fault of it at once, with its line.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use axum::Json;
use axum::body::{Body, Bytes};
use futures_util::stream;
use secure_runtime::testing::{AUDIENCE, ISSUER, TestIssuer};
use secure_runtime::{SecureRouter, Security, input, secure};

use crate::support::{get, request, router, send};

#[secure(get = "/orders", scope = "read:orders", role = "manager")]
async fn list() {}

/// A folder of its own, which goes with the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("secure-config-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The faults of this configuration.
    pub(crate) fn faults(&self, text: &str) -> String {
        let path = self.write("security.toml", text);
        Security::from_config(path).build().unwrap_err().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const TOML: &str = r#"
realm = "orders"
default_rate = "5/min"
default_max_body = "2KiB"
default_timeout = "3s"
default_body_timeout = "2s"
max_concurrency = 500
failed_authentication_rate = "7/min"
max_head = 9000
limiter_capacity = 1000
token_cache = "1MiB"

[roles]
director = ["manager"]
manager = []

[resource_metadata]
resource = "https://api.test"

[[jwt]]
issuer = "https://issuer.test"
audience = ["https://api.test", "https://old.test"]
leeway = "10s"

[[jwt.key]]
algorithm = "ES256"
id = "one"
public_key = { file = "key.pem" }
"#;

#[tokio::test]
async fn a_file_says_what_the_builder_would() {
    let folder = Folder::new("right");
    let issuer = TestIssuer::default();
    folder.write("key.pem", issuer.public_pem().unwrap());
    let json = serde_json::json!({
        "realm": "orders",
        "default_rate": "5/min",
        "roles": { "director": ["manager"], "manager": [] },
        "resource_metadata": { "resource": "https://api.test" },
        "jwt": [{
            "issuer": ISSUER,
            "audience": AUDIENCE,
            "key": [{ "algorithm": "ES256", "public_key": { "file": "key.pem" } }],
        }],
    });
    for path in [
        folder.write("security.toml", TOML),
        folder.write("security.json", &json.to_string()),
    ] {
        let app = SecureRouter::new(Security::from_config(path))
            .mount(list)
            .build()
            .unwrap();
        let router = router(app);
        let token = issuer.token("alice").scope("read:orders").roles(&["director"]).sign();
        let answer = send(
            &router,
            get("/orders", &[("authorization", &format!("Bearer {token}"))]),
        )
        .await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.header("x-ratelimit-limit"), Some("5"));
        let refused = send(&router, get("/orders", &[])).await;
        let challenge = refused.header("www-authenticate").unwrap();
        assert!(
            challenge.starts_with("Bearer realm=\"orders\", resource_metadata="),
            "{challenge}"
        );
    }
}

#[tokio::test]
async fn l7_a_file_leaves_out_the_older_headers_of_limits() {
    let folder = Folder::new("older-headers");
    let issuer = TestIssuer::default();
    folder.write("key.pem", issuer.public_pem().unwrap());
    let path = folder.write(
        "security.toml",
        &format!("without_legacy_rate_limit_headers = true\n{TOML}"),
    );
    let app = SecureRouter::new(Security::from_config(path))
        .mount(list)
        .build()
        .unwrap();
    let token = format!("Bearer {}", issuer.token("alice").scope("read:orders").sign());
    let answer = send(&router(app), get("/orders", &[("authorization", &token)])).await;
    assert_eq!(answer.header("ratelimit-policy"), Some("\"caller\";q=5;w=60"));
    assert_eq!(answer.header("x-ratelimit-limit"), None);
}

#[input]
struct Note {
    #[input(length(max = 100))]
    text: String,
}

#[secure(post = "/notes", public = "a test")]
async fn write_note(Json(note): Json<Note>) -> String {
    note.text
}

#[tokio::test]
async fn l11_a_file_says_how_long_a_body_may_take_and_how_many_there_may_be() {
    let folder = Folder::new("deadlines");
    folder.write("key.pem", TestIssuer::default().public_pem().unwrap());
    let text = TOML
        .replace("default_body_timeout = \"2s\"", "default_body_timeout = \"700ms\"")
        .replace("max_concurrency = 500", "max_concurrency = 1");
    let security = Security::from_config(folder.write("security.toml", &text));
    let router = router(SecureRouter::new(security).mount(write_note).build().unwrap());
    let silent = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
    let post = |body| request("POST", "/notes", &[("content-type", "application/json")], body);
    let began = Instant::now();
    let waits = tokio::spawn({
        let (router, request) = (router.clone(), post(silent));
        async move { send(&router, request).await }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let refused = send(&router, post(Body::from("{}"))).await;
    refused.assert_problem(503);
    assert!(refused.header("retry-after").is_some());
    waits.await.unwrap().assert_problem(408);
    // The whole time is three seconds.
    assert!(began.elapsed() < Duration::from_millis(2_500), "{:?}", began.elapsed());
    assert_eq!(send(&router, post(Body::from(r#"{"text":"a"}"#))).await.status, 200);

    let faults = folder.faults("default_body_timeout = \"0s\"\nmax_concurrency = \"many\"\nmax_concurency = 1\n");
    for expected in [
        "security.toml:1, `default_body_timeout`: a time-out of zero",
        "security.toml:2, `max_concurrency`: is a text, and must be a whole number",
        "security.toml:3, `max_concurency`: is no option\n    help: did you mean `max_concurrency`?",
    ] {
        assert!(faults.contains(expected), "{expected}\n\nin\n{faults}");
    }
    let none = TOML.replace("max_concurrency = 500", "max_concurrency = 0");
    assert!(folder.faults(&none).contains("`max_concurrency` must be above zero"));
}

#[test]
fn every_fault_is_reported_at_once_with_its_line() {
    let folder = Folder::new("faults");
    let text = r#"
realm = 7
default_rat = "5/min"
default_max_body = "much"
zebra = true
[[jwt]]
issuer = "https://issuer.test"
audiences = "https://api.test"
[[jwt.key]]
algorithm = "none"
public_key = "x"
[[jwt.key]]
algorithm = "HS256"
secret = "a secret of at least 32 bytes, in the file"
[[jwt.key]]
algorithm = "ES256"
public_key = { file = "absent.pem" }
[[jwt.key]]
algorithm = "HS256"
secret = { env = "SECURE_TEST_NO_SUCH_VARIABLE" }
[resource_metadata]
resource = "http://api.test"
"#;
    let faults = folder.faults(text);
    for expected in [
        "security.toml:2, `realm`: is a number, and must be a text",
        "security.toml:3, `default_rat`: is no option\n    help: did you mean `default_rate`?",
        "security.toml:4, `default_max_body`",
        "security.toml:5, `zebra`: is no option\n    help: remove it; there are `",
        "security.toml:6, `jwt[0]`: `audience` is missing",
        "security.toml:8, `jwt[0].audiences`: is no option\n    help: did you mean `audience`?",
        "security.toml:10, `jwt[0].key[0].algorithm`: is `none`, which is none of its values",
        "security.toml:14, `jwt[0].key[1].secret`: is a secret, and stands in the configuration itself",
        "security.toml:17, `jwt[0].key[2].public_key`: the file `absent.pem` cannot be read",
        "security.toml:20, `jwt[0].key[3].secret`: the environment has no variable `SECURE_TEST_NO_SUCH_VARIABLE`",
        "the resource is not https",
    ] {
        assert!(faults.contains(expected), "{expected}\n\nin\n{faults}");
    }
    assert!(
        faults.starts_with("11 faults keep the application from starting"),
        "{faults}"
    );
    // A secret that stands where it should not is not repeated.
    assert!(!faults.contains("32 bytes"), "{faults}");
}

#[test]
fn what_is_no_file_or_no_toml_is_said() {
    let folder = Folder::new("unreadable");
    let absent = Security::from_config(folder.0.join("absent.toml")).build().unwrap_err();
    assert!(absent.to_string().contains("the file cannot be read"), "{absent}");
    let broken = folder.faults("realm = \"a\"\nrealm = \"b\"\nx = = 1\n");
    assert!(
        broken.contains("security.toml:2") && broken.contains("security.toml:3"),
        "{broken}"
    );
    let twice = folder.write("twice.json", r#"{"realm":"a","realm":"b"}"#);
    let twice = Security::from_config(twice).build().unwrap_err();
    assert!(
        twice.to_string().contains("names a member of an object twice"),
        "{twice}"
    );
    assert!(folder.faults("").contains("there is no way in"));
}

#[test]
fn secrets_come_from_the_environment_or_a_file() {
    let folder = Folder::new("secrets");
    let key = |secret: &str| {
        format!(
            "[[jwt]]\nissuer = \"https://issuer.test\"\naudience = \"a\"\n[[jwt.key]]\nalgorithm = \"HS256\"\nsecret = {secret}\n"
        )
    };
    folder.write("secret", "a secret of at least 32 bytes, in a file\n");
    let path = folder.write("fine.toml", &key("{ file = \"secret\" }"));
    assert!(Security::from_config(path).build().is_ok());
    // 32 bytes with the line feed, and 31 without it: it is no part of the secret.
    folder.write("short", "a secret of at least 32 bytes..\n");
    assert!(folder.faults(&key("{ file = \"short\" }")).contains("has 31 bytes"));
    for wrong in [
        "{}",
        "{ env = \"A\", file = \"b\" }",
        "{ env = 7 }",
        "{ value = \"x\" }",
        "[\"x\"]",
        "true",
    ] {
        let faults = folder.faults(&key(wrong));
        assert!(
            faults.contains("security.toml:6, `jwt[0].key[0].secret"),
            "{wrong}: {faults}"
        );
    }
}
