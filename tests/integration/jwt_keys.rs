//! Which keys are taken, and which one counts: J17, J18.

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rsa;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secure_runtime::Security;
use secure_runtime::jwt::{Key, MacAlgorithm, SignatureAlgorithm};
use secure_runtime::testing::TestIssuer;
use serde_json::{Value, json};

use crate::jwt_door::{Door, verifier};
use crate::jwt_vectors as vectors;

/// A public key in PEM whose last byte is changed: for a curve, another y, and so a point that lies elsewhere.
fn off_the_curve(issuer: &TestIssuer) -> String {
    let mut der = vectors::der(issuer.public_pem().unwrap());
    *der.last_mut().unwrap() ^= 1;
    format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        STANDARD.encode(der)
    )
}

#[test]
fn j17_weak_and_wrong_keys_keep_the_application_from_starting() {
    use MacAlgorithm::{Hs256, Hs384, Hs512};
    use SignatureAlgorithm::{EdDsa, Es256, Es384, Ps256, Rs256, Rs512};
    let (p256, p384, ed) = (TestIssuer::new(Es256), TestIssuer::new(Es384), TestIssuer::new(EdDsa));
    let pem = |issuer: &TestIssuer| issuer.public_pem().unwrap().to_owned();
    let broken = |pem: &str| pem.replace("MFkwEwYH", "MFkwEwYI");
    let table = [
        ("a MAC key of 31 bytes", Key::secret(Hs256, [7; 31]), "32 or more"),
        ("a MAC key of 47 bytes", Key::secret(Hs384, [7; 47]), "48 or more"),
        ("a MAC key of 63 bytes", Key::secret(Hs512, [7; 63]), "64 or more"),
        ("an empty MAC key", Key::secret(Hs256, []), "32 or more"),
        (
            "RSA of 1024 bits",
            Key::public_pem(Rs256, vectors::RSA_1024_PEM),
            "2048 or more",
        ),
        (
            "RSA of 1024 bits, RS512",
            Key::public_pem(Rs512, vectors::RSA_1024_PEM),
            "2048 or more",
        ),
        (
            "RSA of 1024 bits, PSS",
            Key::public_pem(Ps256, vectors::RSA_1024_PEM),
            "2048 or more",
        ),
        (
            "a point off P-256",
            Key::public_pem(Es256, off_the_curve(&p256)),
            "P-256",
        ),
        (
            "a point off P-384",
            Key::public_pem(Es384, off_the_curve(&p384)),
            "P-384",
        ),
        ("P-384 for ES256", Key::public_pem(Es256, pem(&p384)), "P-256"),
        ("P-256 for ES384", Key::public_pem(Es384, pem(&p256)), "P-384"),
        ("an EC key for RS256", Key::public_pem(Rs256, pem(&p256)), "RSA"),
        (
            "an RSA key for ES256",
            Key::public_pem(Es256, vectors::RSA_PEM),
            "P-256",
        ),
        ("an Ed25519 key for ES256", Key::public_pem(Es256, pem(&ed)), "P-256"),
        ("an EC key for EdDSA", Key::public_pem(EdDsa, pem(&p256)), "Ed25519"),
        (
            "a broken encoding",
            Key::public_pem(Es256, broken(&pem(&p256))),
            "P-256",
        ),
        ("half a PEM", Key::public_pem(Rs256, &vectors::RSA_PEM[..100]), "RSA"),
        ("no PEM", Key::public_pem(Es256, "secret"), "P-256"),
        ("nothing", Key::public_pem(EdDsa, ""), "Ed25519"),
    ];
    for (what, key, says) in table {
        let built = Security::builder(verifier().key(key)).build();
        let fault = built
            .err()
            .unwrap_or_else(|| panic!("{what}: the application starts"))
            .to_string();
        assert!(fault.starts_with("1 fault keeps"), "{what}: {fault}");
        assert!(
            fault.contains(says) && fault.contains("help: "),
            "{what}: does not say what to change: {fault}"
        );
        assert!(
            !fault.contains("MIG") && !fault.contains("MFk"),
            "{what}: shows the key: {fault}"
        );
    }
}

#[test]
fn j17_an_rsa_key_of_2047_bits_is_too_short() {
    // It has as many bytes as one of 2048, and every token that it signed would be refused: the time to say so is now.
    let key = Key::public_pem(SignatureAlgorithm::Rs256, vectors::RSA_2047_PEM);
    let fault = Security::builder(verifier().key(key)).build().unwrap_err().to_string();
    assert!(fault.contains("2048 or more") && fault.contains("help: "), "{fault}");
}

#[test]
fn j17_keys_of_just_the_right_size_are_taken() {
    use MacAlgorithm::{Hs256, Hs384, Hs512};
    use SignatureAlgorithm::{Es256, Ps512, Rs256};
    let table = [
        ("32 bytes", Key::secret(Hs256, [7; 32])),
        ("48 bytes", Key::secret(Hs384, [7; 48])),
        ("64 bytes", Key::secret(Hs512, [7; 64])),
        ("RSA of 2048 bits", Key::public_pem(Rs256, vectors::RSA_PEM)),
        ("RSA of 2048 bits, PSS", Key::public_pem(Ps512, vectors::RSA_PEM)),
        ("P-256", Key::public_pem(Es256, vectors::EC_PEM)),
    ];
    for (what, key) in table {
        if let Err(fault) = Security::builder(verifier().key(key)).build() {
            panic!("{what}: {fault}");
        }
    }
}

#[tokio::test]
async fn j18_keys_rotate_by_kid() {
    let (old, new) = (TestIssuer::default(), TestIssuer::default());
    let door = Door::new(verifier().key(old.key().with_id("old")).key(new.key().with_id("new")));
    let table = [
        ("old by old", &old, json!("old"), true),
        ("new by new", &new, json!("new"), true),
        ("old without a kid", &old, Value::Null, true),
        ("new without a kid", &new, Value::Null, true),
        ("old named new", &old, json!("new"), false),
        ("new named old", &new, json!("old"), false),
        ("old by an unknown name", &old, json!("older"), false),
    ];
    for (what, signer, kid, expected) in table {
        let token = signer.token("alice").header("kid", kid).sign();
        match expected {
            true => door.admits(what, &token).await,
            false => door.refuses(what, &token).await,
        }
    }
    let rotated = Door::new(verifier().key(new.key().with_id("new")));
    rotated
        .refuses(
            "old, after its key is gone",
            &old.token("alice").header("kid", "old").sign(),
        )
        .await;
    rotated.refuses("old, nameless", &old.token("alice").sign()).await;
    rotated
        .admits("new", &new.token("alice").header("kid", "new").sign())
        .await;
    let same = Security::builder(verifier().key(old.key().with_id("a")).key(new.key().with_id("a"))).build();
    assert!(
        same.unwrap_err().to_string().contains("two keys have the id"),
        "one id for two keys is a fault"
    );
}

#[tokio::test]
async fn j18_an_unknown_kid_finds_keys_without_a_name_only() {
    let (named, nameless) = (TestIssuer::default(), TestIssuer::default());
    let door = Door::new(verifier().key(named.key().with_id("a")).key(nameless.key()));
    door.admits(
        "unknown, nameless key",
        &nameless.token("alice").header("kid", "x").sign(),
    )
    .await;
    door.refuses("unknown, named key", &named.token("alice").header("kid", "x").sign())
        .await;
    door.refuses(
        "another's name, nameless key",
        &nameless.token("alice").header("kid", "a").sign(),
    )
    .await;
    door.admits("its name", &named.token("alice").header("kid", "a").sign())
        .await;
}

#[tokio::test]
async fn j18_a_kid_has_256_bytes_at_most() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    let table = [
        ("256 bytes", "k".repeat(256), true),
        ("256 bytes of two each", "é".repeat(128), true),
        ("257 bytes", "k".repeat(257), false),
        ("129 characters of two bytes", "é".repeat(129), false),
        ("8 KiB", "k".repeat(8192), false),
    ];
    for (what, kid, expected) in table {
        let token = issuer.token("alice").header("kid", kid).sign();
        match expected {
            true => door.admits(what, &token).await,
            false => door.refuses(what, &token).await,
        }
    }
}

#[tokio::test]
async fn j18_a_kid_is_a_name_and_means_nothing_else() {
    let issuer = TestIssuer::default();
    let door = Door::new(verifier().key(issuer.key().with_id("a")));
    let names = [
        "",
        "A",
        "a ",
        " a",
        "a\0",
        "a\n",
        "./a",
        "../a",
        "b/../a",
        "a/",
        "%61",
        "ａ",
        "a,b",
        "*",
        "a*",
        "/dev/null",
        "../../../../dev/null",
        "file:///dev/null",
        "http://127.0.0.1:9/a",
        "a' OR '1'='1",
        "' UNION SELECT 'x",
        "$(id)",
        "`id`",
        "| id",
        "{{7*7}}",
        "${jndi:ldap://127.0.0.1:9/a}",
    ];
    for kid in names {
        let token = issuer.token("alice").header("kid", kid).sign();
        door.refuses(format!("{kid:?}"), &token).await;
    }
    for kid in [r#"["a"]"#, r#"{"a":1}"#, "0", "true"] {
        let header = format!(r#"{{"typ":"at+jwt","alg":"ES256","kid":{kid}}}"#);
        door.refuses(kid, &issuer.sign_raw(&header, &issuer.token("alice").claims_json()))
            .await;
    }
    door.admits("its name", &issuer.token("alice").header("kid", "a").sign())
        .await;
    door.admits(
        "its name, escaped",
        &issuer.sign_raw(
            r#"{"typ":"at+jwt","alg":"ES256","kid":"\u0061"}"#,
            &issuer.token("alice").claims_json(),
        ),
    )
    .await;
}

/// With an exponent of one a signature is the padded hash itself, so everybody could sign.
#[test]
fn j17_an_rsa_key_with_which_anybody_could_sign_keeps_the_application_from_starting() {
    let genuine = TestIssuer::new(SignatureAlgorithm::Rs256);
    let genuine = pem::parse(genuine.public_pem().unwrap()).unwrap();
    let genuine = rsa::PublicKey::from_der(genuine.contents()).unwrap();
    for (exponent, sound) in [(&[1, 0, 1][..], true), (&[3], true), (&[1], false)] {
        let key = rsa::PublicKeyComponents {
            n: genuine.modulus().big_endian_without_leading_zero().to_vec(),
            e: exponent.to_vec(),
        };
        let der: PublicKeyX509Der<'_> = key.as_der().unwrap();
        let pem = pem::encode(&pem::Pem::new("PUBLIC KEY", der.as_ref()));
        let jwt = verifier().key(Key::public_pem(SignatureAlgorithm::Rs256, pem));
        let built = Security::builder(jwt).build();
        assert_eq!(built.is_ok(), sound, "{exponent:?}");
        if let Err(faults) = built {
            assert!(faults.to_string().contains("which RS256 needs"), "{faults}");
        }
    }
}
