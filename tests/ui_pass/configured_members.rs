#![deny(warnings)]
use axum::Json;
use secure_runtime::{input, output, secure};

mod support;

#[cfg(all())]
#[input]
struct Sent {
    #[cfg(all())]
    #[input(length(max = 9))]
    there: String,
    #[cfg(any())]
    #[input(length(max = 9))]
    absent: Missing,
    #[cfg(not(any()))]
    #[input(scope = "a")]
    restricted: Option<u8>,
    #[cfg(any())]
    restricted: Missing,
    #[cfg_attr(all(), allow(unused))]
    number: u8,
    #[cfg(all())]
    #[input(server)]
    created: u64,
    #[cfg(any())]
    #[input(server)]
    changed: Missing,
}

#[cfg(any())]
#[input]
struct Absent {
    of: Missing,
}

#[input]
enum Choice {
    #[cfg(all())]
    There,
    #[cfg(any())]
    Absent(Missing),
    Members {
        #[cfg(any())]
        absent: Missing,
        #[cfg(all())]
        there: u8,
    },
}

#[cfg_attr(all(), input)]
#[cfg_attr(all(), derive(Debug))]
struct Configured {
    number: u8,
}

#[output(owner = "user_id")]
struct Shown {
    #[expose]
    #[cfg(all())]
    there: u8,
    #[cfg(any())]
    #[expose]
    absent: Missing,
    #[cfg(all())]
    #[expose(never)]
    user_id: u8,
    #[cfg(any())]
    #[expose(never)]
    user_id: String,
    #[cfg(all())]
    #[expose(owner)]
    own: u8,
    #[cfg(any())]
    #[expose(scope = "a")]
    for_some: Missing,
    #[cfg(all())]
    #[expose]
    #[serde(skip_serializing_if = "Option::is_none")]
    maybe: Option<u8>,
}

#[output]
#[serde(tag = "kind", content = "value")]
enum ShownChoice {
    #[cfg(all())]
    There,
    #[cfg(any())]
    Absent(#[expose] Missing),
    Members {
        #[cfg(any())]
        #[expose]
        absent: Missing,
        #[cfg(all())]
        #[expose]
        there: u8,
    },
}

#[secure(post = "/structs", authenticated)]
async fn structs(Json(sent): Json<Sent>) -> Json<Shown> {
    let Sent { there, restricted, number, created } = sent;
    let _ = (there, created);
    Json(Shown { there: number, user_id: 1, own: 1, maybe: restricted })
}

#[secure(post = "/choices", authenticated)]
async fn choices(Json((choice, configured)): Json<(Choice, Configured)>) -> Json<ShownChoice> {
    Json(match choice {
        Choice::There => ShownChoice::There,
        Choice::Members { there } => ShownChoice::Members { there: there + configured.number },
    })
}

fn main() {
    support::starts((structs, choices), 2);
}
