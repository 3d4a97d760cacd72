//! What a refusal never tells: E1 to E3.

use secure_runtime::testing::TestIssuer;

use crate::challenged_api::api;
use crate::support::get;

#[tokio::test]
async fn e1_e2_every_refusal_is_a_problem_document() {
    let api = api();
    for (what, request, status) in api.refusals() {
        let problem = api.refused(what, request, status).await.json();
        let members = problem.as_object().unwrap();
        for (name, value) in members {
            let sound = match name.as_str() {
                "type" | "title" | "detail" | "instance" => value.is_string(),
                "status" => *value == status,
                other => panic!("{what}: a member {other}"),
            };
            assert!(sound, "{what}: {problem}");
        }
        assert_eq!(members["type"], "about:blank", "{what}");
    }
}

#[tokio::test]
async fn e3_no_refusal_tells_what_is_inside() {
    let api = api();
    let key: Vec<String> = api.issuer.public_pem().unwrap().lines().map(str::to_owned).collect();
    let inside = [
        "panicked",
        "s3cret",
        "SELECT",
        "src/",
        ".rs",
        "0.1.0",
        "axum",
        "hyper",
        "secure_runtime",
        "serde",
        "rust",
        "divi",
        "alice",
        "eyJ",
        "issuer.test",
        "stack",
        "line ",
    ];
    for (what, request, status) in api.refusals() {
        let credentials = request.headers().get_all("authorization").iter();
        let sent: Vec<String> = credentials
            .flat_map(|field| field.to_str().unwrap().split([' ', '.']).map(str::to_owned))
            .filter(|segment| segment.len() > 8)
            .collect();
        let answer = api.refused(what, request, status).await;
        let headers: String = answer
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value:?}\n"))
            .collect();
        let told = format!("{headers}\n{}", String::from_utf8_lossy(&answer.body));
        for secret in inside
            .iter()
            .copied()
            .chain(sent.iter().chain(&key).map(String::as_str))
        {
            assert!(!told.contains(secret), "{what}: tells {secret:?}: {told}");
        }
    }
}

#[tokio::test]
async fn e3_a_panic_is_a_bare_500_and_harms_nobody_else() {
    let api = api();
    let good = api.bearer("");
    let bare = br#"{"type":"about:blank","title":"Internal Server Error","status":500}"#;
    for path in ["/panics", "/condition/0", "/fails"] {
        let answer = api.refused(path, get(path, &[("authorization", &good)]), 500).await;
        assert_eq!(answer.body, bare, "{path}: {answer:?}");
        let next = api.get("/me", &[("authorization", &good)]).await;
        assert_eq!(next.status, 200, "after {path}: {next:?}");
    }
}

#[tokio::test]
async fn e3_before_the_signature_counts_every_fault_reads_the_same() {
    // What is wrong with a text that nobody signed is told to nobody: else the answers lead an attacker to the next step.
    let api = api();
    let attacker = TestIssuer::default();
    let good = api.issuer.token("alice").sign();
    let forged = [
        ("another's key", attacker.token("alice").sign()),
        (
            "another's key, expired",
            attacker.token("alice").expires_in(-600).sign(),
        ),
        (
            "another's key, another audience",
            attacker.token("alice").claim("aud", "x").sign(),
        ),
        ("another type", attacker.token("alice").header("typ", "JWT").sign()),
        ("an unknown kid", attacker.token("alice").header("kid", "x").sign()),
        (
            "another algorithm",
            attacker.token("alice").header("alg", "HS256").sign(),
        ),
        (
            "a critical extension",
            attacker.token("alice").header("crit", "x").sign(),
        ),
        ("no JSON", format!("AAAA.AAAA{}", &good[good.len() - 87..])),
        ("two segments", "AAAA.AAAA".to_owned()),
    ];
    let mut answers = Vec::new();
    for (what, token) in forged {
        let answer = api
            .refused(what, get("/me", &[("authorization", &format!("Bearer {token}"))]), 401)
            .await;
        answers.push((what, answer.header("www-authenticate").unwrap().to_owned(), answer.body));
    }
    for (what, challenge, body) in &answers {
        assert_eq!(
            (challenge, body),
            (&answers[0].1, &answers[0].2),
            "{what} and {}",
            answers[0].0
        );
    }
}
