//! As many limits as an endpoint can have, and all of their faults.

use axum::body::Body;
use axum::http::Request;
use secure_runtime::testing::TestIssuer;
use secure_runtime::{LockOut, SecureRouter, Security, secure};

use crate::support::{router, send};

#[secure(
    get = "/crowded",
    authenticated,
    rate("100/s", per = "ip"),
    rate("5000/min", per = "ip"),
    rate("250000/h", per = "ip"),
    rate("5000000/day", per = "ip"),
    rate("99/s", per = "ip", algorithm = "fixed_quota"),
    rate("4999/min", per = "ip", algorithm = "fixed_quota"),
    rate("249999/h", per = "ip", algorithm = "fixed_quota"),
    rate("4999999/day", per = "ip", algorithm = "fixed_quota")
)]
async fn crowded() {}

/// Beside eight limits of the address, failures are counted as well: none is left out for want of room.
#[tokio::test]
async fn l8_failures_count_beside_as_many_limits_as_there_can_be() {
    let issuer = TestIssuer::default();
    let security = Security::builder(issuer.jwt()).failed_authentication_rate("2/min");
    let app = router(SecureRouter::new(security).mount(crowded).build().unwrap());
    let good = issuer.token("alice").sign();
    let bad = format!("{}AAAA", &good[..good.len() - 4]);
    let get = |token: &str| {
        let request = Request::get("/crowded").header("authorization", format!("Bearer {token}"));
        request.body(Body::empty()).unwrap()
    };
    for status in [401, 401, 429] {
        send(&app, get(&bad)).await.assert_problem(status);
    }
    assert_eq!(send(&app, get(&good)).await.status, 200, "a valid credential passes");
}

/// One fault hides no other.
#[test]
fn s_all_faults_of_limits_come_at_once() {
    let security = Security::builder(TestIssuer::default().jwt())
        .default_rate("often")
        .failed_authentication_rate("rarely")
        .service_rate("always")
        .lock_out(LockOut::after(0))
        .limiter_capacity(0);
    let faults = security.build().unwrap_err().to_string();
    for place in [
        "default_rate",
        "failed_authentication_rate",
        "service_rate",
        "LockOut",
        "limiter_capacity",
    ] {
        assert!(faults.contains(place), "{place} is not told:\n{faults}");
    }
}
