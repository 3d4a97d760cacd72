//! Audit events as lines of JSON: what stands in them, and what does not.

use axum::body::Body;
use axum::extract::Path;
use axum::http::Request;
use secure_runtime::testing::TestIssuer;
use secure_runtime::{AuditLines, SecureRouter, Security, secure};
use serde_json::Value;

use crate::audit_log::Log;
use crate::support::{router, send};

/// What the lines say.
fn parsed(lines: &[String]) -> Vec<Value> {
    lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[secure(get = "/users/{user_id}", scope = "read:profile", owner = "user_id")]
async fn profile(Path(user_id): Path<String>) -> String {
    assert_ne!(user_id, "crash", "this one fails");
    user_id
}

#[tokio::test]
async fn g1_g2_g3_g5_every_request_leaves_one_line_and_no_secret() {
    let (file, issuer) = (Log::default(), TestIssuer::default());
    let lines = AuditLines::to(file.clone()).unwrap();
    let security = Security::builder(issuer.jwt()).audit_lines(lines.clone());
    let app = router(SecureRouter::new(security).mount(profile).build().unwrap());
    let token = |subject: &str| issuer.token(subject).scope("read:profile").sign();
    let get = |path: &str, token: &str| {
        let request = Request::get(path).header("authorization", format!("Bearer {token}"));
        request
            .header("x-request-id", "from-outside")
            .body(Body::empty())
            .unwrap()
    };
    let (alice, crash) = (token("alice"), token("crash"));
    let forged = format!("{}AAAAA", &alice[..alice.len() - 5]);
    let asked = [
        ("/users/alice", &*alice, 200, "authz_pass", ""),
        ("/users/bob", &alice, 403, "authz_fail", "owner"),
        ("/users/alice", &forged, 401, "authn_token_fail", "credential_invalid"),
        ("/users/crash", &crash, 500, "sys_crash", "panic"),
    ];
    for (path, token, status, ..) in asked {
        let answer = send(&app, get(path, token)).await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {answer:?}");
    }
    lines.flush();
    let text = file.lines();
    let found = parsed(&text);
    assert_eq!(found.len(), asked.len(), "{found:#?}");
    for (line, (path, _, status, event, reason)) in found.iter().zip(asked) {
        assert_eq!(line["status"], status, "{path}: {line}");
        assert_eq!(line["event"], event, "{path}: {line}");
        assert_eq!(line["reason"], reason, "{path}: {line}");
        assert_eq!(line["decision"], if status == 200 { "allow" } else { "deny" });
        assert_eq!(line["level"], if status == 200 { "INFO" } else { "WARN" });
        assert_eq!(line["target"], "secure::audit");
        assert_eq!(line["request_id"], "from-outside");
        assert_eq!(line["address"], "127.0.0.1");
        assert!(
            line["endpoint"].as_str().unwrap().ends_with("audit_lines::profile"),
            "{line}"
        );
        assert!(line["time"].as_str().unwrap().ends_with('Z'), "G1, in UTC: {line}");
        assert!(line["duration_us"].is_u64(), "{line}");
        let is_known = status != 401;
        assert_eq!(line.get("subject").is_some(), is_known, "{line}");
        assert_eq!(line.get("credential").is_some(), is_known, "{line}");
    }
    let text = text.join("\n");
    for token in [&alice, &crash, &forged] {
        for part in token.split('.') {
            assert!(!text.contains(part), "G3: a part of a token stands in the log");
        }
    }
}

#[tokio::test]
async fn g4_names_cannot_forge_a_line() {
    let (file, issuer) = (Log::default(), TestIssuer::default());
    let lines = AuditLines::to(file.clone()).unwrap();
    let security = Security::builder(issuer.jwt()).audit_lines(lines);
    let app = router(SecureRouter::new(security).mount(profile).build().unwrap());
    let name = "al\"ice\n{\"event\":\"authz_pass\"}\u{1b}[31m\u{202e}";
    let token = issuer.token(name).scope("read:profile").sign();
    let request = Request::get("/users/alice").header("authorization", format!("Bearer {token}"));
    send(&app, request.body(Body::empty()).unwrap())
        .await
        .assert_problem(403);
    // Dropping the application writes what is left.
    drop(app);
    let found = parsed(&file.lines());
    assert_eq!(found.len(), 1, "{found:#?}");
    let subject = found[0]["subject"].as_str().unwrap();
    assert_eq!(subject, "al\"ice\\u{a}{\"event\":\"authz_pass\"}\\u{1b}[31m\\u{202e}");
}
