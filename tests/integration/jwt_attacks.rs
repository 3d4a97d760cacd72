//! Ways to forge a signature: J1 to J3.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use secure_runtime::jwt::{Key, MacAlgorithm, SignatureAlgorithm};
use secure_runtime::testing::TestIssuer;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::jwt_door::{Door, HEADER, segments, verifier};
use crate::jwt_vectors as vectors;

/// An issuer for each algorithm. Keys are shared between tests, because RSA ones are slow to make.
type Issuers = [(&'static str, TestIssuer); 12];

fn issuers() -> Issuers {
    use MacAlgorithm::{Hs256, Hs384, Hs512};
    use SignatureAlgorithm::{EdDsa, Es256, Es384, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512};
    [
        ("HS256", TestIssuer::with_secret(Hs256)),
        ("HS384", TestIssuer::with_secret(Hs384)),
        ("HS512", TestIssuer::with_secret(Hs512)),
        ("RS256", TestIssuer::new(Rs256)),
        ("RS384", TestIssuer::new(Rs384)),
        ("RS512", TestIssuer::new(Rs512)),
        ("PS256", TestIssuer::new(Ps256)),
        ("PS384", TestIssuer::new(Ps384)),
        ("PS512", TestIssuer::new(Ps512)),
        ("ES256", TestIssuer::new(Es256)),
        ("ES384", TestIssuer::new(Es384)),
        ("EdDSA", TestIssuer::new(EdDsa)),
    ]
}

static OURS: LazyLock<Issuers> = LazyLock::new(issuers);
static ATTACKERS: LazyLock<Issuers> = LazyLock::new(issuers);

/// A token for alice that says it is of this algorithm.
fn labelled(issuer: &TestIssuer, alg: &str) -> String {
    issuer.token("alice").header("alg", alg).sign()
}

#[tokio::test]
async fn j1_none_is_refused_in_any_case() {
    for (name, issuer) in &*OURS {
        let door = Door::new(issuer.jwt());
        let good = issuer.token("alice");
        let [_, payload, signature] = segments(&good.sign()).map(str::to_owned);
        for alg in ["none", "None", "NONE", "nOnE", "none ", "", "null", "*", "HS0"] {
            let header = URL_SAFE_NO_PAD.encode(json!({ "typ": "at+jwt", "alg": alg }).to_string());
            let what = format!("{alg:?} for {name}");
            door.refuses(format!("{what}, unsigned"), &format!("{header}.{payload}."))
                .await;
            door.refuses(format!("{what}, two segments"), &format!("{header}.{payload}"))
                .await;
            door.refuses(
                format!("{what}, another's signature"),
                &format!("{header}.{payload}.{signature}"),
            )
            .await;
            door.refuses(format!("{what}, signed"), &labelled(issuer, alg)).await;
        }
        door.admits(format!("{name} itself"), &good.sign()).await;
    }
}

#[tokio::test]
async fn j1_the_algorithm_is_named_to_the_letter() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    let claims = issuer.token("alice").claims_json();
    let table = [
        r#""es256""#,
        r#""ES256 ""#,
        r#""ES256\u0000""#,
        r#""ES256K""#,
        r#""ES512""#,
        r#""RS1""#,
        r#""HS1""#,
        r#""dir""#,
        r#"["ES256"]"#,
        r#"{"ES256":1}"#,
        "256",
        "true",
        "null",
    ];
    for alg in table {
        let token = issuer.sign_raw(&format!(r#"{{"typ":"at+jwt","alg":{alg}}}"#), &claims);
        door.refuses(alg, &token).await;
    }
    door.refuses("no alg", &issuer.sign_raw(r#"{"typ":"at+jwt"}"#, &claims))
        .await;
    door.admits("ES256", &issuer.sign_raw(HEADER, &claims)).await;
}

#[tokio::test]
async fn j2_each_algorithm_takes_its_own_key_and_label_and_no_other() {
    for ((name, issuer), (_, attacker)) in OURS.iter().zip(&*ATTACKERS) {
        let door = Door::new(issuer.jwt());
        door.admits(name, &labelled(issuer, name)).await;
        door.refuses(format!("{name} by another key"), &labelled(attacker, name))
            .await;
        for (other, signer) in OURS.iter().filter(|(other, _)| other != name) {
            door.refuses(format!("{name} labelled {other}"), &labelled(issuer, other))
                .await;
            door.refuses(
                format!("{other} labelled {name} where {name} is due"),
                &labelled(signer, name),
            )
            .await;
            door.refuses(format!("{other} where {name} is due"), &labelled(signer, other))
                .await;
        }
    }
}

#[tokio::test]
async fn j2_with_all_keys_at_once_each_label_finds_its_own() {
    let all = OURS
        .iter()
        .fold(OURS[0].1.jwt(), |jwt, (_, issuer)| jwt.key(issuer.key()));
    let door = Door::new(all);
    for (name, issuer) in &*OURS {
        door.admits(name, &labelled(issuer, name)).await;
        for (other, _) in OURS.iter().filter(|(other, _)| other != name) {
            door.refuses(format!("{name} labelled {other}"), &labelled(issuer, other))
                .await;
        }
    }
}

#[tokio::test]
async fn j2_one_rsa_key_serves_one_algorithm() {
    use SignatureAlgorithm::{Ps256, Ps512, Rs256, Rs384, Rs512};
    // The very key that signed, configured for an algorithm of another padding or hash.
    let table = [
        ("RS256", "PS256", Ps256),
        ("RS256", "RS384", Rs384),
        ("PS256", "RS256", Rs256),
        ("PS256", "PS512", Ps512),
        ("RS512", "PS512", Ps512),
        ("PS512", "RS512", Rs512),
    ];
    for (signed, due, algorithm) in table {
        let (_, issuer) = OURS.iter().find(|(name, _)| *name == signed).unwrap();
        let door = Door::new(verifier().key(Key::public_pem(algorithm, issuer.public_pem().unwrap())));
        for label in [signed, due] {
            let what = format!("{signed} labelled {label}, the same key kept for {due}");
            door.refuses(what, &labelled(issuer, label)).await;
        }
    }
}

#[tokio::test]
async fn j2_a_public_key_is_no_secret() {
    use SignatureAlgorithm::{Es256, Rs256};
    let keys = [
        ("P-256", Es256, vectors::EC_PEM, vectors::EC_AS_SECRET),
        ("RSA", Rs256, vectors::RSA_PEM, vectors::RSA_AS_SECRET),
    ];
    for (what, algorithm, pem, macs) in keys {
        let door = Door::new(verifier().key(Key::public_pem(algorithm, pem)));
        // The same with a secret beside it, so that HS256 is an algorithm of this issuer.
        let mixed = verifier()
            .key(Key::public_pem(algorithm, pem))
            .key(Key::secret(MacAlgorithm::Hs256, vectors::SECRET));
        let mixed = Door::new(mixed);
        for (form, mac) in macs {
            let forged = format!("{}.{}.{mac}", vectors::HEADER, vectors::PAYLOAD);
            door.refuses(format!("MAC under the {what} key as {form:?}"), &forged)
                .await;
            mixed
                .refuses(format!("MAC under the {what} key as {form:?}, mixed"), &forged)
                .await;
            // The MAC is a true one: who makes the public key the secret lets it in.
            let careless = verifier().key(Key::secret(MacAlgorithm::Hs256, form.of(pem)));
            Door::new(careless)
                .admits(format!("{form:?} as the secret"), &forged)
                .await;
        }
    }
}

/// An attacker's public key, as a JWK (RFC 7517).
fn jwk(attacker: &TestIssuer) -> Value {
    let der = vectors::der(attacker.public_pem().unwrap());
    let (x, y) = der[der.len() - 64..].split_at(32);
    let [x, y] = [x, y].map(|coordinate| URL_SAFE_NO_PAD.encode(coordinate));
    json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "evil", "x": x, "y": y })
}

#[tokio::test]
async fn j3_keys_in_the_header_are_ignored_and_nothing_is_fetched() {
    static CONNECTIONS: AtomicUsize = AtomicUsize::new(0);
    let (issuer, attacker) = (TestIssuer::default(), TestIssuer::default());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let keys = json!({ "keys": [jwk(&attacker)] }).to_string();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            CONNECTIONS.fetch_add(1, Ordering::SeqCst);
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", keys.len());
            let _ = socket.write_all(format!("{head}{keys}").as_bytes()).await;
        }
    });
    let url = format!("http://{address}/keys");
    let chain = STANDARD.encode(vectors::der(attacker.public_pem().unwrap()));
    let members = [
        ("jwk", jwk(&attacker)),
        ("jku", json!(url)),
        ("x5u", json!(url)),
        ("x5c", json!([chain])),
        ("iss", json!(url)),
    ];
    let door = Door::new(issuer.jwt());
    for (name, value) in members {
        for kid in [Value::Null, json!("evil"), json!(url)] {
            let [forged, valid] = [&attacker, &issuer].map(|signer| {
                let token = signer.token("alice").header(name, value.clone());
                token.header("kid", kid.clone()).sign()
            });
            door.refuses(format!("{name}, signed by its key, kid {kid}"), &forged)
                .await;
            door.admits(format!("{name}, signed by ours, kid {kid}"), &valid).await;
        }
    }
    // Had there been a connection in flight, it would be accepted before this one.
    let mut own = tokio::net::TcpStream::connect(address).await.unwrap();
    own.read_u8().await.unwrap();
    assert_eq!(CONNECTIONS.load(Ordering::SeqCst), 1, "the verifier fetched something");
}
