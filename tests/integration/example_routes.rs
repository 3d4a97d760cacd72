//! The example's routes as rows of a table.
//!
//! The rows say what the routes promise in the words of HTTP, and read nothing from the policies: what a policy loses
//! shows here as an answer that is not the row's.

use std::collections::BTreeSet;

use crate::example_stand::Stand;

/// One route.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) method: &'static str,
    pub(crate) template: &'static str,
    /// The path that alice of acme asks for.
    pub(crate) uri: &'static str,
    pub(crate) credential: Credential,
    pub(crate) roles: &'static [&'static str],
    pub(crate) body: Input,
    pub(crate) limit: Limit,
    /// Somebody else of the same tenant asks for `uri`.
    pub(crate) other_owner: Other,
    /// Alice, as a member of another tenant, asks for `uri`.
    pub(crate) other_tenant: Other,
    pub(crate) success: u16,
    /// The whole answer to alice.
    pub(crate) answer: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credential {
    /// A token with this scope.
    Needed(&'static str),
    /// None, or a good one.
    Optional,
    /// Whatever is sent is not looked at.
    NotLookedAt,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// This document, of at most so many bytes.
    Json { right: &'static str, cap: usize },
    /// There is no input, and a body that is sent all the same is not looked at.
    NotRead,
}

/// A limit, and what it says after one request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) name: &'static str,
    pub(crate) count: u32,
    /// Seconds until one more request is admitted, rounded up.
    pub(crate) refill: u64,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Other {
    Refused,
    /// Refused as if the object did not exist.
    Hidden,
    /// Let in like alice, for this reason.
    LetIn(&'static str),
}

const fn limit(name: &'static str, count: u32, refill: u64) -> Limit {
    Limit { name, count, refill }
}

/// Every route of the example.
pub(crate) const ROWS: [Row; 8] = [
    Row {
        method: "GET",
        template: "/users/{user_id}/profile",
        uri: "/users/alice/profile",
        credential: Credential::Needed("read:profile"),
        roles: &[],
        body: Input::NotRead,
        limit: limit("caller", 100, 1),
        other_owner: Other::Refused,
        other_tenant: Other::LetIn("a profile belongs to a user, not to a tenant"),
        success: 200,
        answer: r#"{"user_id":"alice","name":"Alice Example","bio":"Likes maps.","email":"alice@example.com"}"#,
    },
    Row {
        method: "PUT",
        template: "/users/{user_id}/profile",
        uri: "/users/alice/profile",
        credential: Credential::Needed("write:profile"),
        roles: &[],
        body: Input::Json {
            right: r#"{"name":"Alice","bio":"Draws maps."}"#,
            cap: 4096,
        },
        limit: limit("caller", 30, 2),
        other_owner: Other::Refused,
        other_tenant: Other::LetIn("a profile belongs to a user, not to a tenant"),
        success: 200,
        answer: r#"{"user_id":"alice","name":"Alice","bio":"Draws maps.","email":"alice@example.com"}"#,
    },
    Row {
        method: "GET",
        template: "/users/{user_id}/orders",
        uri: "/users/alice/orders",
        credential: Credential::Needed("read:orders"),
        roles: &[],
        body: Input::NotRead,
        limit: limit("caller", 10, 6),
        other_owner: Other::Refused,
        other_tenant: Other::LetIn("orders belong to a user, not to a tenant"),
        success: 200,
        answer: concat!(
            r#"{"items":[{"id":1,"product":"atlas","amount":4000,"approved":false},"#,
            r#"{"id":2,"product":"globe","amount":25000,"approved":false}],"next":null}"#
        ),
    },
    Row {
        method: "GET",
        template: "/orders/{order_id}",
        uri: "/orders/1",
        credential: Credential::Needed("read:orders"),
        roles: &[],
        body: Input::NotRead,
        limit: limit("caller", 300, 1),
        other_owner: Other::Hidden,
        other_tenant: Other::LetIn("an order belongs to a user, not to a tenant"),
        success: 200,
        answer: r#"{"id":1,"product":"atlas","amount":4000,"approved":false}"#,
    },
    Row {
        method: "POST",
        template: "/orders/{order_id}/approval",
        uri: "/orders/1/approval",
        credential: Credential::Needed("approve:orders"),
        roles: &["manager"],
        body: Input::Json {
            right: r#"{"amount":4000}"#,
            cap: 1024,
        },
        limit: limit("caller", 300, 1),
        other_owner: Other::LetIn("every manager may approve every order"),
        other_tenant: Other::LetIn("managers approve orders of every tenant"),
        success: 204,
        answer: "",
    },
    Row {
        method: "GET",
        template: "/health",
        uri: "/health",
        credential: Credential::NotLookedAt,
        roles: &[],
        body: Input::NotRead,
        limit: limit("ip", 60, 1),
        other_owner: Other::LetIn("it is public"),
        other_tenant: Other::LetIn("it is public"),
        success: 200,
        answer: "ok",
    },
    Row {
        method: "GET",
        template: "/catalogue",
        uri: "/catalogue",
        credential: Credential::Optional,
        roles: &[],
        body: Input::NotRead,
        // At 20 seconds past the minute, of which a fixed quota has the rest to go.
        limit: limit("catalogue", 300, 40),
        other_owner: Other::LetIn("the catalogue is everybody's"),
        other_tenant: Other::LetIn("the catalogue is everybody's"),
        success: 200,
        answer: concat!(
            r#"[{"id":"atlas","name":"Atlas of the world","price":3600},"#,
            r#"{"id":"globe","name":"Globe, 60 cm","price":22500},"#,
            r#"{"id":"timetable","name":"Timetable of 1913","price":810}]"#
        ),
    },
    Row {
        method: "GET",
        template: "/organisations/{org_id}/report",
        uri: "/organisations/acme/report",
        credential: Credential::Needed("read:reports"),
        roles: &[],
        body: Input::NotRead,
        limit: limit("caller", 300, 1),
        other_owner: Other::LetIn("the report is every member's"),
        other_tenant: Other::Refused,
        success: 200,
        answer: r#"{"revenue":120000}"#,
    },
];

#[test]
fn z1_every_route_has_its_row_and_every_row_its_route() {
    let stand = Stand::new();
    let routes = stand.app.endpoints();
    let routes: BTreeSet<_> = routes.map(|route| format!("{} {}", route.method, route.path)).collect();
    let rows: BTreeSet<_> = ROWS
        .iter()
        .map(|row| format!("{} {}", row.method, row.template))
        .collect();
    assert_eq!(routes, rows, "a route without a row is a route that no test guards");
    assert_eq!(rows.len(), ROWS.len(), "two rows for one route");
    assert_eq!(stand.app.unsecured().count(), 0, "a router that nothing guards");
}
