//! What a 422 says: everything that is wrong, and where.

use serde_json::{Value, json};

use super::{Door, ORDER};
use crate::support::Answer;

/// The rules that are broken, each with its place, sorted.
pub(super) fn found(answer: &Answer) -> Vec<(String, String)> {
    let problem = answer.json();
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();
    let mut found: Vec<_> = errors
        .iter()
        .map(|error| {
            let members = error.as_object().unwrap();
            assert!(members.keys().eq(["detail", "pointer", "rule"]), "{problem}");
            assert!(error["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
            let text = |name: &str| error[name].as_str().unwrap().to_owned();
            (text("rule"), text("pointer"))
        })
        .collect();
    found.sort();
    found
}

/// Sends it, and compares what is said of it, in any order.
async fn refused(door: &Door, body: &Value, expected: &[(&str, &str)]) {
    let answer = door.json("/orders", body.to_string()).await;
    assert_eq!(answer.status, 422, "{body}");
    answer.assert_problem(422);
    let mut expected: Vec<_> = expected
        .iter()
        .map(|(rule, pointer)| ((*rule).to_owned(), (*pointer).to_owned()))
        .collect();
    expected.sort();
    assert_eq!(found(&answer), expected, "{body}");
}

/// A good order, changed.
fn order(change: impl FnOnce(&mut Value)) -> Value {
    let mut order: Value = serde_json::from_str(ORDER).unwrap();
    change(&mut order);
    order
}

pub(super) fn order_with(name: &str, value: Value) -> Value {
    order(|order| order[name] = value)
}

#[tokio::test(flavor = "current_thread")]
async fn b5_each_rule_has_its_name_and_place() {
    let door = Door::new();
    assert_eq!(door.json("/orders", ORDER).await.status, 204);
    let long = "x".repeat(11);
    for (name, value, rule, pointer) in [
        ("name", json!(""), "length", "#/name"),
        ("name", json!(long), "length", "#/name"),
        ("name", json!(null), "type", "#/name"),
        ("name", json!(5), "type", "#/name"),
        ("name", json!(["x"]), "type", "#/name"),
        ("amount", json!(0), "range", "#/amount"),
        ("amount", json!(1001), "range", "#/amount"),
        ("amount", json!(-1), "type", "#/amount"),
        ("amount", json!(4_294_967_296u64), "type", "#/amount"),
        ("amount", json!(1.5), "type", "#/amount"),
        ("amount", json!("3"), "type", "#/amount"),
        ("amount", json!(true), "type", "#/amount"),
        ("items", json!({}), "type", "#/items"),
        ("items", json!(null), "type", "#/items"),
        ("email", json!("x"), "email", "#/email"),
        ("email", json!(5), "type", "#/email"),
        ("labels", json!([]), "type", "#/labels"),
        ("labels", json!({ "a": "sixsix" }), "length", "#/labels/a"),
        ("colour", json!("blue"), "variant", "#/colour"),
        (
            "colour",
            json!({ "mixed": { "share": 101 } }),
            "range",
            "#/colour/mixed/share",
        ),
        ("id", json!(7), "server", "#/id"),
        ("id", json!(null), "server", "#/id"),
        ("Name", json!("x"), "unknown", "#/Name"),
        ("a/b~c", json!(1), "unknown", "#/a~1b~0c"),
        ("", json!(1), "unknown", "#/"),
    ] {
        refused(&door, &order_with(name, value), &[(rule, pointer)]).await;
    }
    for name in ["name", "amount", "address", "items"] {
        let without = order(|order| {
            order.as_object_mut().unwrap().remove(name);
        });
        refused(&door, &without, &[("required", &format!("#/{name}"))]).await;
    }
    for whole in [
        json!(null),
        json!(true),
        json!(5),
        json!("x"),
        json!([]),
        json!(["pens", 3]),
    ] {
        refused(&door, &whole, &[("type", "#")]).await;
    }
}

/// JSON that is of another type is 422 and not 400, whatever the types are.
#[tokio::test(flavor = "current_thread")]
async fn b5_a_variant_of_another_type_is_422() {
    let door = Door::new();
    for value in [
        json!(5),
        json!(-1),
        json!(true),
        json!([]),
        json!(["red"]),
        json!({}),
        json!({ "red": 1 }),
        json!({ "mixed": null }),
        json!({ "mixed": [1] }),
        json!({ "mixed": { "share": 1 }, "red": null }),
        json!({ "mixed": {} }),
        json!({ "mixed": { "share": 1, "more": 1 } }),
        json!({ "blue": {} }),
    ] {
        let answer = door
            .json("/orders", order_with("colour", value.clone()).to_string())
            .await;
        assert_eq!(answer.status, 422, "{value}: {answer:?}");
    }
}

/// A list that has what an object needs, in the order of its declaration, is none.
#[tokio::test(flavor = "current_thread")]
async fn b3_a_list_is_no_object() {
    let door = Door::new();
    let list = json!(["pens", 3, ["Mill Lane", "12345"], [["a", 1]], null, null, null, null]);
    refused(&door, &list, &[("type", "#")]).await;
    let address = order_with("address", json!(["Mill Lane", "12345"]));
    refused(&door, &address, &[("type", "#/address")]).await;
    let items = order_with("items", json!([["a", 1], { "name": "a", "count": 1 }]));
    refused(&door, &items, &[("type", "#/items/0")]).await;
    let stock = order_with("stock", json!({ "a": ["a", 1] }));
    refused(&door, &stock, &[("type", "#/stock/a")]).await;
    let colour = order_with("colour", json!({ "mixed": [1] }));
    refused(&door, &colour, &[("type", "#/colour/mixed")]).await;
}

#[tokio::test(flavor = "current_thread")]
async fn b5_everything_that_is_wrong_is_said_at_once() {
    let door = Door::new();
    let body = json!({
        "name": "",
        "amount": "many",
        "address": { "street": "x", "zip": "ABC", "country": "DE" },
        "items": [
            { "name": "a", "count": 1 },
            { "name": "", "count": 0 },
            { "name": 5, "count": "x", "size": 1 },
            { "count": 10 },
            "a",
            ["a", 1],
            null,
            { "name": "far too long", "count": 256 },
        ],
        "labels": { "a": "sixsix", "b": "fine", "c": "sixsix" },
        "email": "nobody",
        "id": 1,
        "more": { "name": "" },
    });
    let expected = [
        ("length", "#/name"),
        ("type", "#/amount"),
        ("length", "#/address/street"),
        ("pattern", "#/address/zip"),
        ("unknown", "#/address/country"),
        ("length", "#/items/1/name"),
        ("range", "#/items/1/count"),
        ("type", "#/items/2/name"),
        ("type", "#/items/2/count"),
        ("unknown", "#/items/2/size"),
        ("required", "#/items/3/name"),
        ("range", "#/items/3/count"),
        ("type", "#/items/4"),
        ("type", "#/items/5"),
        ("type", "#/items/6"),
        ("length", "#/items/7/name"),
        ("type", "#/items/7/count"),
        ("length", "#/labels/a"),
        ("length", "#/labels/c"),
        ("email", "#/email"),
        ("server", "#/id"),
        ("unknown", "#/more"),
    ];
    refused(&door, &body, &expected).await;
}

/// Also where every part is of its type, so that nothing was looked at piece by piece.
#[tokio::test(flavor = "current_thread")]
async fn b5_everything_is_said_of_what_can_be_read_as_well() {
    let door = Door::new();
    let body = json!({
        "name": "",
        "amount": 0,
        "address": { "street": "x", "zip": "ABC" },
        "items": [{ "name": "", "count": 0 }, { "name": "a", "count": 1 }, { "name": "", "count": 1 }],
        "labels": { "a": "sixsix" },
        "stock": { "a": { "name": "", "count": 10 } },
        "colour": { "mixed": { "share": 101 } },
        "email": "nobody",
    });
    let expected = [
        ("length", "#/name"),
        ("range", "#/amount"),
        ("length", "#/address/street"),
        ("pattern", "#/address/zip"),
        ("length", "#/items/0/name"),
        ("range", "#/items/0/count"),
        ("length", "#/items/2/name"),
        ("length", "#/labels/a"),
        ("length", "#/stock/a/name"),
        ("range", "#/stock/a/count"),
        ("range", "#/colour/mixed/share"),
        ("email", "#/email"),
    ];
    refused(&door, &body, &expected).await;
}

/// A list whose items are of different types is looked at item by item as well.
#[tokio::test(flavor = "current_thread")]
async fn b5_everything_that_is_wrong_in_a_tuple_is_said() {
    let door = Door::new();
    let item = json!({ "name": "", "count": "x" });
    let expected = [
        ("length", "#/first/0/name"),
        ("type", "#/first/0/count"),
        ("type", "#/first/1"),
    ];
    refused(&door, &order_with("first", json!([item, 5])), &expected).await;
    let good = json!({ "name": "a", "count": 1 });
    for other in [json!([]), json!([good]), json!([good, true, 1]), json!({}), json!("x")] {
        refused(&door, &order_with("first", other), &[("type", "#/first")]).await;
    }
}

/// A map is looked at value by value, as a list is item by item.
#[tokio::test(flavor = "current_thread")]
async fn b5_everything_that_is_wrong_in_a_map_is_said() {
    let door = Door::new();
    let stock = json!({
        "a": { "name": "", "count": "x" },
        "b": { "name": "a", "count": 1 },
        "c": { "count": 10, "more": 1 },
        "d": 5,
    });
    let expected = [
        ("length", "#/stock/a/name"),
        ("type", "#/stock/a/count"),
        ("required", "#/stock/c/name"),
        ("range", "#/stock/c/count"),
        ("unknown", "#/stock/c/more"),
        ("type", "#/stock/d"),
    ];
    refused(&door, &order_with("stock", stock), &expected).await;
}

/// The rules of the items do not wait until each item is of its type.
#[tokio::test(flavor = "current_thread")]
async fn b5_the_rules_of_items_hold_beside_one_of_another_type() {
    let door = Door::new();
    let labels = json!({ "a": 5, "b": "sixsix", "c": null });
    let expected = [("type", "#/labels/a"), ("length", "#/labels/b"), ("type", "#/labels/c")];
    refused(&door, &order_with("labels", labels), &expected).await;
}

#[tokio::test(flavor = "current_thread")]
async fn b5_b4_at_most_a_hundred_are_said() {
    let door = Door::new();
    let bad_items: Vec<_> = (0..5000).map(|_| json!({ "name": "", "count": 0 })).collect();
    let shapeless: Vec<_> = (0..5000).map(|_| json!(["x"])).collect();
    let unknown: Value = (0..5000).map(|i| (format!("m{i}"), json!(1))).collect();
    for body in [
        order_with("items", json!(bad_items)),
        order_with("items", json!(shapeless)),
        unknown,
    ] {
        let answer = door.json("/orders", body.to_string()).await;
        assert_eq!(answer.status, 422);
        assert_eq!(found(&answer).len(), 100);
        assert!(answer.body.len() < 20_000, "{}", answer.body.len());
    }
    let exactly: Vec<_> = (0..50).map(|_| json!({ "name": "", "count": 0 })).collect();
    let answer = door
        .json("/orders", order_with("items", json!(exactly)).to_string())
        .await;
    assert_eq!(found(&answer).len(), 100);
}

/// A long name does not make a long answer.
#[tokio::test(flavor = "current_thread")]
async fn b4_a_long_name_does_not_come_back() {
    let door = Door::new();
    let long = "ü".repeat(100_000);
    let answers = [
        door.json("/orders", format!(r#"{{"{long}":1}}"#)).await,
        door.json("/orders", format!(r#"{{"{long}":1,"{long}":1}}"#)).await,
        door.json(
            "/orders",
            order_with("labels", json!({ long.as_str(): "sixsix" })).to_string(),
        )
        .await,
        door.form(format!("{long}=1")).await,
        door.form(format!("{long}=1&{long}=1")).await,
    ];
    for answer in answers {
        assert!(answer.status.is_client_error());
        assert!(answer.body.len() < 2_000, "{} bytes", answer.body.len());
    }
}
