//! Guesses, of codes and of credentials, have to wait longer and longer: L9.

use std::time::Duration;

use axum::extract::Query;
use axum::http::StatusCode;
use secure_runtime::{Attempts, LockOut, Problem, input, secure};

use super::Stage;

#[input]
struct Guess {
    #[input(length(max = 50))]
    who: String,
    #[input(length(max = 50))]
    code: String,
}

#[secure(get = "/guess", public = "a test of guesses", rate("1000/s", per = "ip"))]
pub(super) async fn enter_code(attempts: Attempts, Query(guess): Query<Guess>) -> Result<StatusCode, Problem> {
    let attempt = attempts.begin("code", &guess.who).await?;
    if guess.code != "right" {
        return Err(Problem::new(StatusCode::FORBIDDEN));
    }
    attempt.succeeded().await?;
    Ok(StatusCode::NO_CONTENT)
}

#[tokio::test]
async fn l9_guesses_have_to_wait_longer_and_longer_and_nobody_else_does() {
    let stage =
        Stage::with(|security| security.lock_out(LockOut::after(3).first("1s").longest("8s").forget_after("1min")));
    let guess = async |address: &str, who: &str, code: &str| {
        let path = format!("/guess?who={who}&code={code}");
        let answer = stage.from(address, &path, None).await;
        let retry = answer.header("retry-after").map(str::to_owned);
        (answer.status.as_u16(), retry)
    };
    let free = async |address: &str, who: &str| {
        for _ in 0..3 {
            assert_eq!(guess(address, who, "wrong").await, (403, None));
        }
    };
    free("192.0.2.1", "alice").await;
    for (wait, seconds) in [("1", 1), ("2", 2), ("4", 4), ("8", 8), ("8", 8)] {
        // While it is locked, also what is right is not looked at.
        let locked = guess("192.0.2.1", "alice", "right").await;
        assert_eq!(locked, (429, Some(wait.to_owned())));
        // Somebody else from there, and the same one from elsewhere, are not concerned.
        assert_eq!(guess("192.0.2.1", "bob", "right").await.0, 204);
        assert_eq!(guess("192.0.2.2", "carol", "right").await.0, 204);
        stage.clock.advance(Duration::from_millis(seconds * 1000 - 1));
        assert_eq!(guess("192.0.2.1", "alice", "right").await, (429, Some("1".to_owned())));
        stage.clock.advance(Duration::from_millis(1));
        assert_eq!(guess("192.0.2.1", "alice", "wrong").await, (403, None));
    }
    stage.clock.advance(Duration::from_secs(8));
    assert_eq!(guess("192.0.2.1", "alice", "right").await, (204, None));
    // Success forgets.
    free("192.0.2.1", "alice").await;
    assert_eq!(guess("192.0.2.1", "alice", "wrong").await.0, 429);
    // Time forgets as well, one failure a minute.
    stage.clock.advance(Duration::from_secs(3 * 60));
    free("192.0.2.1", "alice").await;
    assert_eq!(guess("192.0.2.1", "alice", "wrong").await.0, 429);
}

#[tokio::test]
async fn l9_guesses_from_everywhere_are_slowed_down_as_well() {
    let stage = Stage::with(|security| security.lock_out(LockOut::after(2)));
    let mut statuses = Vec::new();
    for i in 0..41 {
        let address = format!("198.51.100.{i}");
        let answer = stage.from(&address, "/guess?who=alice&code=wrong", None).await;
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [[403; 40].as_slice(), &[429]].concat());
}

#[tokio::test]
async fn l9_a_lock_tells_nobody_whether_there_is_such_a_one() {
    let stage = Stage::new();
    let mut answers = Vec::new();
    for who in ["alice", "nobody-of-that-name"] {
        let mut seen = Vec::new();
        for _ in 0..12 {
            let path = format!("/guess?who={who}&code=wrong");
            let answer = stage.from("192.0.2.1", &path, None).await;
            seen.push((
                answer.status,
                answer.header("retry-after").map(str::to_owned),
                answer.body,
            ));
        }
        answers.push(seen);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].last().unwrap().0, 429);
}

#[tokio::test]
async fn l9_failures_of_authentication_wait_longer_and_longer_and_a_good_token_passes() {
    let stage = Stage::with(|security| {
        security
            .failed_authentication_rate("1000/s")
            .lock_out(LockOut::after(1).first("4s"))
    });
    let forged = |user: &str| {
        let mut token = stage.token(user, &[]);
        // In the middle of the signature, where each bit counts.
        let at = token.len() - 10;
        let other = if token[at..].starts_with('A') { "B" } else { "A" };
        token.replace_range(at..=at, other);
        token
    };
    let mut seen = Vec::new();
    for _ in 0..5 {
        let answer = stage.from("192.0.2.1", "/tenant", Some(forged("alice"))).await;
        seen.push((answer.status.as_u16(), answer.header("retry-after").map(str::to_owned)));
    }
    assert_eq!(seen[..3], [(401, None), (401, None), (401, None)]);
    assert_eq!(seen[3], (429, Some("4".to_owned())));
    // Nobody is locked out by another's guesses.
    assert_eq!(stage.call("/tenant", "alice", &[]).await, 200);
    // Who is claimed from there is counted by itself.
    let answer = stage.from("192.0.2.1", "/tenant", Some(forged("bob"))).await;
    assert_eq!(answer.status, 401);
}
