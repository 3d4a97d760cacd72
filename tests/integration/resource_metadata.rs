//! What the API tells clients of itself (RFC 9728).

use secure_runtime::jwt::Jwt;
use secure_runtime::testing::{ISSUER, TestIssuer};
use secure_runtime::{ResourceMetadata, SecureRouter, Security, SecurityBuilder, secure};
use serde_json::json;

use crate::support::{get, request, router, send};

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
