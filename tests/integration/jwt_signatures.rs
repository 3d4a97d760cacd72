//! Signatures, revoked tokens and long ones: J19, J21, J22.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secure_runtime::jwt::{MacAlgorithm, SignatureAlgorithm};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Clock, Security};

use crate::jwt_door::{Door, HEADER};

/// An ECDSA signature as X.509 and TLS write it: a sequence of two integers.
fn ecdsa_der(r: &[u8], s: &[u8]) -> Vec<u8> {
    let integer = |number: &[u8]| {
        let digits = &number[number.iter().position(|byte| *byte != 0).unwrap_or(0)..];
        let sign = if digits[0] >= 0x80 { &[0][..] } else { &[] };
        let length = u8::try_from(sign.len() + digits.len()).unwrap();
        [&[2, length], sign, digits].concat()
    };
    let both = [integer(r), integer(s)].concat();
    [&[0x30, u8::try_from(both.len()).unwrap()], both.as_slice()].concat()
}

/// A scalar one byte wider.
fn wider(number: &[u8]) -> Vec<u8> {
    [&[0], number].concat()
}

#[tokio::test]
async fn j19_ecdsa_signatures_are_two_scalars_of_fixed_width_above_zero() {
    // The order of each curve's group (SEC 2): what r and s must stay below.
    let p256 = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    let p384 = "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973";
    let curves = [
        ("ES256", SignatureAlgorithm::Es256, 32, p256),
        ("ES384", SignatureAlgorithm::Es384, 48, p384),
    ];
    for (name, algorithm, width, order) in curves {
        let issuer = TestIssuer::new(algorithm);
        let door = Door::new(issuer.jwt());
        let good = issuer.token("alice").sign();
        let (signed, signature) = good.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let (r, s) = signature.split_at(width);
        let (zero, ones) = (vec![0; width], vec![0xff; width]);
        let hex = |i| u8::from_str_radix(&order[i..i + 2], 16).unwrap();
        let order: Vec<u8> = (0..2 * width).step_by(2).map(hex).collect();
        let table = [
            ("r and s 0", [zero.as_slice(), &zero].concat()),
            ("r 0", [&zero, s].concat()),
            ("s 0", [r, &zero].concat()),
            ("r and s the order", [order.as_slice(), &order].concat()),
            ("r the order", [&order, s].concat()),
            ("s the order", [r, &order].concat()),
            ("r and s all ones", [ones.as_slice(), &ones].concat()),
            ("r and s swapped", [s, r].concat()),
            ("DER", ecdsa_der(r, s)),
            ("DER of zeros", ecdsa_der(&zero, &zero)),
            ("a byte more", [r, s, &[0]].concat()),
            ("a byte less", signature[..2 * width - 1].to_vec()),
            ("each a byte wider", [wider(r), wider(s)].concat()),
            ("twice", signature.repeat(2)),
            ("r alone", r.to_vec()),
            ("one byte", vec![0]),
        ];
        for (what, signature) in table {
            door.refuses(
                format!("{name}, {what}"),
                &format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)),
            )
            .await;
        }
        door.admits(format!("{name}, the signature itself"), &good).await;
    }
}

#[tokio::test]
async fn j21_a_denied_token_is_refused_until_it_expires_and_no_other_is() {
    let clock = Clock::held_at(1_000_000);
    let issuer = TestIssuer::default().clock(clock.clone());
    let security = Security::builder(issuer.jwt()).clock(clock.clone()).build().unwrap();
    let door = Door::ready(security.clone());
    let [denied, other] = ["stolen", "kept"].map(|jti| issuer.token("alice").claim("jti", jti).sign());
    door.admits("before", &denied).await;
    security.denylist().deny("stolen", 1_000_600.0).unwrap();
    door.refuses("denied", &denied).await;
    let escaped = issuer
        .token("alice")
        .claim("jti", "x")
        .claims_json()
        .replace("\"x\"", "\"st\\u006flen\"");
    door.refuses("denied, spelt otherwise", &issuer.sign_raw(HEADER, &escaped))
        .await;
    door.admits("another token of the same caller", &other).await;
    door.admits(
        "a name that is only like it",
        &issuer.token("alice").claim("jti", "Stolen").sign(),
    )
    .await;
    clock.advance(Duration::from_millis(629_999));
    door.refuses("in its last millisecond, leeway included", &denied).await;
    door.admits("the other, in its last millisecond", &other).await;
}

/// A good token of exactly so many bytes: both segments are filled up until the length fits.
fn token_of(issuer: &TestIssuer, length: usize) -> String {
    let longest = length * 3 / 4;
    for (header, claims) in (0..3).flat_map(|header| (longest - 500..longest).map(move |claims| (header, claims))) {
        let token = issuer
            .token("alice")
            .header("x", "x".repeat(header))
            .claim("x", "x".repeat(claims));
        let encoded = |bytes: usize| (bytes * 4).div_ceil(3);
        let header = HEADER.len() + r#","x":"""#.len() + header;
        if encoded(header) + encoded(token.claims_json().len()) + 2 + encoded(64) == length {
            return token.sign();
        }
    }
    panic!("no token has {length} bytes");
}

#[tokio::test]
async fn j21_a_token_has_16_kib_at_most() {
    let issuer = TestIssuer::default();
    let door = Door::new(issuer.jwt());
    for (length, expected) in [(16_384, true), (16_385, false), (20_000, false)] {
        let token = token_of(&issuer, length);
        assert_eq!(token.len(), length);
        match expected {
            true => door.admits(format!("{length} bytes"), &token).await,
            false => door.refuses(format!("{length} bytes"), &token).await,
        }
    }
}

#[tokio::test]
async fn j22_a_mac_counts_only_whole() {
    use MacAlgorithm::{Hs256, Hs384, Hs512};
    for (name, algorithm, width) in [("HS256", Hs256, 32), ("HS384", Hs384, 48), ("HS512", Hs512, 64)] {
        let issuer = TestIssuer::with_secret(algorithm);
        let door = Door::new(issuer.jwt());
        let good = issuer.token("alice").sign();
        let (signed, mac) = good.rsplit_once('.').unwrap();
        let mac = URL_SAFE_NO_PAD.decode(mac).unwrap();
        assert_eq!(mac.len(), width);
        let token = |mac: &[u8]| format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac));
        for position in 0..width {
            for bit in [0x01, 0x80] {
                let mut wrong = mac.clone();
                wrong[position] ^= bit;
                door.refuses(format!("{name}, byte {position} changed by {bit:#04x}"), &token(&wrong))
                    .await;
            }
            door.refuses(format!("{name}, the first {position} bytes"), &token(&mac[..position]))
                .await;
        }
        door.refuses(format!("{name}, a byte more"), &token(&[mac.as_slice(), &[0]].concat()))
            .await;
        door.admits(format!("{name}, the whole MAC"), &good).await;
    }
}
