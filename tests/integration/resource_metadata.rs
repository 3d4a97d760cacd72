//! What the API tells clients of itself (RFC 9728).

use secure_runtime::certificate::{ClientCertHeader, ClientCertificates, Identity};
use secure_runtime::dpop::Dpop;
use secure_runtime::jwt::Jwt;
use secure_runtime::jwt::SignatureAlgorithm;
use secure_runtime::testing::{ISSUER, TestIssuer};
use secure_runtime::{ResourceMetadata, SecureRouter, Security, SecurityBuilder, secure};
use serde_json::json;

use crate::certificates::{Authority, BILLING};
use crate::support::{get, request, router, send};
use crate::ways_in::Asked;

mod vocabulary {
    secure_runtime::scopes! {
        pub READ = "read:orders";
        pub WRITE = "write:orders";
    }
}

#[secure(get = "/orders", scope = vocabulary::READ)]
async fn list() {}

#[secure(get = "/.well-known/oauth-protected-resource", public = "a test")]
async fn in_its_place() {}

fn security(resource: &str) -> SecurityBuilder {
    let metadata = ResourceMetadata::of(resource)
        .name("Orders")
        .documentation("https://docs.test/orders");
    let other = TestIssuer::default();
    let other = Jwt::issuer("https://other.test").audience(resource).key(other.key());
    Security::builder(TestIssuer::default().jwt())
        .accept(other)
        .owners_from([ISSUER])
        .resource_metadata(metadata)
}

#[tokio::test]
async fn k7_the_metadata_stand_where_the_rfc_has_them() {
    for (resource, path) in [
        ("https://api.test", "/.well-known/oauth-protected-resource"),
        ("https://api.test/", "/.well-known/oauth-protected-resource"),
        ("https://api.test:8443/v1", "/.well-known/oauth-protected-resource/v1"),
        ("https://api.test/a/b/", "/.well-known/oauth-protected-resource/a/b/"),
    ] {
        let app = SecureRouter::new(security(resource).scopes(vocabulary::ALL))
            .mount(list)
            .build()
            .unwrap();
        let router = router(app);
        let answer = send(&router, get(path, &[])).await;
        assert_eq!(answer.status, 200, "{resource}: {answer:?}");
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        let expected = json!({
            "resource": resource,
            "authorization_servers": [ISSUER, "https://other.test"],
            "scopes_supported": ["read:orders", "write:orders"],
            "bearer_methods_supported": ["header"],
            "resource_name": "Orders",
            "resource_documentation": "https://docs.test/orders",
        });
        assert_eq!(answer.json(), expected);
        // A10: a client that is refused is told where to look.
        let refused = send(&router, get("/orders", &[])).await;
        let challenge = refused.header("www-authenticate").unwrap();
        let origin = resource.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        assert_eq!(
            challenge,
            format!("Bearer realm=\"api\", resource_metadata=\"{origin}{path}\"")
        );
        assert_eq!(send(&router, request("POST", path, &[], "")).await.status, 405);
    }
}

#[tokio::test]
async fn k7_what_is_empty_is_left_out() {
    let metadata = ResourceMetadata::of("http://127.0.0.1:3000");
    let security = Security::builder(TestIssuer::default().jwt()).resource_metadata(metadata);
    let router = router(SecureRouter::new(security).mount(list).build().unwrap());
    let answer = send(&router, get("/.well-known/oauth-protected-resource", &[])).await;
    let expected = json!({
        "resource": "http://127.0.0.1:3000",
        "authorization_servers": [ISSUER],
        "bearer_methods_supported": ["header"],
    });
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn a10_nothing_is_served_or_named_unless_said_so() {
    let router = router(
        SecureRouter::new(Security::builder(TestIssuer::default().jwt()))
            .mount(list)
            .build()
            .unwrap(),
    );
    assert_eq!(
        send(&router, get("/.well-known/oauth-protected-resource", &[]))
            .await
            .status,
        404
    );
    let refused = send(&router, get("/orders", &[])).await;
    assert_eq!(refused.header("www-authenticate"), Some("Bearer realm=\"api\""));
}

#[test]
fn k7_what_cannot_be_served_is_a_fault() {
    let fault = |security: SecurityBuilder| SecureRouter::new(security).mount(list).build().unwrap_err().to_string();
    for resource in [
        "",
        "api.test",
        "http://api.test",
        "https://api.test?x=1",
        "https://api.test#x",
        "https://u@api.test",
        "https://a\"b",
    ] {
        assert!(fault(security(resource)).contains("the resource"), "{resource}");
    }
    let metadata = ResourceMetadata::of("https://api.test").documentation("javascript:alert(1)");
    let security = Security::builder(TestIssuer::default().jwt()).resource_metadata(metadata);
    assert!(fault(security).contains("the documentation"));
    let metadata = ResourceMetadata::of("https://api.test");
    let security = Security::builder(TestIssuer::default().jwt()).resource_metadata(metadata);
    let faults = SecureRouter::new(security).mount(in_its_place).build().unwrap_err();
    assert!(
        faults.to_string().contains("where the resource's metadata stand"),
        "{faults}"
    );
}

#[tokio::test]
async fn k7_it_says_which_proofs_are_taken() {
    let issuer = TestIssuer::default();
    let document = async |security: SecurityBuilder| {
        let security = security.resource_metadata(ResourceMetadata::of("https://api.test"));
        let app = SecureRouter::new(security).mount(list).build().unwrap();
        let router = router(app);
        let answer = send(&router, get("/.well-known/oauth-protected-resource", &[])).await;
        let refused = send(&router, get("/orders", &[])).await;
        let told = refused.headers.get_all("www-authenticate").iter();
        let told: Vec<_> = told.map(|value| value.to_str().unwrap().to_owned()).collect();
        (answer.json(), told)
    };
    let dpop = || Dpop::new("https://api.test").algorithms(&[SignatureAlgorithm::Es256, SignatureAlgorithm::EdDsa]);
    let metadata = "resource_metadata=\"https://api.test/.well-known/oauth-protected-resource\"";
    let proxies = ClientCertHeader::from_proxies(["10.0.3.7"]);
    let (all, told) = document(Security::builder(issuer.jwt()).dpop(dpop()).client_cert_header(proxies)).await;
    let expected = json!({
        "resource": "https://api.test",
        "authorization_servers": [ISSUER],
        "bearer_methods_supported": ["header"],
        "dpop_signing_alg_values_supported": ["ES256", "EdDSA"],
        "tls_client_certificate_bound_access_tokens": true,
    });
    assert_eq!(all, expected);
    // A10: both schemes name it.
    let challenges = [
        format!("Bearer realm=\"api\", {metadata}"),
        format!("DPoP realm=\"api\", algs=\"ES256 EdDSA\", {metadata}"),
    ];
    assert_eq!(told, challenges);

    let (only_clients, told) = document(Security::builder(partners()).dpop(dpop())).await;
    // A proof goes with a token, and there are none.
    assert_eq!(only_clients, json!({"resource": "https://api.test"}));
    assert_eq!(told, ["Certificate realm=\"api\""]);
    let (both, _) = document(Security::builder(issuer.jwt()).accept(partners())).await;
    assert_eq!(both["tls_client_certificate_bound_access_tokens"], true);
}

fn partners() -> ClientCertificates {
    let roots = ClientCertificates::trust("partners", Authority::new().pem);
    roots.identity(Identity::SanUri).client(BILLING, ["read:orders"])
}

#[tokio::test]
async fn ways_in_that_would_stand_in_each_others_way_are_faults() {
    let fault = |security: SecurityBuilder| security.build().unwrap_err().to_string();
    let twice = fault(Security::builder(partners()).accept(partners()));
    assert!(twice.contains("certificates are accepted twice"), "{twice}");
    let (one, two) = (Asked::start().await, Asked::start().await);
    let twice = fault(Security::builder(one.introspection()).accept(two.introspection()));
    assert!(twice.contains("introspected at two places"), "{twice}");
}
