use std::cell::Cell;
use std::fmt::{Debug, Display};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

use axum::body::to_bytes;
use axum::response::IntoResponse;
use futures_util::FutureExt as _;
use schemars::{JsonSchema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zeroize::Zeroize;

use super::{Secret, never_shown};
use crate::input::checked;
use crate::rules::{self, Glance, Length as _, Text as _};
use crate::{Input, Node, Output, Report};

/// While compiling: a type with such a trait has two implementations of `Not`, and the one that is meant is unclear.
macro_rules! lacks {
    ($ty:ty: $($bound:path)*) => { $(
        const _: fn() = || {
            trait Not<Which> {
                fn is_unclear() {}
            }
            struct Has;
            impl<T: ?Sized> Not<()> for T {}
            impl<T: ?Sized + $bound> Not<Has> for T {}
            let _ = <$ty as Not<_>>::is_unclear;
        };
    )* };
}
pub(crate) use lacks;

/// A JSON value that is looked at as the gate looks at one of `T`.
#[derive(Deserialize)]
#[serde(bound = "")]
struct Sent<T>(Value, PhantomData<T>);

impl<T: Input> Input for Sent<T> {
    fn check(&self, report: &mut Report<'_>) {
        let node = Node::json(&self.0);
        match node.read::<T>() {
            Some(value) => value.check(report),
            None => T::inspect(&node, report),
        }
    }
}

/// What is wrong with it: rules, pointers and details.
pub(crate) fn wrong_with<T: Input>(value: Value) -> Vec<[String; 3]> {
    let Err(problem) = checked(Sent::<T>(value, PhantomData), None) else {
        return Vec::new();
    };
    let answer = to_bytes(problem.into_response().into_body(), usize::MAX);
    let document: Value = serde_json::from_slice(&answer.now_or_never().unwrap().unwrap()).unwrap();
    let errors = document["errors"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    errors
        .map(|error| ["rule", "pointer", "detail"].map(|key| text(&error[key])))
        .collect()
}

pub(crate) fn places(found: &[[String; 3]]) -> Vec<(&str, &str)> {
    found
        .iter()
        .map(|[rule, pointer, _]| (rule.as_str(), pointer.as_str()))
        .collect()
}

lacks!(Secret<String>: Debug Display Serialize Output Clone Deref DerefMut PartialEq PartialEq<str> PartialEq<String>
    PartialOrd std::hash::Hash AsRef<str> AsRef<[u8]> AsRef<String> AsMut<String> std::borrow::Borrow<str> ToString
    Into<String> Default crate::Answer crate::Identifier axum::response::IntoResponse);
lacks!(Secret<[u8; 4]>: Copy Clone Debug Serialize Into<[u8; 4]> AsRef<[u8]>);

#[test]
fn it_is_overwritten_when_it_is_dropped() {
    struct Spy(Rc<Cell<u32>>);
    impl Zeroize for Spy {
        fn zeroize(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    let overwritten = Rc::new(Cell::new(0));
    let secret = Secret::new(Spy(overwritten.clone()));
    assert_eq!(secret.expose().0.get(), 0);
    let moved = secret;
    assert_eq!(overwritten.get(), 0);
    drop(moved);
    assert_eq!(overwritten.get(), 1);
}

#[test]
fn only_the_same_bytes_are_equal() {
    let secret = Secret::new("pässword".to_owned());
    assert!(secret.equals("pässword"));
    assert!(secret.equals("pässword".as_bytes()));
    assert!(secret.equals(Secret::new("pässword".to_owned()).expose()));
    for other in [
        "",
        "pässwor",
        "pässword ",
        "Pässword",
        "pa\u{308}ssword",
        "pässworD",
        "\0pässword",
        "pässword\0",
    ] {
        assert!(!secret.equals(other), "{other:?}");
    }
    assert!(Secret::new(String::new()).equals(""));
    assert!(Secret::new([1, 2, 3]).equals([1, 2, 3]));
    assert!(!Secret::new([1, 2, 3]).equals([1, 2, 4]));
    assert!(Secret::new(vec![7u8]).equals([7]));
}

#[test]
fn a_parser_does_not_quote_it() {
    let unmasked = serde_json::from_str::<u32>(r#""hunter2""#).unwrap_err();
    assert!(unmasked.to_string().contains("hunter2"), "{unmasked}");
    let error = serde_json::from_str::<Secret<u32>>(r#""hunter2""#).err().unwrap();
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    let error = serde_json::from_str::<Secret<String>>("4711").err().unwrap();
    assert!(!format!("{error} {error:?}").contains("4711"), "{error}");
    let read: Secret<String> = serde_json::from_str(r#""hunt\u0065r2""#).unwrap();
    assert_eq!(read.expose(), "hunter2");
    let pairs: Vec<(String, Secret<String>)> = serde_urlencoded::from_str("password=a%20b").unwrap();
    assert!(pairs[0].1.equals("a b"));
}

#[test]
fn it_takes_the_rules_of_what_it_holds() {
    let secret = Secret::new("hünter2".to_owned());
    assert!(secret.within((7, 7)).is_ok());
    assert!(secret.within((8, 9)).is_err());
    assert!(secret.within((1, 6)).is_err());
    assert_eq!(secret.text(Glance::of_a_rule()), Some("hünter2"));
    assert!(Secret::new(vec![1u8, 2]).within((3, 3)).is_err());
    assert_eq!(Secret::new(None::<String>).text(Glance::of_a_rule()), None);

    #[derive(Deserialize)]
    struct Login {
        password: Secret<String>,
        seed: Secret<f64>,
    }
    impl Input for Login {
        fn check(&self, report: &mut Report<'_>) {
            rules::length::check(&self.password, Some(12), Some(128), &mut report.at("password"));
            rules::email::check(&self.password, &mut report.at("password"));
            self.seed.check(&mut report.at("seed"));
            Secret::new(f64::NAN).check(&mut report.at("seed"));
        }
    }
    let found = wrong_with::<Login>(json!({ "password": "hunter2", "seed": 1.5 }));
    assert_eq!(
        places(&found),
        [("length", "#/password"), ("email", "#/password"), ("finite", "#/seed")]
    );
    assert!(
        found.iter().flatten().all(|text| !text.contains("hunter2")),
        "{found:?}"
    );

    let found = wrong_with::<Secret<Vec<u8>>>(json!([1, "hunter2", 3]));
    assert_eq!(places(&found), [("type", "#/1")]);
    assert!(
        found.iter().flatten().all(|text| !text.contains("hunter2")),
        "{found:?}"
    );
    assert!(wrong_with::<Secret<Vec<u8>>>(json!([1, 2])).is_empty());
}

#[test]
fn its_schema_says_that_it_is_never_shown() {
    #[derive(Deserialize, JsonSchema)]
    #[expect(dead_code, reason = "only its schema is looked at")]
    struct Pin {
        first: u8,
        rest: Vec<Secret<Option<String>>>,
    }
    impl Zeroize for Pin {
        fn zeroize(&mut self) {}
    }
    let generator = &mut SchemaGenerator::default();
    let text = json!({ "type": "string", "format": "password", "writeOnly": true });
    assert_eq!(Secret::<String>::json_schema(generator), text);
    assert_eq!(generator.subschema_for::<Secret<String>>(), text);
    assert_eq!(<Secret<String> as Input>::schema(generator), text);
    let number = Secret::<u32>::json_schema(generator);
    assert_eq!(
        (number.get("writeOnly"), number.get("format")),
        (Some(&json!(true)), Some(&json!("uint32")))
    );
    let coded = never_shown(json!({ "type": "string", "format": "uuid" }).try_into().unwrap());
    assert_eq!(coded.get("format"), Some(&json!("uuid")));
    let list = Secret::<Vec<u8>>::json_schema(generator);
    assert_eq!((list.get("writeOnly"), list.get("format")), (Some(&json!(true)), None));

    // What stands behind a reference stays there.
    let named = generator.subschema_for::<Secret<Pin>>();
    assert_eq!(named, json!({ "$ref": "#/$defs/Pin", "writeOnly": true }));
    let item = &generator.definitions()["Pin"]["properties"]["rest"]["items"];
    assert_eq!(
        *item,
        json!({ "type": ["string", "null"], "format": "password", "writeOnly": true })
    );
    let root = schemars::schema_for!(Secret<Pin>);
    assert_eq!(root.get("$ref"), Some(&json!("#/$defs/Pin")));
}
