//! What it costs that each field of an answer is shown to those who may see it: `#[output]` beside plain serde over a type
//! that has just the fields that are shown. Both write the same bytes into a buffer of their own.
//!
//! `cargo bench -p secure-benches --bench exposure`. Fails above 1.3 times plain serde_json.

use std::hint::black_box;

use secure_benches::side_by_side;
use secure_runtime::testing::{TestIssuer, anybody};
use secure_runtime::{Output, Shown, Viewer, output};
use serde::Serialize;

/// The most that exposure may cost.
const MOST: f64 = 1.3;

/// What nobody may see.
const HASH: &str = "$argon2id$v=19$";

mod open {
    use super::{Serialize, output};

    #[output]
    #[derive(Clone, Serialize)]
    pub(super) struct Line {
        #[expose]
        pub(super) product: String,
        #[expose]
        pub(super) quantity: u32,
        #[expose]
        pub(super) price: u64,
    }

    /// Every field is for everybody.
    #[output]
    #[derive(Clone, Serialize)]
    pub(super) struct Order {
        #[expose]
        pub(super) id: u64,
        #[expose]
        pub(super) state: String,
        #[expose]
        pub(super) note: Option<String>,
        #[expose]
        pub(super) paid: bool,
        #[expose]
        pub(super) lines: Vec<Line>,
    }
}

/// Some fields are for some.
#[output(owner = "user_id")]
struct Profile {
    #[expose]
    user_id: String,
    #[expose]
    name: String,
    #[expose(owner, or_scope = "admin:users")]
    email: String,
    #[expose(scope = "admin:users")]
    role: String,
    #[expose(role = "auditor")]
    last_login: u64,
    #[expose]
    bio: String,
    #[expose(never)]
    password_hash: String,
}

/// What a caller without any right sees of it.
#[derive(Serialize)]
struct Seen<'p> {
    user_id: &'p str,
    name: &'p str,
    bio: &'p str,
}

/// What an administrator sees of it.
#[derive(Serialize)]
struct SeenByAdministrators<'p> {
    user_id: &'p str,
    name: &'p str,
    email: &'p str,
    role: &'p str,
    bio: &'p str,
}

fn order(id: u64) -> open::Order {
    let line = |n: u64| open::Line {
        product: format!("product {n}"),
        quantity: 3,
        price: 100 * n,
    };
    open::Order {
        id,
        state: "shipped".to_owned(),
        note: id.is_multiple_of(3).then(|| "leave it \"at the door\"".to_owned()),
        paid: id.is_multiple_of(2),
        lines: (0..4).map(line).collect(),
    }
}

fn profile(id: u64) -> Profile {
    Profile {
        user_id: format!("user-{id}"),
        name: format!("User Number {id}"),
        email: format!("user-{id}@example.com"),
        role: "customer".to_owned(),
        last_login: 1_700_000_000 + id,
        bio: "Likes maps, and \"quotes\" in texts of some length.".to_owned(),
        password_hash: HASH.to_owned(),
    }
}

/// Prints what was compared, and says whether it was within the bound.
fn compare<P: Serialize, T: Output>(what: &str, plain: &P, shown: &T, viewer: &Viewer) -> bool {
    let expected = serde_json::to_vec(plain).unwrap_or_default();
    let written = serde_json::to_vec(&Shown::new(shown, viewer)).unwrap_or_default();
    let leaked = String::from_utf8_lossy(&written).contains(HASH);
    if expected.is_empty() || expected != written || leaked {
        eprintln!("{what}: the bytes differ");
        return false;
    }
    let (mut one, mut two) = (Vec::with_capacity(expected.len()), Vec::with_capacity(expected.len()));
    let pair = side_by_side(
        || {
            one.clear();
            let _ = serde_json::to_writer(black_box(&mut one), black_box(plain));
        },
        || {
            two.clear();
            let _ = serde_json::to_writer(black_box(&mut two), &Shown::new(black_box(shown), viewer));
        },
    );
    let within = pair.ratio <= MOST;
    eprintln!(
        "{what:<44} {:>7} bytes   serde_json {:>9.0} ns   #[output] {:>9.0} ns   ratio {:.3}{}",
        expected.len(),
        pair.base,
        pair.other,
        pair.ratio,
        if within { "" } else { "   ABOVE 1.3" },
    );
    within
}

fn main() -> std::process::ExitCode {
    let issuer = TestIssuer::default();
    let nobody = anybody();
    let somebody = issuer.token("user-7").scope("read:profiles write:profiles").viewer();
    let administrator = issuer.token("root").scope("read:profiles admin:users").viewer();
    let orders: Vec<_> = (0..100).map(order).collect();
    let profiles: Vec<_> = (0..100).map(profile).collect();
    assert!(
        profiles.iter().all(|profile| profile.password_hash == HASH),
        "there is something to hide"
    );
    let seen = |profile: &'static Profile| Seen {
        user_id: &profile.user_id,
        name: &profile.name,
        bio: &profile.bio,
    };
    let known = |profile: &'static Profile| SeenByAdministrators {
        user_id: &profile.user_id,
        name: &profile.name,
        email: &profile.email,
        role: &profile.role,
        bio: &profile.bio,
    };
    // Whoever user-7 is, one of a hundred profiles is theirs; the others are compared and not theirs.
    let profiles: &'static Vec<Profile> = Box::leak(Box::new(profiles));
    let others: Vec<&'static Profile> = profiles.iter().filter(|profile| profile.user_id != "user-7").collect();
    let plain: Vec<_> = others.iter().map(|profile| seen(profile)).collect();
    let all: Vec<_> = profiles.iter().map(known).collect();
    let one = order(1);
    let outcomes = [
        compare("one order, every field for everybody", &one, &one, &nobody),
        compare("100 orders, every field for everybody", &orders, &orders, &nobody),
        compare("99 profiles, 4 of 7 fields hidden", &plain, &others, &somebody),
        compare("100 profiles, 2 of 7 hidden, by scope", &all, profiles, &administrator),
    ];
    std::process::ExitCode::from(u8::from(!outcomes.iter().all(|within| *within)))
}
