//! What is checked is what is shown: each value that an endpoint takes, its JSON Schema takes as well, and the other way round.
//!
//! The judge is a validator that knows nothing of us. Values lie at the bounds of the rules, or are made of such by small
//! changes.

mod change;
mod samples;
mod structures;
mod types;
mod values;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use axum::Router;
use jsonschema::Validator;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use secure_runtime::Security;
use secure_runtime::jwt::MacAlgorithm;
use secure_runtime::testing::TestIssuer;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use crate::support::{Answer, request, router, send};
use samples::{Sample, samples};

/// The endpoints, and what each says that it takes.
struct Bench {
    router: Router,
    runtime: Runtime,
    token: String,
    shown: BTreeMap<String, Validator>,
}

impl Bench {
    fn new() -> Self {
        let issuer = TestIssuer::with_secret(MacAlgorithm::Hs256);
        let app = types::app(Security::builder(issuer.jwt()).default_rate("1000000/s"));
        let shown = app.endpoints().map(|endpoint| {
            let description = endpoint.description();
            let (_, schema) = description.inputs().next().unwrap();
            let mut schema = schema.as_value().clone();
            schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
            schema["$defs"] = Value::Object(description.definitions().clone());
            assert_formats(&mut schema);
            let validator = jsonschema::options()
                .should_validate_formats(true)
                .build(&schema)
                .unwrap();
            (endpoint.path.clone(), validator)
        });
        let shown = shown.collect();
        let token = issuer.token("alice").scope("admin").roles(&["boss"]);
        Self {
            token: format!("Bearer {}", token.expires_in(100_000).sign()),
            router: router(app),
            runtime: Builder::new_current_thread().enable_all().build().unwrap(),
            shown,
        }
    }

    fn ask(&self, name: &str, value: &Value) -> Answer {
        let headers = [
            ("content-type", "application/json"),
            ("authorization", self.token.as_str()),
        ];
        let request = request("POST", &format!("/{name}"), &headers, value.to_string());
        self.runtime.block_on(send(&self.router, request))
    }

    /// Does the endpoint take it?
    fn takes(&self, name: &str, value: &Value) -> bool {
        let answer = self.ask(name, value);
        match answer.status.as_u16() {
            204 => true,
            // An owner's member that names another is an answer of its own, which no schema can give.
            422 | 403 => false,
            _ => panic!("{name} {value}: {answer:?}"),
        }
    }

    /// Does its schema?
    fn shows(&self, name: &str, value: &Value) -> bool {
        self.shown[&format!("/{name}")].is_valid(value)
    }
}

/// Formats of numbers are no assertions in JSON Schema. What they stand for is registered with OpenAPI, and every generator
/// of clients knows them; here, they are bounds like any other.
fn assert_formats(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(assert_formats),
        Value::Object(members) => {
            let bounds = match members.get("format").and_then(Value::as_str) {
                Some("uint32") => json!({ "maximum": u32::MAX }),
                Some("uint64") => json!({ "maximum": u64::MAX }),
                Some("int32") => json!({ "minimum": i32::MIN, "maximum": i32::MAX }),
                Some("int64") => json!({ "minimum": i64::MIN, "maximum": i64::MAX }),
                Some("float") => json!({ "minimum": f32::MIN, "maximum": f32::MAX }),
                _ => Value::Null,
            };
            members.values_mut().for_each(assert_formats);
            if !bounds.is_null() {
                let all = members.entry("allOf").or_insert_with(|| json!([]));
                all.as_array_mut().unwrap().push(bounds);
            }
        }
        _ => {}
    }
}

/// Every rule that breaks here is one that the sample names, and each sample does what it says, to both.
#[test]
fn b5_each_rule_takes_and_refuses_what_it_should() {
    let bench = Bench::new();
    let mut wrong = Vec::new();
    let mut rules = BTreeSet::new();
    for Sample { name, good, bad } in samples() {
        assert!(!good.is_empty() && !bad.is_empty(), "{name}");
        for value in good {
            let answer = bench.ask(name, &value);
            if answer.status != 204 || !bench.shows(name, &value) {
                let shows = bench.shows(name, &value);
                wrong.push(format!("{name} {value}: {}, schema {shows}", answer.status));
            }
        }
        for (value, rule) in bad {
            let answer = bench.ask(name, &value);
            let text = String::from_utf8_lossy(&answer.body).into_owned();
            rules.insert(rule);
            let named = answer.status == 422 && text.contains(&format!("\"rule\":\"{rule}\""));
            if !named || bench.shows(name, &value) {
                let shows = bench.shows(name, &value);
                wrong.push(format!("{name} {value}: {}, not {rule}, schema {shows}", answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{} are wrong: {wrong:#?}", wrong.len());
    let all = [
        "email", "finite", "length", "pattern", "range", "required", "server", "type", "unknown", "url", "variant",
    ];
    assert!(rules.iter().eq(all.iter()), "{rules:?}");
}

/// Every subject has a sample, and every sample a subject.
#[test]
fn b5_no_type_is_left_out() {
    let bench = Bench::new();
    let names: BTreeSet<_> = samples().iter().map(|sample| format!("/{}", sample.name)).collect();
    assert!(
        names.iter().eq(bench.shown.keys()),
        "{names:?} {:?}",
        bench.shown.keys()
    );
}

/// Differences that are meant.
fn may_differ(name: &str, value: &Value, shown: bool) -> bool {
    let has = |holds: &dyn Fn(&Value) -> bool| change::contains(value, holds);
    // To JSON Schema 1.0 is an integer, to serde it is none: who means a whole number does not write a fraction.
    let whole = |value: &Value| value.is_f64() && value.as_f64().is_some_and(|number| number.fract() == 0.0);
    // A single-precision number is the nearest one, which may be the bound itself.
    let near = |value: &Value| value.as_f64().is_some_and(|number| (number.abs() - 0.5).abs() < 1e-6);
    // Which domain labels with `--` in them exist is a matter of IDNA (RFC 5891 §4.2.3.1), which the validator knows and the
    // grammar of addresses (RFC 5321 §4.1.2) does not.
    let idna = |value: &Value| {
        let domain = value.as_str().and_then(|text| text.split_once('@'));
        domain.is_some_and(|(_, domain)| domain.split('.').any(|label| label.get(2..4) == Some("--")))
    };
    match (name, shown) {
        // The schema cannot know the caller.
        ("restricted", true) if value["owner"] != json!("alice") => true,
        ("single", _) if has(&near) => true,
        ("mail" | "mails" | "maybe_mail", false) => has(&idna),
        (_, shown) => shown && has(&whole),
    }
}

/// Runs it for each type, and says of each that fails the smallest value.
fn for_each_type<S: Strategy>(cases: u32, strategy: impl Fn(&Sample) -> S, test: impl Fn(&str, S::Value) -> Outcome) {
    let mut wrong = Vec::new();
    for sample in samples() {
        // What is found is in the message, as JSON: seeds would say less.
        let config = Config {
            cases,
            failure_persistence: None,
            ..Config::default()
        };
        let outcome = TestRunner::new(config).run(&strategy(&sample), |value| test(sample.name, value));
        if let Err(TestError::Fail(reason, _) | TestError::Abort(reason)) = outcome {
            wrong.push(reason.to_string());
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

type Outcome = Result<(), TestCaseError>;

impl Bench {
    /// Both take it, or both refuse it. True if they take it.
    fn agree(&self, name: &str, value: &Value) -> Result<bool, TestCaseError> {
        let (takes, shows) = (self.takes(name, value), self.shows(name, value));
        prop_assert!(
            takes == shows || may_differ(name, value, shows),
            "{name} {value}: the endpoint {takes}, the schema {shows}"
        );
        Ok(takes)
    }
}

/// How many cases for each type. More are for who looks for more.
fn cases(usual: u32) -> u32 {
    let set = std::env::var("CASES").ok().and_then(|cases| cases.parse().ok());
    set.unwrap_or(usual)
}

#[test]
fn b5_the_endpoint_and_its_schema_agree() {
    let bench = Bench::new();
    let seen: RefCell<BTreeMap<String, [u32; 2]>> = RefCell::default();
    let strategy = |sample: &Sample| {
        let bad = sample.bad.iter().map(|(value, _)| value);
        let bases: Vec<Value> = sample.good.iter().chain(bad).cloned().collect();
        let changes = vec((any::<Index>(), change::change()), 0..4);
        (select(bases), changes)
    };
    for_each_type(cases(300), strategy, |name, (mut value, changes)| {
        for (place, change) in changes {
            change::apply(&mut value, place, &change);
        }
        let taken = bench.agree(name, &value)?;
        seen.borrow_mut().entry(name.to_owned()).or_default()[usize::from(taken)] += 1;
        Ok(())
    });
    let seen = seen.into_inner();
    assert!(
        seen.values().all(|[refused, taken]| *refused > 10 && *taken > 10),
        "{seen:?}"
    );
}

/// Whatever is sent: no 500, and no 400 for what is JSON.
#[test]
fn b5_values_of_any_shape_are_taken_or_refused_alike() {
    let bench = Bench::new();
    for_each_type(
        cases(60),
        |_| change::anything(),
        |name, value| bench.agree(name, &value).map(|_| ()),
    );
}
