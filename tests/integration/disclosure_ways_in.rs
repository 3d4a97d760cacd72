//! What answers and logs tell of a credential, whatever its kind: nothing that could be used. E3, G1, G3, L9.

use crate::audit_log::Log;
use crate::support::Answer;
use crate::ways_in::{Api, Sent};

/// Without the limit on failures.
async fn api() -> Api {
    Api::start(|security| {
        security
            .failed_authentication_rate("1000000/s")
            .lock_out(secure_runtime::LockOut::after(10_000))
    })
    .await
}

fn told(answer: &Answer) -> String {
    let headers = answer.headers.iter();
    let headers: String = headers.map(|(name, value)| format!("{name}: {value:?}\n")).collect();
    format!("{headers}\n{}", String::from_utf8_lossy(&answer.body))
}

/// Of whatever is sent, nothing stands in the answer or in any line of the log, whoever wrote it.
fn assert_untold(sent: &Sent, path: &str, answer: &Answer, lines: &[String]) {
    let secrets = sent.secrets();
    assert!(!secrets.is_empty());
    let answer = told(answer);
    for secret in secrets.iter().map(String::as_str).chain(["secret-of-introspection"]) {
        assert!(
            !answer.contains(secret),
            "{}, {path}: {secret} is in {answer}",
            sent.what
        );
        for line in lines {
            assert!(!line.contains(secret), "{}, {path}: {secret} is in {line}", sent.what);
        }
    }
}

fn audited(lines: &[String]) -> &String {
    let mut events = lines.iter().filter(|line| line.contains("secure::audit"));
    let event = events.next().unwrap();
    assert!(events.next().is_none(), "{lines:#?}");
    event
}

#[tokio::test(flavor = "current_thread")]
async fn g1_g3_the_log_names_the_kind_of_a_credential_and_never_the_credential() {
    let api = api().await;
    let (log, _guard) = Log::start_with_everything();
    for (path, status, decision) in [
        ("/who", 200, "allow"),
        ("/offers", 200, "allow"),
        ("/scoped", 403, "deny"),
    ] {
        for (kind, sent) in api.good(path).await {
            log.lines();
            let answer = api.ask(path, &sent).await;
            assert_eq!(answer.status, status, "{}, {path}: {answer:?}", sent.what);
            let lines = log.lines();
            let event = audited(&lines);
            for part in [
                format!("decision=\"{decision}\""),
                format!("credential=\"{kind}\""),
                format!("status={status}"),
            ] {
                assert!(event.contains(&part), "{}, {path}: no {part} in {event}", sent.what);
            }
            assert_untold(&sent, path, &answer, &lines);
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn e3_g3_a_refused_credential_is_told_to_nobody() {
    let api = api().await;
    let (log, _guard) = Log::start_with_everything();
    for path in ["/who", "/offers", "/scoped"] {
        for sent in api.bad(path).await {
            log.lines();
            let answer = api.ask(path, &sent).await;
            answer.assert_problem(401);
            let lines = log.lines();
            let event = audited(&lines);
            assert!(
                event.contains("reason=\"credential_invalid\"") && event.contains("authn_token_fail"),
                "{}, {path}: {event}",
                sent.what
            );
            // Nobody is named whose word was not believed.
            assert!(
                !event.contains("subject=") && !event.contains("credential="),
                "{}, {path}: {event}",
                sent.what
            );
            assert_untold(&sent, path, &answer, &lines);
        }
        // Two at once, of whichever kinds.
        let good = api.good(path).await;
        let (token, key) = (&good[0].1, &good[3].1);
        let both = Sent::headers("a token and a key", [&token.headers[..], &key.headers].concat());
        log.lines();
        let answer = api.ask(path, &both).await;
        answer.assert_problem(400);
        let lines = log.lines();
        assert!(audited(&lines).contains("reason=\"credential_ambiguous\""));
        assert_untold(&both, path, &answer, &lines);
        let key = &key.headers[0].1;
        for query in [format!("access_token={key}"), format!("x={key}")] {
            log.lines();
            let answer = api.ask(&format!("{path}?{query}"), token).await;
            answer.assert_problem(400);
            let sent = Sent::headers("a key in the query", vec![("x", key.clone())]);
            assert_untold(&sent, path, &answer, &log.lines());
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn i3_l9_an_outage_is_no_guess_and_tells_nothing() {
    let api = Api::start(|security| security.failed_authentication_rate("2/min")).await;
    api.asked.fail();
    let (log, _guard) = Log::start_with_everything();
    let (_, opaque) = api.good("/who").await.remove(2);
    for _ in 0..5 {
        for path in ["/who", "/offers"] {
            log.lines();
            let answer = api.ask(path, &opaque).await;
            answer.assert_problem(503);
            assert_eq!(answer.header("retry-after"), Some("5"));
            assert_eq!(answer.header("www-authenticate"), None);
            let lines = log.lines();
            assert!(audited(&lines).contains("reason=\"unavailable\""));
            assert_untold(&opaque, path, &answer, &lines);
        }
    }
    // Who is not asked about is let in, and a failure is still the first.
    let good = api.good("/who").await;
    for (_, sent) in [&good[..2], &good[3..]].concat() {
        let answer = api.ask("/who", &sent).await;
        assert_eq!(answer.status, 200, "{}: {answer:?}", sent.what);
    }
    let bad = api.bad("/who").await.remove(0);
    for expected in [401, 401, 429] {
        api.ask("/who", &bad).await.assert_problem(expected);
    }
}

#[tokio::test]
async fn l9_failures_of_every_kind_count_against_the_address() {
    for i in 0..7 {
        let api = Api::start(|security| security.failed_authentication_rate("2/min")).await;
        let bad = &api.bad("/offers").await[i];
        for expected in [401, 401, 429, 429] {
            api.ask("/offers", bad).await.assert_problem(expected);
        }
        // They count together.
        let other = &api.bad("/offers").await[(i + 3) % 7];
        api.ask("/offers", other).await.assert_problem(429);
        // Whoever proves who it is passes, and nobody is refused who says nothing.
        for (_, sent) in api.good("/offers").await {
            let answer = api.ask("/offers", &sent).await;
            assert_eq!(answer.status, 200, "{}: {answer:?}", sent.what);
        }
        let nothing = Sent::headers("nothing", Vec::new());
        assert_eq!(api.ask("/offers", &nothing).await.status, 200);
        api.ask("/who", &nothing).await.assert_problem(401);
        assert_eq!(api.ask("/status", bad).await.body, b"up");
    }
}

#[tokio::test]
async fn a5_l9_several_credentials_at_once_are_400_and_count() {
    let api = Api::start(|security| security.failed_authentication_rate("4/min")).await;
    let good = api.good("/offers").await;
    let (token, key) = (&good[0].1.headers[0], &good[3].1.headers[0]);
    let requests = [
        vec![token.clone(), key.clone()],
        vec![token.clone(), token.clone()],
        vec![key.clone(), key.clone()],
        vec![("authorization", "Basic YTpi".to_owned()), key.clone()],
    ];
    for headers in requests {
        let sent = Sent::headers("two", headers);
        api.ask("/offers", &sent).await.assert_problem(400);
    }
    let sent = Sent::headers("two", vec![token.clone(), key.clone()]);
    api.ask("/offers", &sent).await.assert_problem(429);
}
