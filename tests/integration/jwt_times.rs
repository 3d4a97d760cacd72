//! How long a token lives: J11, J12.

use std::time::Duration;

use secure_runtime::testing::TestIssuer;
use secure_runtime::{Clock, Security};

use crate::jwt_door::{Door, with_claim};

/// A door whose clock stands at 1,000,000.
fn held() -> (TestIssuer, Door, Clock) {
    let clock = Clock::held_at(1_000_000);
    let issuer = TestIssuer::default().clock(clock.clone());
    let door = Door::of(Security::builder(issuer.jwt()).clock(clock.clone()));
    (issuer, door, clock)
}

#[tokio::test]
async fn j11_a_token_lives_until_exp_and_thirty_seconds() {
    let (issuer, door, clock) = held();
    let (whole, half) = (
        with_claim(&issuer, "exp", "1000600"),
        with_claim(&issuer, "exp", "1000600.5"),
    );
    clock.advance(Duration::from_millis(629_999));
    door.admits("1 ms before exp + 30 s", &whole).await;
    clock.advance(Duration::from_millis(1));
    door.refuses("at exp + 30 s", &whole).await;
    door.admits("half a second before exp + 30 s", &half).await;
    clock.advance(Duration::from_millis(500));
    door.refuses("at exp + 30 s, with a fraction", &half).await;
    clock.advance(Duration::from_secs(1_000_000_000));
    door.refuses("long after", &whole).await;
}

#[tokio::test]
async fn j11_the_leeway_is_the_configured_one() {
    let clock = Clock::held_at(1_000_000);
    let issuer = TestIssuer::default().clock(clock.clone());
    let token = issuer.token("alice").expires_in(600).sign();
    let strict = Security::builder(issuer.jwt().leeway(Duration::ZERO)).clock(clock.clone());
    let door = Door::of(strict);
    clock.advance(Duration::from_millis(599_999));
    door.admits("before exp", &token).await;
    clock.advance(Duration::from_millis(1));
    door.refuses("at exp", &token).await;
    let lax = Security::builder(issuer.jwt().leeway(Duration::from_secs(301))).build();
    assert!(
        lax.unwrap_err().to_string().contains("leeway"),
        "a leeway that hides a broken clock is a fault"
    );
}

#[tokio::test]
async fn j12_nbf_is_honoured_with_the_same_leeway() {
    let (issuer, door, clock) = held();
    let table = [
        ("0", true),
        ("999999", true),
        ("1000000", true),
        ("1000030", true),
        ("1000030.001", false),
        ("1000031", false),
        ("1e300", false),
    ];
    for (nbf, expected) in table {
        let token = with_claim(&issuer, "nbf", nbf);
        match expected {
            true => door.admits(format!("nbf {nbf}"), &token).await,
            false => door.refuses(format!("nbf {nbf}"), &token).await,
        }
    }
    let later = with_claim(&issuer, "nbf", "1000060");
    door.refuses("too early", &later).await;
    clock.advance(Duration::from_secs(30));
    door.admits("in time", &later).await;
}

#[tokio::test]
async fn j12_dates_are_numbers_that_can_be_compared() {
    let (issuer, door, _) = held();
    for date in ["1000600", "1000600.75", "1.0006e6", "1.0006E+6", "1000600.0000000001"] {
        door.admits(format!("exp {date}"), &with_claim(&issuer, "exp", date))
            .await;
    }
    let bad = [
        r#""1000600""#,
        r#""""#,
        r#""Infinity""#,
        "true",
        "false",
        "null",
        "[]",
        "[1000600]",
        r#"{"s":1000600}"#,
        "-1",
        "-1000600",
        "-0.5",
        "1e400",
        "-1e400",
        "1e999999999999",
        "NaN",
        "Infinity",
        "01000600",
        "+1000600",
        "1000600.",
        ".5",
        "0x1000600",
        "1_000_600",
        "",
    ];
    for name in ["exp", "nbf", "iat"] {
        for date in bad {
            door.refuses(format!("{name} {date}"), &with_claim(&issuer, name, date))
                .await;
        }
    }
}

#[tokio::test]
async fn j12_a_clock_before_the_token_was_issued_refuses_it() {
    // A machine whose clock has fallen back to 1970 must not revive every token that ever was.
    let clock = Clock::held_at(0);
    let issuer = TestIssuer::default().clock(clock.clone());
    let door = Door::of(Security::builder(issuer.jwt()).clock(clock.clone()));
    let token = with_claim(&issuer, "iat", "1000");
    door.refuses("issued in the future", &token).await;
    clock.advance(Duration::from_secs(970));
    let token = issuer.token("alice").claim("iat", 1000).sign();
    door.admits("issued within the leeway", &token).await;
}
