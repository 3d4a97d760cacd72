mod caching;
mod discovering;
mod fetching;
mod introspecting;
mod keys;
mod outage;
mod refreshing;
mod server;
mod tls;

use std::time::Duration;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::{KeySource, Outbound, RemoteKeys};
use crate::clock::Clock;

fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(test)
}

/// Impatient, so that a test which has to wait does not take long.
fn outbound() -> Outbound {
    Outbound::new().timeout(Duration::from_millis(600))
}

fn source(issuer: &str, keys: RemoteKeys, clock: &Clock) -> KeySource {
    let mut faults = Vec::new();
    let keys = keys.outbound(outbound()).startup_wait(Duration::from_secs(2));
    let source = keys.prepare(issuer, "test", clock, &mut faults);
    source.unwrap_or_else(|| panic!("{faults:?}"))
}

/// Lets a refresh beside the test come to its end.
async fn settle(source: &KeySource) {
    while source.is_refreshing() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn ec(kid: &str) -> Value {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let point = pair.public_key().as_ref();
    let (x, y) = (&point[1..33], &point[33..]);
    json!({
        "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": kid,
        "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
    })
}

fn ed(kid: &str) -> Value {
    let pair = Ed25519KeyPair::generate().unwrap();
    let x = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
    json!({ "kty": "OKP", "crv": "Ed25519", "kid": kid, "x": x })
}

fn with(mut key: Value, name: &str, value: impl Into<Value>) -> Value {
    key[name] = value.into();
    key
}

fn set(keys: &[Value]) -> String {
    json!({ "keys": keys }).to_string()
}
