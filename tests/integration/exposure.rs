//! Who sees what: over random values and random callers, a member is in the bytes if and only if its rule allows this caller.
//!
//! What is expected is written down here a second time, by hand, in terms of who asks; nothing of it is read from the
//! attributes.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use secure_runtime::testing::{TestIssuer, anybody};
use secure_runtime::{Output, Page, Shown, Viewer, output};
use serde_json::{Map, Value, json};

use crate::properties::check;

/// What nobody may ever see.
const HASH: &str = "never-to-be-seen";

#[output]
#[derive(Clone, Debug)]
struct UserId(#[expose] String);

impl secure_runtime::Identifier for UserId {
    fn names(&self, who: &str) -> bool {
        self.0 == who
    }
}

#[output(owner = "user_id")]
#[serde(rename_all = "camelCase")]
#[derive(Clone, Debug)]
struct Profile {
    #[expose]
    user_id: UserId,
    #[expose(owner)]
    birth_day: u32,
    #[expose(owner, or_scope = "admin:users | support")]
    email: Option<String>,
    #[expose(scope = "read:roles & admin:users")]
    #[serde(rename = "ROLE")]
    role: String,
    #[expose(role = "auditor")]
    #[serde(skip_serializing_if = "Option::is_none")]
    last_login: Option<u64>,
    #[expose(scope = "support", role = "auditor")]
    risk: i8,
    #[expose(owner, scope = "read:notes")]
    notes: Vec<Note>,
    #[expose(never)]
    hash: &'static str,
    #[expose]
    state: State,
    #[expose]
    events: BTreeMap<String, Event>,
    #[expose(scope = "support")]
    detail: Detail,
    #[expose]
    friends: Vec<Profile>,
}

#[output]
#[derive(Clone, Debug)]
struct Note {
    #[expose]
    text: String,
    #[expose(role = "auditor")]
    by: &'static str,
    #[expose]
    reply: Option<Box<Note>>,
}

/// By itself, or under its name.
#[output(owner = "by")]
#[serde(rename_all = "snake_case")]
#[derive(Clone, Debug)]
enum State {
    Active,
    LockedBy(#[expose] UserId),
    Leaving {
        #[expose]
        on: u8,
        #[expose(owner)]
        why: String,
        #[expose(never)]
        by: String,
    },
}

/// Tagged among its members.
#[output]
#[serde(tag = "kind")]
#[derive(Clone, Debug)]
enum Event {
    Login {
        #[expose(scope = "support")]
        address: String,
    },
    Logout,
}

/// Tagged beside its content.
#[output]
#[serde(tag = "t", content = "c")]
#[derive(Clone, Debug)]
enum Detail {
    Nothing,
    Note(#[expose] Note),
    Amount {
        #[expose(role = "auditor")]
        amount: u16,
        #[expose]
        currency: &'static str,
    },
}

/// A caller, as a token says.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    subject: &'static str,
    scopes: Vec<&'static str>,
    roles: Vec<&'static str>,
    is_client: bool,
}

const SCOPES: [&str; 6] = [
    "admin:users",
    "support",
    "read:roles",
    "read:notes",
    "admin:usersx",
    "supportadmin",
];
const ROLES: [&str; 3] = ["auditor", "auditors", "admin:users"];
pub(crate) const USERS: [&str; 3] = ["alice", "bob", "alic"];

pub(crate) fn callers() -> impl Strategy<Value = Option<Caller>> {
    let caller = (
        select(&USERS[..]),
        subsequence(SCOPES.to_vec(), 0..=SCOPES.len()),
        subsequence(ROLES.to_vec(), 0..=ROLES.len()),
        prop::bool::weighted(0.2),
    );
    let caller = caller.prop_map(|(subject, scopes, roles, is_client)| Caller {
        subject,
        scopes,
        roles,
        is_client,
    });
    option::weighted(0.9, caller)
}

pub(crate) fn viewer(issuer: &TestIssuer, caller: Option<&Caller>) -> Viewer {
    caller.map_or_else(anybody, |caller| {
        let token = issuer
            .token(caller.subject)
            .scope(&caller.scopes.join(" "))
            .roles(&caller.roles);
        let client = if caller.is_client { caller.subject } else { "an-app" };
        token.claim("client_id", client).viewer()
    })
}

/// The rules, by hand.
#[derive(Clone, Copy)]
pub(crate) struct Rights<'c>(pub(crate) Option<&'c Caller>);

impl Rights<'_> {
    pub(crate) fn scope(self, scope: &str) -> bool {
        self.0.is_some_and(|caller| caller.scopes.contains(&scope))
    }

    pub(crate) fn role(self, role: &str) -> bool {
        self.0.is_some_and(|caller| caller.roles.contains(&role))
    }

    fn auditor(self) -> bool {
        self.role("auditor")
    }

    pub(crate) fn is(self, user: &str) -> bool {
        self.0.is_some_and(|caller| caller.subject == user && !caller.is_client)
    }

    fn profile(self, profile: &Profile) -> Value {
        let own = self.is(&profile.user_id.0);
        let mut seen = Map::new();
        let mut show = |allowed: bool, name: &str, value: Value| {
            if allowed {
                seen.insert(name.to_owned(), value);
            }
        };
        let stands_in = self.scope("admin:users") || self.scope("support");
        show(true, "userId", json!(profile.user_id.0));
        show(own, "birthDay", json!(profile.birth_day));
        show(own || stands_in, "email", json!(profile.email));
        show(
            self.scope("read:roles") && self.scope("admin:users"),
            "ROLE",
            json!(profile.role),
        );
        show(
            self.auditor() && profile.last_login.is_some(),
            "lastLogin",
            json!(profile.last_login),
        );
        show(self.auditor() && self.scope("support"), "risk", json!(profile.risk));
        let notes = profile.notes.iter().map(|note| self.note(note)).collect();
        show(own && self.scope("read:notes"), "notes", Value::Array(notes));
        show(true, "state", self.state(&profile.state));
        let events = profile
            .events
            .iter()
            .map(|(name, event)| (name.clone(), self.event(event)));
        show(true, "events", Value::Object(events.collect()));
        show(self.scope("support"), "detail", self.detail(&profile.detail));
        let friends = profile.friends.iter().map(|friend| self.profile(friend)).collect();
        show(true, "friends", Value::Array(friends));
        Value::Object(seen)
    }

    fn note(self, note: &Note) -> Value {
        let reply = note.reply.as_ref().map(|reply| self.note(reply));
        let mut seen = json!({ "text": note.text, "reply": reply });
        if self.auditor() {
            seen["by"] = json!(note.by);
        }
        seen
    }

    fn state(self, state: &State) -> Value {
        match state {
            State::Active => json!("active"),
            State::LockedBy(user) => json!({ "locked_by": user.0 }),
            State::Leaving { on, why, by } if self.is(by) => json!({ "leaving": { "on": on, "why": why } }),
            State::Leaving { on, .. } => json!({ "leaving": { "on": on } }),
        }
    }

    fn event(self, event: &Event) -> Value {
        match event {
            Event::Login { address } if self.scope("support") => json!({ "kind": "Login", "address": address }),
            Event::Login { .. } => json!({ "kind": "Login" }),
            Event::Logout => json!({ "kind": "Logout" }),
        }
    }

    fn detail(self, detail: &Detail) -> Value {
        match detail {
            Detail::Nothing => json!({ "t": "Nothing" }),
            Detail::Note(note) => json!({ "t": "Note", "c": self.note(note) }),
            Detail::Amount { amount, currency } if self.auditor() => {
                json!({ "t": "Amount", "c": { "amount": amount, "currency": currency } })
            }
            Detail::Amount { currency, .. } => json!({ "t": "Amount", "c": { "currency": currency } }),
        }
    }
}

fn users() -> impl Strategy<Value = String> {
    select(&USERS[..]).prop_map(str::to_owned)
}

fn notes() -> impl Strategy<Value = Note> {
    let leaf = "\\PC{0,6}".prop_map(|text| note(text, None));
    leaf.prop_recursive(3, 4, 1, |inner| {
        ("[a-z\"\\\\\n]{0,4}", inner).prop_map(|(text, reply)| note(text, Some(Box::new(reply))))
    })
}

fn note(text: String, reply: Option<Box<Note>>) -> Note {
    Note {
        text,
        by: "mona",
        reply,
    }
}

fn states() -> impl Strategy<Value = State> {
    prop_oneof![
        Just(State::Active),
        users().prop_map(|user| State::LockedBy(UserId(user))),
        (any::<u8>(), "[a-z]{0,4}", users()).prop_map(|(on, why, by)| State::Leaving { on, why, by }),
    ]
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        "[0-9.]{1,5}".prop_map(|address| Event::Login { address }),
        Just(Event::Logout)
    ]
}

fn details() -> impl Strategy<Value = Detail> {
    prop_oneof![
        Just(Detail::Nothing),
        notes().prop_map(Detail::Note),
        any::<u16>().prop_map(|amount| Detail::Amount {
            amount,
            currency: "EUR"
        }),
    ]
}

fn profiles() -> impl Strategy<Value = Profile> {
    let one = || {
        let first = (
            users(),
            any::<u32>(),
            option::of("[a-z@]{1,5}"),
            "[a-z]{1,5}",
            option::of(any::<u64>()),
        );
        let rest = (
            any::<i8>(),
            vec(notes(), 0..3),
            states(),
            btree_map("[a-z\"]{1,3}", events(), 0..3),
            details(),
        );
        (first, rest).prop_map(
            |((user, birth_day, email, role, last_login), (risk, notes, state, events, detail))| Profile {
                user_id: UserId(user),
                birth_day,
                email,
                role,
                last_login,
                risk,
                notes,
                hash: HASH,
                state,
                events,
                detail,
                friends: Vec::new(),
            },
        )
    };
    (one(), vec(one(), 0..3)).prop_map(|(profile, friends)| Profile { friends, ..profile })
}

pub(crate) fn shown<T: Output + ?Sized>(value: &T, viewer: &Viewer) -> String {
    serde_json::to_string(&Shown::new(value, viewer)).unwrap()
}

#[test]
fn z4_a_member_is_shown_if_and_only_if_its_rule_allows_the_caller() {
    let issuer = TestIssuer::default();
    check(file!(), 2000, (profiles(), callers()), |(profile, caller)| {
        let viewer = viewer(&issuer, caller.as_ref());
        let rights = Rights(caller.as_ref());
        let text = shown(&profile, &viewer);
        prop_assert!(profile.hash == HASH && !text.contains(HASH));
        prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), rights.profile(&profile));
        // As an item of a page, behind a reference, in an option, and a second time with the same viewer.
        let page = Page {
            items: vec![Some(&profile), None],
            next: None,
        };
        let expected = json!({ "items": [rights.profile(&profile), null], "next": null });
        prop_assert_eq!(serde_json::from_str::<Value>(&shown(&page, &viewer)).unwrap(), expected);
        prop_assert_eq!(shown(&profile, &viewer), text);
        Ok(())
    });
}

/// No case would be worth anything if nobody saw anything, or everybody everything.
#[test]
fn z4_each_rule_lets_somebody_see_and_somebody_not() {
    let issuer = TestIssuer::default();
    let profile = Profile {
        user_id: UserId("alice".to_owned()),
        birth_day: 1,
        email: Some("e".to_owned()),
        role: "r".to_owned(),
        last_login: Some(2),
        risk: 3,
        notes: vec![note("n".to_owned(), None)],
        hash: HASH,
        state: State::Active,
        events: BTreeMap::new(),
        detail: Detail::Nothing,
        friends: Vec::new(),
    };
    let keys = |scopes: &str, roles: &[&str], subject: &str| -> Vec<String> {
        let viewer = issuer.token(subject).scope(scopes).roles(roles).viewer();
        let seen: Map<String, Value> = serde_json::from_str(&shown(&profile, &viewer)).unwrap();
        let always = ["userId", "state", "events", "friends"];
        seen.keys()
            .filter(|key| !always.contains(&key.as_str()))
            .cloned()
            .collect()
    };
    assert_eq!(keys("", &[], "bob"), [""; 0]);
    assert_eq!(keys("", &[], "alice"), ["birthDay", "email"]);
    assert_eq!(keys("read:notes", &[], "alice"), ["birthDay", "email", "notes"]);
    assert_eq!(keys("read:notes", &[], "bob"), [""; 0]);
    assert_eq!(keys("admin:users", &[], "bob"), ["email"]);
    assert_eq!(keys("admin:users read:roles", &[], "bob"), ["ROLE", "email"]);
    assert_eq!(keys("support", &[], "bob"), ["detail", "email"]);
    assert_eq!(keys("", &["auditor"], "bob"), ["lastLogin"]);
    assert_eq!(
        keys("support", &["auditor"], "bob"),
        ["detail", "email", "lastLogin", "risk"]
    );
}

/// The schema says who sees what, and holds for what is shown to whomever.
#[test]
fn z4_the_schema_holds_for_every_answer() {
    let mut generator = secure_runtime::data::SchemaGenerator::default();
    let mut schema = serde_json::to_value(Profile::schema(&mut generator)).unwrap();
    schema["$defs"] = Value::Object(generator.definitions().clone());
    let profile = &schema["$defs"]["Profile"];
    let who = |name: &str| profile["properties"][name]["x-shown-to"].clone();
    assert_eq!(who("userId"), Value::Null);
    assert_eq!(who("birthDay"), json!({ "owner": true }));
    assert_eq!(
        who("email"),
        json!({ "owner": true, "or_scope": "admin:users | support" })
    );
    assert_eq!(who("ROLE"), json!({ "scope": "read:roles & admin:users" }));
    assert_eq!(who("risk"), json!({ "scope": "support", "role": "auditor" }));
    assert_eq!(profile["properties"].get("hash"), None);
    assert_eq!(profile["required"], json!(["userId", "state", "events", "friends"]));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let issuer = TestIssuer::default();
    check(file!(), 500, (profiles(), callers()), |(profile, caller)| {
        let text = shown(&profile, &viewer(&issuer, caller.as_ref()));
        let value: Value = serde_json::from_str(&text).unwrap();
        prop_assert!(validator.is_valid(&value), "{value}");
        Ok(())
    });
    let stranger = json!({ "userId": "alice", "state": "sleeping", "events": {}, "friends": [] });
    assert!(!validator.is_valid(&stranger));
}
