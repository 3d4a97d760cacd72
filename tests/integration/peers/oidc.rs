//! node-oidc-provider: an OpenID provider that others wrote, in `tests/peers`.

use std::fmt::Display;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::peers::http;
use crate::peers::process::{Folder, Process};
use crate::support::Answer;

/// Our audience at the provider. A client has this id as well, so that its ID tokens have the audience of access tokens.
pub(crate) const AUDIENCE: &str = "https://api.test";

/// The secret of each of the provider's clients.
const SECRET: &str = "a-secret-of-a-client-of-a-test-provider";

/// A running provider. Its keys survive [`restart`](Self::restart), its opaque tokens do not.
pub(crate) struct Provider {
    process: Process,
    folder: Folder,
    options: Options,
    address: SocketAddr,
}

/// What a provider is started with.
#[derive(Clone)]
pub(crate) struct Options {
    /// The sets of keys that it publishes; the first signs. A set keeps its keys under its name.
    pub(crate) sets: Vec<&'static str>,
    /// Each set has a key for each of these.
    pub(crate) algorithms: Vec<&'static str>,
    /// Of access tokens, in seconds.
    pub(crate) lifetime: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            sets: vec!["a"],
            algorithms: vec!["RS256", "PS256", "ES256", "EdDSA"],
            lifetime: 600,
        }
    }
}

impl Provider {
    /// Starts it on a free port, and waits until it answers.
    pub(crate) fn start(options: Options) -> Self {
        let folder = Folder::new("oidc-provider");
        let (process, port) = launch(&folder, &options, 0);
        let address = ([127, 0, 0, 1], port).into();
        Self {
            process,
            folder,
            options,
            address,
        }
    }

    /// Kills it, and starts it on the same port with these sets of keys.
    pub(crate) fn restart(&mut self, sets: &[&'static str]) {
        self.process.kill();
        self.options.sets = sets.to_vec();
        (self.process, _) = launch(&self.folder, &self.options, self.address.port());
    }

    /// As a power cut would.
    pub(crate) fn kill(&mut self) {
        self.process.kill();
    }

    pub(crate) fn issuer(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The published keys.
    pub(crate) async fn keys(&self) -> Vec<Value> {
        let answer = http::get(self.address, "/jwks").await.unwrap();
        assert_eq!(answer.status, 200, "{answer:?}{}", self.process.printed());
        answer.json()["keys"].as_array().unwrap().clone()
    }

    /// A token for the client `machine` itself, by the client credentials grant (RFC 6749 §4.4), for a resource (RFC 8707):
    /// `https://api.test/es256` is a JWT signed by ES256 for [`AUDIENCE`], and `https://api.test/opaque` is opaque.
    pub(crate) async fn client_token(&self, resource: &str, scope: &str) -> String {
        let form = [
            ("grant_type", "client_credentials"),
            ("resource", resource),
            ("scope", scope),
        ];
        let answer = self.post_form("machine", "/token", &form).await;
        assert_eq!(answer.status, 200, "{answer:?}{}", self.process.printed());
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    /// A token of a user, as a login would end: `{resource, subject, scope, claims, jkt}`.
    pub(crate) async fn user_token(&self, asked: Value) -> String {
        self.test_route("/test/user-token", asked).await
    }

    /// An ID token of a user for the client [`AUDIENCE`], signed by the first algorithm: `{subject, claims}`.
    pub(crate) async fn id_token(&self, asked: Value) -> String {
        self.test_route("/test/id-token", asked).await
    }

    /// As [`id_token`](Self::id_token), of the kind that ends sessions.
    pub(crate) async fn logout_token(&self, asked: Value) -> String {
        self.test_route("/test/logout-token", asked).await
    }

    /// These texts, signed by the provider's key for this algorithm.
    pub(crate) async fn sign(&self, algorithm: &str, header: &str, claims: impl Display) -> String {
        let asked = json!({ "algorithm": algorithm, "header": header, "claims": claims.to_string() });
        self.test_route("/test/sign", asked).await
    }

    /// What the API asks about a token (RFC 7662), as the client `api`.
    pub(crate) async fn introspect(&self, token: &str) -> Value {
        let answer = self.post_form("api", "/token/introspection", &[("token", token)]).await;
        assert_eq!(answer.status, 200, "{answer:?}{}", self.process.printed());
        answer.json()
    }

    /// Revokes a token of the client `machine` (RFC 7009).
    pub(crate) async fn revoke(&self, token: &str) {
        let answer = self
            .post_form("machine", "/token/revocation", &[("token", token)])
            .await;
        assert_eq!(answer.status, 200, "{answer:?}{}", self.process.printed());
    }

    async fn post_form(&self, client: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(form).unwrap();
        let credentials = format!("Basic {}", STANDARD.encode(format!("{client}:{SECRET}")));
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("authorization", &credentials),
        ];
        http::post(self.address, path, &headers, body).await.unwrap()
    }

    async fn test_route(&self, path: &str, asked: Value) -> String {
        let answer = http::post(self.address, path, &[], asked.to_string()).await.unwrap();
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}{}", self.process.printed());
        answer.json()["token"].as_str().unwrap().to_owned()
    }
}

/// Where the peers in JavaScript are, with what they need.
pub(crate) fn scripts() -> PathBuf {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../peers"));
    let installed = folder.join("node_modules/.package-lock.json");
    assert!(
        installed.exists(),
        "the peers in tests/peers are not installed: run `cargo xtask peers`"
    );
    folder.to_owned()
}

/// Starts one of the scripts with this argument, in JSON.
pub(crate) fn script(name: &'static str, argument: &Value) -> Process {
    let mut node = Command::new("node");
    let node = node.arg(scripts().join(name)).arg(argument.to_string());
    Process::start(name, node, "apt-get install nodejs npm")
}

fn launch(folder: &Folder, options: &Options, port: u16) -> (Process, u16) {
    let argument = json!({
        "port": port,
        "directory": folder.path(),
        "sets": options.sets,
        "algorithms": options.algorithms,
        "lifetime": options.lifetime,
    });
    let process = script("provider.mjs", &argument);
    let ready: Value = serde_json::from_str(&process.line()).unwrap();
    let port = ready["port"].as_u64().and_then(|port| port.try_into().ok()).unwrap();
    (process, port)
}
