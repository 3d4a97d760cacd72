//! Inputs that are one of several: everything that is wrong with them, at its place.

use axum::{Json, Router};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{SecureRouter, Security, input, secure};
use serde_json::{Value, json};

use crate::support::{request, router, send};

#[input]
struct Card {
    #[input(pattern = "^[0-9]{4}$")]
    number: String,
    #[input(range(min = 1, max = 12))]
    month: u8,
}

#[input]
#[serde(rename_all = "snake_case")]
enum External {
    Cash,
    ByCard(Card),
    Transfer {
        #[input(length(max = 5))]
        reference: String,
        #[input(range(max = 9))]
        amount: u8,
    },
}

#[input]
#[serde(tag = "kind", rename_all = "camelCase")]
enum Internal {
    ByCard {
        #[input(range(max = 9))]
        amount: u8,
        card: Card,
    },
    Nothing {},
}

#[input]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    Cash,
    Card(Card),
    Transfer {
        #[input(range(max = 9))]
        amount: u8,
    },
}

#[input]
struct Bounded {
    #[input(length(max = 10))]
    all: Vec<One>,
}

#[input]
struct One {
    external: Option<External>,
    internal: Option<Internal>,
    adjacent: Option<Adjacent>,
}

#[secure(post = "/payments", authenticated)]
async fn pay(Json(Bounded { all }): Json<Bounded>) -> String {
    let told = all.iter().map(|one| {
        let external = one.external.as_ref().map(|external| match external {
            External::Cash => "cash".to_owned(),
            External::ByCard(card) => format!("{} {}", card.number, card.month),
            External::Transfer { reference, amount } => format!("{reference} {amount}"),
        });
        let internal = one.internal.as_ref().map(|internal| match internal {
            Internal::ByCard { amount, card } => format!("{amount} {}", card.number),
            Internal::Nothing {} => "nothing".to_owned(),
        });
        let adjacent = one.adjacent.as_ref().map(|adjacent| match adjacent {
            Adjacent::Cash => "cash".to_owned(),
            Adjacent::Card(card) => card.number.clone(),
            Adjacent::Transfer { amount } => amount.to_string(),
        });
        [external, internal, adjacent]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("/")
    });
    told.collect::<Vec<_>>().join(", ")
}

fn app(issuer: &TestIssuer) -> Router {
    router(
        SecureRouter::new(Security::builder(issuer.jwt()))
            .mount(pay)
            .build()
            .unwrap(),
    )
}

async fn ask(one: Value) -> (u16, Value) {
    let issuer = TestIssuer::default();
    let bearer = format!("Bearer {}", issuer.token("alice").sign());
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let body = json!({ "all": [one] }).to_string();
    let answer = send(&app(&issuer), request("POST", "/payments", &headers, body)).await;
    match answer.status.as_u16() {
        200 => (200, String::from_utf8(answer.body).unwrap().into()),
        status => (status, answer.assert_problem(status).json()["errors"].clone()),
    }
}

#[tokio::test]
async fn each_form_is_read() {
    let card = json!({ "number": "1234", "month": 12 });
    for (one, told) in [
        (json!({ "external": "cash" }), "cash"),
        (json!({ "external": { "by_card": card } }), "1234 12"),
        (
            json!({ "external": { "transfer": { "reference": "ab", "amount": 9 } } }),
            "ab 9",
        ),
        (
            json!({ "internal": { "kind": "byCard", "amount": 1, "card": card } }),
            "1 1234",
        ),
        (json!({ "internal": { "kind": "nothing" } }), "nothing"),
        (json!({ "adjacent": { "t": "Cash" } }), "cash"),
        (json!({ "adjacent": { "t": "Card", "c": card } }), "1234"),
        (json!({ "adjacent": { "c": { "amount": 3 }, "t": "Transfer" } }), "3"),
    ] {
        assert_eq!(ask(one.clone()).await, (200, told.into()), "{one}");
    }
}

/// B5: rules that are broken, and members that cannot be read, at the place where they stand.
#[tokio::test]
async fn b5_every_fault_of_a_variant_is_found_at_its_place() {
    let cases = [
        // Rules, where everything can be read.
        (
            json!({ "external": { "by_card": { "number": "x", "month": 13 } } }),
            &["external/by_card/number pattern", "external/by_card/month range"][..],
        ),
        (
            json!({ "external": { "transfer": { "reference": "abcdef", "amount": 10 } } }),
            &["external/transfer/reference length", "external/transfer/amount range"],
        ),
        (
            json!({ "internal": { "kind": "byCard", "amount": 10, "card": { "number": "x", "month": 1 } } }),
            &["internal/amount range", "internal/card/number pattern"],
        ),
        (
            json!({ "adjacent": { "t": "Card", "c": { "number": "x", "month": 0 } } }),
            &["adjacent/c/number pattern", "adjacent/c/month range"],
        ),
        // Members that cannot.
        (
            json!({ "external": { "by_card": { "number": 7, "month": 13, "x": 1 } } }),
            &[
                "external/by_card/x unknown",
                "external/by_card/number type",
                "external/by_card/month range",
            ],
        ),
        (
            json!({ "external": { "transfer": { "amount": "9" } } }),
            &["external/transfer/reference required", "external/transfer/amount type"],
        ),
        (
            json!({ "internal": { "kind": "byCard", "amount": 300, "card": [] } }),
            &["internal/amount type", "internal/card type"],
        ),
        (
            json!({ "internal": { "kind": "nothing", "x": 1 } }),
            &["internal/x unknown"],
        ),
        (
            json!({ "adjacent": { "t": "Transfer", "c": { "amount": -1 }, "x": 1 } }),
            &["adjacent/x unknown", "adjacent/c/amount type"],
        ),
        (json!({ "adjacent": { "t": "Card" } }), &["adjacent/c required"]),
        // Variants that there are not.
        (json!({ "external": "gold" }), &["external variant"]),
        (
            json!({ "external": { "by_card": {}, "cash": null } }),
            &["external type"],
        ),
        (json!({ "external": { "cash": 5 } }), &["external/cash type"]),
        (json!({ "external": 5 }), &["external type"]),
        (json!({ "internal": { "kind": "gold" } }), &["internal variant"]),
        (json!({ "internal": { "amount": 1 } }), &["internal/kind required"]),
        (json!({ "internal": { "kind": 1 } }), &["internal/kind type"]),
        (json!({ "internal": "byCard" }), &["internal type"]),
    ];
    for (one, expected) in cases {
        let (status, errors) = ask(one.clone()).await;
        let text = |error: &Value, member: &str| error[member].as_str().unwrap().to_owned();
        let found = errors.as_array().unwrap().iter();
        let mut found: Vec<String> = found
            .map(|error| {
                format!(
                    "{} {}",
                    text(error, "pointer").replace("#/all/0/", ""),
                    text(error, "rule")
                )
            })
            .collect();
        let mut expected: Vec<_> = expected.iter().map(ToString::to_string).collect();
        found.sort();
        expected.sort();
        assert_eq!((status, found), (422, expected), "{one}: {errors}");
    }
}
