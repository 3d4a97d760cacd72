//! Who is let in: every route against every credential.

use axum::http::HeaderValue;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secure_runtime::jwt::{Jwt, Key, MacAlgorithm};

use crate::example_routes::{Credential, Other, ROWS, Row};
use crate::example_stand::{Expect, Stand};
use crate::forged;

/// A2: nothing but the realm.
const BARE: &str = "Bearer realm=\"profile-api\"";
const UNVERIFIED: &str = "the access token is invalid";

fn invalid(description: &str) -> String {
    format!("{BARE}, error=\"invalid_token\", error_description=\"{description}\"")
}

/// The token of `make` is refused wherever a credential is looked at, and changes nothing where none is.
async fn refused_everywhere(description: &str, make: impl Fn(&Stand, &Row) -> String) {
    for row in &ROWS {
        let stand = Stand::new();
        let authorization = format!("Bearer {}", make(&stand, row));
        let expect = match row.credential {
            Credential::Needed(_) | Credential::Optional => Expect::Unknown(invalid(description)),
            Credential::NotLookedAt => Expect::Success,
        };
        let request = row.request(Some(&authorization));
        stand.check(row, &authorization, request, &expect).await;
    }
}

#[tokio::test]
async fn the_right_caller_gets_in_everywhere() {
    for row in &ROWS {
        let stand = Stand::new();
        let token = row.token(&stand, "alice").sign();
        let request = row.request(Some(&format!("Bearer {token}")));
        let answer = stand.check(row, "the right caller", request, &Expect::Success).await;
        assert_eq!(String::from_utf8_lossy(&answer.body), row.answer, "{}", row.template);
    }
}

#[tokio::test]
async fn a2_without_a_credential_the_challenge_is_bare() {
    // Schemes that are not ours count as none: what they say was not said to us.
    for authorization in [None, Some("Basic YWxpY2U6cHc="), Some("Bearer2 x"), Some("")] {
        for row in &ROWS {
            let stand = Stand::new();
            let expect = match (row.credential, authorization) {
                (Credential::Needed(_), _) | (Credential::Optional, Some(_)) => Expect::Unknown(BARE.to_owned()),
                (Credential::Optional, None) | (Credential::NotLookedAt, _) => Expect::Success,
            };
            let request = row.request(authorization);
            stand.check(row, &format!("{authorization:?}"), request, &expect).await;
        }
    }
}

#[tokio::test]
async fn a3_garbage_is_an_invalid_token() {
    refused_everywhere(UNVERIFIED, |_, _| "garbage".to_owned()).await;
    refused_everywhere(UNVERIFIED, |_, _| "a.b.c".to_owned()).await;
    refused_everywhere("the access token is malformed", |_, _| "two words".to_owned()).await;
    refused_everywhere("the access token is malformed", |_, _| String::new()).await;
}

#[tokio::test]
async fn a5_two_authorization_headers_are_a_bad_request() {
    let description = "the request has more than one Authorization header";
    let challenge = format!("{BARE}, error=\"invalid_request\", error_description=\"{description}\"");
    for row in &ROWS {
        let stand = Stand::new();
        let good = HeaderValue::try_from(format!("Bearer {}", row.token(&stand, "alice").sign())).unwrap();
        let mut request = row.request(None);
        request.headers_mut().append("authorization", good.clone());
        request.headers_mut().append("authorization", good);
        let (answer, queries) = stand.ask(request).await;
        if row.credential == Credential::NotLookedAt {
            row.assert("two credentials", &answer, queries, &Expect::Success);
            continue;
        }
        answer.assert_problem(400);
        assert_eq!(
            answer.header("www-authenticate"),
            Some(challenge.as_str()),
            "{}",
            row.template
        );
        assert_eq!(queries, 0, "{}", row.template);
    }
}

#[tokio::test]
async fn j11_an_expired_token_is_refused() {
    refused_everywhere("the access token expired", |stand, row| {
        row.token(stand, "alice").expires_in(-30).sign()
    })
    .await;
}

#[tokio::test]
async fn j10_a_token_for_another_audience_is_refused() {
    refused_everywhere("the access token is for another audience", |stand, row| {
        row.token(stand, "alice")
            .claim("aud", "https://other-api.example")
            .sign()
    })
    .await;
}

#[tokio::test]
async fn j9_a_token_of_another_issuer_is_refused() {
    refused_everywhere("the access token is of another issuer", |stand, row| {
        row.token(stand, "alice")
            .claim("iss", "https://id.profile-api.example/")
            .sign()
    })
    .await;
    // The right name over somebody else's key.
    refused_everywhere(UNVERIFIED, |_, row| row.token(&Stand::new(), "alice").sign()).await;
}

#[tokio::test]
async fn j1_a_token_without_algorithm_is_refused() {
    for name in ["none", "None", "NONE"] {
        refused_everywhere(UNVERIFIED, |stand, row| {
            let header = format!("{{\"typ\":\"at+jwt\",\"alg\":\"{name}\"}}");
            let claims = row.token(stand, "alice").claims_json();
            format!("{}.{}.", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims))
        })
        .await;
        // Signed all the same, over the header that says `none`.
        refused_everywhere(UNVERIFIED, |stand, row| {
            row.token(stand, "alice").header("alg", name).sign()
        })
        .await;
    }
}

fn signed_with_the_public_key(stand: &Stand, row: &Row) -> String {
    let claims = row.token(stand, "alice").claims_json();
    forged::hs256(stand.issuer.public_pem().unwrap(), &claims)
}

#[tokio::test]
async fn j2_a_mac_keyed_with_the_public_key_is_refused() {
    refused_everywhere(UNVERIFIED, signed_with_the_public_key).await;
}

/// The other half of the test above: what is refused there is what a verifier that took the PEM for a secret would take.
#[tokio::test]
async fn j2_the_forged_mac_would_fool_a_verifier_that_confuses_the_two() {
    let row = &ROWS[0];
    let mut stand = Stand::new();
    let forged = signed_with_the_public_key(&stand, row);
    let confused = Key::secret(MacAlgorithm::Hs256, stand.issuer.public_pem().unwrap());
    let jwt = Jwt::issuer(profile_api::ISSUER)
        .audience(profile_api::AUDIENCE)
        .key(confused);
    let security = secure_runtime::Security::builder(jwt).clock(stand.clock.clone());
    let roles = ["vice-president", "manager", "employee"].into_iter();
    let roles = roles.fold(secure_runtime::RoleHierarchy::new(), |all, role| all.role(role, &[]));
    let app = profile_api::app(security.roles(roles), stand.db.clone()).unwrap();
    stand.router = crate::support::router(app);
    let request = row.request(Some(&format!("Bearer {forged}")));
    stand
        .check(row, "the confused verifier", request, &Expect::Success)
        .await;
}

#[tokio::test]
async fn a4_a_token_without_the_scope_is_told_which_one() {
    // J14: a scope that only begins like the right one is another scope; admin:users stands for the owner, not for a scope.
    for scope in [
        "",
        "read",
        "read:profilex write:profile2 xread:orders READ:REPORTS",
        "admin:users",
    ] {
        for row in &ROWS {
            let stand = Stand::new();
            let token = row.token(&stand, "alice").scope(scope).sign();
            let expect = match row.credential {
                Credential::Needed(needed) => Expect::Refused(
                    403,
                    Some(format!(
                        "{BARE}, error=\"insufficient_scope\", error_description=\"the access token lacks a scope\", \
                         scope=\"{needed}\""
                    )),
                ),
                Credential::Optional | Credential::NotLookedAt => Expect::Success,
            };
            let request = row.request(Some(&format!("Bearer {token}")));
            stand.check(row, &format!("scope {scope:?}"), request, &expect).await;
        }
    }
}

/// The scopes of all other routes together open none.
#[tokio::test]
async fn z6_each_route_asks_for_its_own_scope() {
    for row in &ROWS {
        let Credential::Needed(own) = row.credential else {
            continue; // there is no scope to lack; `a4_…` shows that these routes ask for none
        };
        let stand = Stand::new();
        let others = ROWS.iter().filter_map(|other| match other.credential {
            Credential::Needed(scope) if scope != own => Some(scope),
            _ => None,
        });
        let others: Vec<_> = others.collect();
        let token = row.token(&stand, "alice").scope(&others.join(" ")).sign();
        let (answer, queries) = stand.ask(row.request(Some(&format!("Bearer {token}")))).await;
        answer.assert_problem(403);
        assert_eq!(queries, 0, "{}", row.template);
    }
}

/// What the row says of somebody who is not alice of acme.
async fn check_other(row: &Row, other: Other, who: &str, token: impl Fn(&Stand) -> String) {
    let stand = Stand::new();
    let (expect, why) = match other {
        Other::Refused => (Expect::Refused(403, None), ""),
        Other::Hidden => (Expect::Refused(404, None), ""),
        Other::LetIn(why) => (Expect::Success, why),
    };
    let request = row.request(Some(&format!("Bearer {}", token(&stand))));
    stand.check(row, &format!("{who}; {why}"), request, &expect).await;
}

#[tokio::test]
async fn z2_what_is_alices_is_refused_to_everybody_else() {
    for row in &ROWS {
        // Beside a stranger, what a comparison that forgets case, length or white space would take for alice.
        for subject in ["bob", "Alice", "alic", "alicee", "alice "] {
            check_other(row, row.other_owner, subject, |stand| row.token(stand, subject).sign()).await;
        }
    }
}

#[tokio::test]
async fn j15_a_client_of_alices_name_owns_nothing() {
    for row in &ROWS {
        check_other(row, row.other_owner, "a client", |stand| {
            row.token(stand, "alice").claim("client_id", "alice").sign()
        })
        .await;
    }
}

#[tokio::test]
async fn z5_what_is_acmes_is_refused_to_other_tenants() {
    for row in &ROWS {
        for tenant in ["globex", "Acme", "acm", "acme "] {
            check_other(row, row.other_tenant, tenant, |stand| {
                row.token(stand, "alice").tenant(tenant).sign()
            })
            .await;
        }
        check_other(row, row.other_tenant, "no tenant", |stand| {
            row.token(stand, "alice").without("tenant").sign()
        })
        .await;
    }
}

/// V16.5.3: what the token says in a form that we do not read is not read as nothing.
#[tokio::test]
async fn z7_a_tenant_or_role_of_the_wrong_type_fails_the_token() {
    let description = "the access token lacks a claim, or has one of the wrong type";
    for (claim, value) in [
        ("tenant", serde_json::json!(["acme", "globex"])),
        ("tenant", serde_json::json!("")),
        ("tenant", serde_json::json!(null)),
        ("roles", serde_json::json!("manager")),
        ("roles", serde_json::json!([{ "name": "manager" }])),
    ] {
        refused_everywhere(description, |stand, row| {
            row.token(stand, "alice").claim(claim, value.clone()).sign()
        })
        .await;
    }
}

#[tokio::test]
async fn administrators_reach_profiles_and_nothing_else() {
    for row in ROWS
        .iter()
        .filter(|row| matches!(row.other_owner, Other::Refused | Other::Hidden))
    {
        let stand = Stand::new();
        let Credential::Needed(scope) = row.credential else {
            panic!("{} has an owner and no scope", row.template);
        };
        let token = row.token(&stand, "admin").scope(&format!("{scope} admin:users")).sign();
        let expect = match row.template {
            "/users/{user_id}/profile" => Expect::Success,
            "/users/{user_id}/orders" => Expect::Refused(403, None),
            "/orders/{order_id}" => Expect::Refused(404, None),
            other => panic!("{other}: say what administrators may do here"),
        };
        let request = row.request(Some(&format!("Bearer {token}")));
        stand.check(row, "an administrator", request, &expect).await;
    }
}
