//! Access tokens as well-known issuers write them: let in with the issuer's preset, and nothing else of that issuer is. J8,
//! J10, J13 to J16.

use secure_runtime::jwt::{Jwt, Preset};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Principal, SecureRouter, Security, secure};
use serde_json::{Value, json};

use crate::support::{get, router, send};

#[secure(get = "/who", authenticated)]
async fn who(caller: Principal) -> String {
    let list = |names: Vec<&str>| names.join(",");
    format!(
        "{} is_client={} client={} scopes={} roles={} tenant={}",
        caller.subject(),
        caller.is_client(),
        caller.client_id().unwrap_or("-"),
        list(caller.scopes().collect()),
        list(caller.roles().collect()),
        caller.tenant().unwrap_or("-"),
    )
}

/// One issuer: how it is configured here, and how it writes its access tokens.
struct Written {
    signer: TestIssuer,
    preset: Preset,
    audience: &'static str,
    header: Value,
    claims: Value,
}

impl Written {
    fn new(preset: Preset, audience: &'static str, header: Value, mut claims: Value) -> Self {
        let signer = TestIssuer::default();
        let now = secure_runtime::Clock::default().unix_seconds().floor();
        for (name, value) in [("iat", now), ("exp", now + 600.0)] {
            claims[name] = json!(value);
        }
        Self {
            signer,
            preset,
            audience,
            header,
            claims,
        }
    }

    fn strict(&self) -> Jwt {
        Jwt::issuer(self.claims["iss"].as_str().unwrap())
            .audience(self.audience)
            .key(self.signer.key())
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        self.signer.sign_raw(&header.to_string(), &claims.to_string())
    }

    async fn known(&self, jwt: Jwt, token: &str) -> Result<String, u16> {
        let app = SecureRouter::new(Security::builder(jwt)).mount(who).build().unwrap();
        let credential = format!("Bearer {token}");
        let answer = send(&router(app), get("/who", &[("authorization", &credential)])).await;
        match answer.status.as_u16() {
            200 => Ok(String::from_utf8(answer.body).unwrap()),
            status => Err(status),
        }
    }

    /// What is known of a caller whose token has these claims too; `null` removes one.
    async fn with(&self, change: &Value) -> Result<String, u16> {
        let mut claims = self.claims.clone();
        for (name, value) in change.as_object().unwrap() {
            match value {
                Value::Null => {
                    claims.as_object_mut().unwrap().remove(name);
                }
                value => claims[name] = value.clone(),
            }
        }
        let token = self.sign(&self.header, &claims);
        self.known(self.strict().preset(self.preset), &token).await
    }

    async fn reads(&self, expected: &str) {
        assert_eq!(self.with(&json!({})).await.unwrap(), expected, "{:?}", self.preset);
    }

    /// J8: the default takes no such token.
    async fn is_refused_without_the_preset(&self) {
        let token = self.sign(&self.header, &self.claims);
        assert_eq!(self.known(self.strict(), &token).await, Err(401), "{:?}", self.preset);
    }

    /// With each of these claims, or without it, the token is none.
    async fn refuses(&self, changes: impl IntoIterator<Item = Value>) {
        for change in changes {
            assert_eq!(self.with(&change).await, Err(401), "{:?}: {change}", self.preset);
        }
    }

    /// What every preset refuses.
    async fn refuses_what_all_refuse(&self, client_claim: &str) {
        self.refuses([
            // J13, and a client that hides that it is one (J15).
            json!({ client_claim: null }),
            json!({ client_claim: "" }),
            json!({ client_claim: ["shop-web"] }),
            json!({ "sub": null }),
            json!({ "sub": "" }),
            json!({ "exp": null }),
            json!({ "exp": 1_000_000_000 }),
            json!({ "iss": "https://other.test" }),
            // J16: what only an ID token, a logout token or a proof has.
            json!({ "nonce": "n-0S6_WzA2Mj" }),
            json!({ "at_hash": "MTIzNDU2Nzg5MDEyMzQ1Ng" }),
            json!({ "c_hash": "MTIzNDU2Nzg5MDEyMzQ1Ng" }),
            json!({ "events": { "http://schemas.openid.net/event/backchannel-logout": {} } }),
            json!({ "htm": "GET" }),
            // D7: bound to what nobody proves to have.
            json!({ "cnf": { "jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } }),
        ])
        .await;
        for typ in ["logout+jwt", "dpop+jwt", "secevent+jwt"] {
            let mut header = self.header.clone();
            header["typ"] = json!(typ);
            let token = self.sign(&header, &self.claims);
            let jwt = self.strict().preset(self.preset);
            assert_eq!(self.known(jwt, &token).await, Err(401), "{:?}: {typ}", self.preset);
        }
    }
}

fn jwt() -> Value {
    json!({ "alg": "ES256", "typ": "JWT", "kid": "k1" })
}

#[tokio::test]
async fn j8_j13_j16_keycloak() {
    let claims = json!({
        "jti": "onrtac:3b3d1a0e-6f9c-4c1b-8f3d-7f0f3c1d2e4a", "iss": "https://id.test/realms/shop",
        "aud": ["https://api.test", "account"], "sub": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "typ": "Bearer",
        "azp": "shop-web", "sid": "d9c5d2a0", "acr": "1", "allowed-origins": ["https://shop.test"],
        "realm_access": { "roles": ["clerk"] }, "resource_access": { "account": { "roles": ["manage-account"] } },
        "scope": "openid profile", "email_verified": true, "preferred_username": "alice",
        "roles": ["root"], "tenant": "acme",
    });
    let keycloak = Written::new(Preset::Keycloak, "https://api.test", jwt(), claims);
    keycloak
        .reads(
            "f81d4fae-7dec-11d0-a765-00a0c91e6bf6 is_client=false client=shop-web scopes=openid,profile roles=clerk tenant=-",
        )
        .await;
    keycloak.is_refused_without_the_preset().await;
    keycloak.refuses_what_all_refuse("azp").await;
    keycloak
        .refuses([
            // Its ID and refresh tokens say what they are in the claim `typ`.
            json!({ "typ": "ID" }),
            json!({ "typ": "Refresh" }),
            json!({ "typ": "Offline" }),
            json!({ "typ": "Logout" }),
            json!({ "typ": "bearer" }),
            json!({ "typ": ["Bearer"] }),
            json!({ "typ": null }),
            json!({ "jti": null }),
            json!({ "aud": "account" }),
            json!({ "aud": null }),
            json!({ "realm_access": { "roles": "clerk" } }),
            json!({ "scope": ["openid"] }),
        ])
        .await;
    assert!(keycloak.with(&json!({ "typ": "DPoP" })).await.is_ok());
    // `client_id`, which it also writes for service accounts, is not where the client is.
    let service = keycloak
        .with(&json!({ "client_id": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6" }))
        .await;
    assert!(service.unwrap().contains("is_client=false client=shop-web"));
    let without_roles = keycloak.with(&json!({ "realm_access": null })).await.unwrap();
    assert!(without_roles.contains("roles= "), "{without_roles}");
}

fn auth0(preset: Preset, client: &str) -> Value {
    let mut claims = json!({
        "iss": "https://shop.auth.test/", "sub": "auth0|123456",
        "aud": ["https://api.test", "https://shop.auth.test/userinfo"], "scope": "openid read:orders",
        "permissions": ["read:all"], "roles": ["root"], "tenant": "acme",
    });
    claims[client] = json!("shop-web");
    if preset == Preset::Auth0Rfc9068 {
        claims["jti"] = json!("ijlGk7XTmd");
    }
    claims
}

#[tokio::test]
async fn j8_j13_j16_auth0() {
    let written = |header| {
        let claims = auth0(Preset::Auth0, "azp");
        Written::new(Preset::Auth0, "https://api.test", header, claims)
    };
    let auth0 = written(jwt());
    auth0
        .reads("auth0|123456 is_client=false client=shop-web scopes=openid,read:orders roles= tenant=-")
        .await;
    auth0.is_refused_without_the_preset().await;
    auth0.refuses_what_all_refuse("azp").await;
    auth0
        .refuses([
            // An ID token is for the client.
            json!({ "aud": "shop-web" }),
            json!({ "aud": "https://shop.auth.test/userinfo" }),
            json!({ "aud": null }),
            json!({ "scope": ["read:orders"] }),
        ])
        .await;
    written(json!({ "alg": "ES256" }))
        .reads("auth0|123456 is_client=false client=shop-web scopes=openid,read:orders roles= tenant=-")
        .await;
}

#[tokio::test]
async fn j8_j13_j16_auth0_with_the_profile_of_rfc_9068() {
    let claims = auth0(Preset::Auth0Rfc9068, "client_id");
    let header = json!({ "alg": "ES256", "typ": "at+jwt", "kid": "k1" });
    let auth0 = Written::new(Preset::Auth0Rfc9068, "https://api.test", header, claims);
    auth0
        .reads("auth0|123456 is_client=false client=shop-web scopes=openid,read:orders roles= tenant=-")
        .await;
    auth0.refuses_what_all_refuse("client_id").await;
    auth0
        .refuses([
            json!({ "jti": null }),
            json!({ "iat": null }),
            json!({ "aud": "shop-web" }),
            json!({ "client_id": null, "azp": "shop-web" }),
        ])
        .await;
    for header in [jwt(), json!({ "alg": "ES256" })] {
        let token = auth0.sign(&header, &auth0.claims);
        let jwt = auth0.strict().preset(auth0.preset);
        assert_eq!(auth0.known(jwt, &token).await, Err(401), "{header}");
    }
}

#[tokio::test]
async fn j15_a_client_of_auth0_is_known_by_its_subject() {
    for (preset, client, header) in [
        (Preset::Auth0, "azp", jwt()),
        (
            Preset::Auth0Rfc9068,
            "client_id",
            json!({ "alg": "ES256", "typ": "at+jwt" }),
        ),
    ] {
        let auth0 = Written::new(preset, "https://api.test", header, auth0(preset, client));
        for (subject, is_client) in [
            ("shop-web@clients", true),
            ("shop-web", false),
            ("shop-web@clients@clients", false),
            ("other@clients", false),
            ("@clients", false),
            ("shop-web@CLIENTS", false),
        ] {
            let known = auth0.with(&json!({ "sub": subject })).await.unwrap();
            assert!(
                known.starts_with(&format!("{subject} is_client={is_client} ")),
                "{preset:?}: {known}"
            );
        }
    }
}

#[tokio::test]
async fn j8_j13_j16_entra_id() {
    let claims = json!({
        "aud": "6e74172b-be56-4843-9ff4-e66a39bb12e3",
        "iss": "https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0",
        "azp": "shop-web", "azpacr": "0", "oid": "690222be-ff1a-4d56-abd1-7e4f7d38e474",
        "sub": "HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ", "scp": "access_as_user Orders.Read",
        "roles": ["Clerk"], "tid": "72f988bf-86f1-41af-91ab-2d7cd011db47", "uti": "fqiBqXLPj0eQa82S-IYFAA",
        "ver": "2.0", "scope": "root", "tenant": "acme",
    });
    let audience = "6e74172b-be56-4843-9ff4-e66a39bb12e3";
    let entra = Written::new(Preset::EntraId, audience, jwt(), claims);
    entra
        .reads(
            "HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ is_client=false client=shop-web \
             scopes=access_as_user,Orders.Read roles=Clerk tenant=72f988bf-86f1-41af-91ab-2d7cd011db47",
        )
        .await;
    entra.is_refused_without_the_preset().await;
    entra.refuses_what_all_refuse("azp").await;
    entra
        .refuses([
            // Of version 1.0, and an ID token, which is for the client.
            json!({ "ver": "1.0", "appid": "shop-web", "azp": null }),
            json!({ "ver": "1.0" }),
            json!({ "ver": 2.0 }),
            json!({ "ver": null }),
            json!({ "aud": "shop-web" }),
            json!({ "azp": null, "appid": "shop-web" }),
            // An ID token of an application that is its own API: it has no client, and no `nonce` if none was asked for.
            json!({ "azp": null, "scp": null, "name": "Alice" }),
            json!({ "scp": ["Orders.Read"] }),
            json!({ "tid": 7 }),
            json!({ "tid": "" }),
            json!({ "roles": "Clerk" }),
        ])
        .await;
    // A client that acts for itself has roles and no scopes.
    let service = entra.with(&json!({ "scp": null })).await.unwrap();
    assert!(service.contains("scopes= roles=Clerk"), "{service}");
}

#[tokio::test]
async fn j8_j13_j16_cognito() {
    let claims = json!({
        "sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "device_key": "x", "cognito:groups": ["clerk"],
        "iss": "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example", "version": 2, "client_id": "shop-web",
        "origin_jti": "y", "event_id": "z", "token_use": "access", "scope": "phone openid", "auth_time": 1_676_312_777,
        "jti": "aaaaaaaa-1111", "username": "my-test-user", "roles": ["root"], "tenant": "acme",
    });
    let header = json!({ "kid": "k1", "alg": "ES256" });
    let cognito = Written::new(Preset::Cognito, "shop-web", header, claims);
    cognito
        .reads(
            "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee is_client=false client=shop-web scopes=phone,openid roles=clerk tenant=-",
        )
        .await;
    cognito.is_refused_without_the_preset().await;
    cognito.refuses_what_all_refuse("client_id").await;
    cognito
        .refuses([
            json!({ "token_use": "id" }),
            json!({ "token_use": null }),
            json!({ "token_use": ["access"] }),
            // As an ID token is written.
            json!({ "token_use": "id", "client_id": null, "aud": "shop-web" }),
            json!({ "client_id": null, "aud": "shop-web" }),
            // J10: of another client, whatever `aud` says.
            json!({ "client_id": "another" }),
            json!({ "client_id": "another", "aud": "shop-web" }),
            json!({ "jti": null }),
            json!({ "cognito:groups": "clerk" }),
        ])
        .await;
    let machine = cognito.with(&json!({ "sub": "shop-web" })).await.unwrap();
    assert!(machine.starts_with("shop-web is_client=true "), "{machine}");
}

#[tokio::test]
async fn j8_j13_j16_okta() {
    let claims = json!({
        "ver": 1, "jti": "AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE",
        "iss": "https://shop.okta.test/oauth2/default", "aud": "api://default", "cid": "shop-web",
        "uid": "00ujmkLgagxeRrAg20g3", "scp": ["openid", "read:orders"], "sub": "alice@shop.test",
        "scope": "root", "roles": ["root"], "tenant": "acme",
    });
    let header = json!({ "alg": "ES256", "kid": "k1" });
    let okta = Written::new(Preset::Okta, "api://default", header, claims);
    okta.reads("alice@shop.test is_client=false client=shop-web scopes=openid,read:orders roles= tenant=-")
        .await;
    okta.is_refused_without_the_preset().await;
    okta.refuses_what_all_refuse("cid").await;
    okta.refuses([
        json!({ "aud": "shop-web" }),
        json!({ "aud": "https://shop.okta.test" }),
        json!({ "jti": null }),
        // An ID token has no client claim of this name.
        json!({ "cid": null, "client_id": "shop-web", "jti": "ID.x", "amr": ["pwd"] }),
        json!({ "scp": ["read:orders write:orders"] }),
        json!({ "scp": [7] }),
    ])
    .await;
    let machine = okta.with(&json!({ "sub": "shop-web", "uid": null })).await.unwrap();
    assert!(machine.starts_with("shop-web is_client=true "), "{machine}");
}
