//! How often: every route up to its limit and past it.

use std::time::Duration;

use crate::example_routes::{Credential, ROWS, Row};
use crate::example_stand::{Expect, Stand};
use crate::support::Answer;

/// L2, L5: 429, and not to be asked again before the limit admits one more.
fn assert_exceeded(answer: &Answer, retry_after: u64, what: &str) {
    assert_eq!(answer.status, 429, "{what}: {answer:?}");
    answer.assert_problem(429);
    let seconds = retry_after.to_string();
    assert_eq!(answer.header("retry-after"), Some(seconds.as_str()), "{what}");
    assert_eq!(answer.header("www-authenticate"), None, "{what}");
}

/// Uses the row's whole limit up, as the right caller, or as nobody where that is possible.
async fn use_up(stand: &Stand, row: &Row, authorization: Option<&str>) {
    for i in 0..row.limit.count {
        let (answer, queries) = stand.ask(row.request(authorization)).await;
        assert_eq!(
            (answer.status.as_u16(), queries),
            (row.success, 1),
            "{} {i}",
            row.template
        );
    }
}

#[tokio::test]
async fn l2_one_request_above_the_limit_is_429_until_retry_after() {
    for row in &ROWS {
        let stand = Stand::new();
        let alice = format!("Bearer {}", row.token(&stand, "alice").sign());
        use_up(&stand, row, Some(&alice)).await;
        let (answer, queries) = stand.ask(row.request(Some(&alice))).await;
        assert_exceeded(&answer, row.limit.refill, row.template);
        row.limit.assert(&answer, Some(0), row.template);
        assert_eq!(queries, 0, "{}", row.template);
        // Retry-After is honest: not too early …
        stand.clock.advance(Duration::from_secs(row.limit.refill - 1));
        let (answer, queries) = stand.ask(row.request(Some(&alice))).await;
        assert_exceeded(&answer, 1, row.template);
        assert_eq!(queries, 0, "{}", row.template);
        // … and not too late.
        stand.clock.advance(Duration::from_secs(1));
        let (answer, queries) = stand.ask(row.request(Some(&alice))).await;
        assert_eq!((answer.status.as_u16(), queries), (row.success, 1), "{}", row.template);
    }
}

#[tokio::test]
async fn l8_a_limit_is_the_callers_own_and_holds_over_all_tokens() {
    for row in &ROWS {
        let stand = Stand::new();
        let alice = format!("Bearer {}", row.token(&stand, "alice").sign());
        use_up(&stand, row, Some(&alice)).await;
        let another = format!(
            "Bearer {}",
            row.token(&stand, "alice").claim("jti", "another token").sign()
        );
        let (answer, _) = stand.ask(row.request(Some(&another))).await;
        assert_exceeded(&answer, row.limit.refill, row.template);
        let bob = format!("Bearer {}", row.token(&stand, "bob").sign());
        let (answer, queries) = stand.ask(row.request(Some(&bob))).await;
        if row.limit.name == "ip" {
            assert_exceeded(&answer, row.limit.refill, "bob at alice's address");
            assert_eq!(queries, 0);
        } else {
            // Bob is refused or let in, as the row says: what matters is that alice's requests cost him none.
            row.limit.assert(&answer, Some(row.limit.count - 1), row.template);
        }
    }
}

/// Where nobody need say who they are, those who do not share their address's limit, and take nothing from those who do.
#[tokio::test]
async fn l8_anonymous_callers_are_counted_by_address() {
    for row in ROWS.iter().filter(|row| row.credential == Credential::Optional) {
        let stand = Stand::new();
        use_up(&stand, row, None).await;
        let (answer, queries) = stand.ask(row.request(None)).await;
        assert_exceeded(&answer, row.limit.refill, row.template);
        assert_eq!(queries, 0);
        let alice = format!("Bearer {}", row.token(&stand, "alice").sign());
        stand
            .check(row, "alice", row.request(Some(&alice)), &Expect::Success)
            .await;
    }
}

/// Whoever tries doors is limited like whoever opens them.
#[tokio::test]
async fn l8_refused_requests_count() {
    for row in ROWS
        .iter()
        .filter(|row| matches!(row.credential, Credential::Needed(_)))
    {
        let stand = Stand::new();
        let without_scope = row.token(&stand, "alice").scope("other").sign();
        let without_right = row.token(&stand, "mallory").tenant("other").roles(&[]).sign();
        for token in [without_scope, without_right] {
            let authorization = format!("Bearer {token}");
            for _ in 0..row.limit.count {
                let (answer, queries) = stand.ask(row.request(Some(&authorization))).await;
                assert!(
                    matches!(answer.status.as_u16(), 403 | 404),
                    "{}: {answer:?}",
                    row.template
                );
                // To know whose an object is, it is loaded; nothing more.
                assert_eq!(queries, u64::from(answer.status == 404), "{}", row.template);
            }
            let (answer, queries) = stand.ask(row.request(Some(&authorization))).await;
            assert_exceeded(&answer, row.limit.refill, row.template);
            assert_eq!(queries, 0, "{}", row.template);
        }
    }
}

/// The default of 30 a minute, over all routes; a good credential from the same address still counts.
#[tokio::test]
async fn l9_the_thirty_first_failure_is_429_and_locks_nobody_out() {
    for row in &ROWS {
        let stand = Stand::new();
        let garbage = row.request(Some("Bearer garbage"));
        if row.credential == Credential::NotLookedAt {
            // Nothing fails where nothing is looked at: the route's own limit is all there is.
            use_up(&stand, row, Some("Bearer garbage")).await;
            let (answer, _) = stand.ask(garbage).await;
            assert_exceeded(&answer, row.limit.refill, row.template);
            continue;
        }
        for _ in 0..30 {
            let (answer, _) = stand.ask(row.request(Some("Bearer garbage"))).await;
            answer.assert_problem(401);
        }
        let (answer, queries) = stand.ask(garbage).await;
        assert_exceeded(&answer, 2, row.template);
        assert_eq!(queries, 0, "{}", row.template);
        let alice = format!("Bearer {}", row.token(&stand, "alice").sign());
        stand
            .check(row, "alice", row.request(Some(&alice)), &Expect::Success)
            .await;
    }
}
