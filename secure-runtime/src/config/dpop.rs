use super::algorithms::KEY_PAIRS;
#[cfg(feature = "redis")]
use super::redis::{self, Section};
use super::table::Table;
#[cfg(feature = "redis")]
use crate::dpop::RedisReplay;
use crate::dpop::{Dpop, Nonces};

/// Where used proofs are remembered.
#[cfg_attr(
    not(feature = "redis"),
    expect(dead_code, reason = "it is a fault without the feature")
)]
enum Replay<'f> {
    Memory,
    /// In the server of `[redis]`.
    Shared,
    /// In a server of its own.
    Own(Table<'f>),
}

/// `[dpop]`, and where it stands.
pub(super) fn read(mut table: Table<'_>, #[cfg(feature = "redis")] section: &mut Section) -> Option<(Dpop, String)> {
    let place = table.place().to_string();
    let origin = table.needed_text("origin", "\"https://api.example.com\"");
    let is_whole = origin.is_some();
    let mut dpop = Dpop::new(origin.unwrap_or_default());
    if let Some(time) = table.duration("window") {
        dpop = dpop.window(time);
    }
    if let Some(algorithms) = table.choices("algorithms", &KEY_PAIRS) {
        dpop = dpop.algorithms(&algorithms);
    }
    if let Some(nonces) = nonces(&mut table) {
        dpop = dpop.nonces(nonces);
    }
    #[cfg(feature = "redis")]
    let at = table.place_of("replay");
    match replay(&mut table) {
        Replay::Memory => {}
        #[cfg(feature = "redis")]
        Replay::Shared => {
            if let Some(redis) = section.used(&table, &at) {
                dpop = dpop.replay(RedisReplay::new(redis));
            }
        }
        #[cfg(feature = "redis")]
        Replay::Own(mut own) => {
            match own.table("redis") {
                Some(server) => {
                    if let Some(redis) = redis::read(server) {
                        dpop = dpop.replay(RedisReplay::new(redis));
                    }
                }
                None => own.missing("redis", "{ url = { env = \"…\" } }"),
            }
            own.finish();
        }
        #[cfg(not(feature = "redis"))]
        Replay::Shared | Replay::Own(_) => {}
    }
    if let Some(proofs) = table.number("replay_capacity") {
        dpop = dpop.replay_capacity(proofs);
    }
    table.finish();
    is_whole.then_some((dpop, place))
}

/// `nonces`: true, or under a key that all instances share.
fn nonces(table: &mut Table<'_>) -> Option<Nonces> {
    let Some(mut shared) = table.table_if("nonces") else {
        return (table.flag("nonces") == Some(true)).then(Nonces::new);
    };
    let mut nonces = if shared.has("key") {
        Nonces::with_key(shared.needed_secret("key").as_bytes())
    } else {
        shared.skip("key");
        Nonces::new()
    };
    if let Some(period) = shared.duration("period") {
        nonces = nonces.period(period);
    }
    shared.finish();
    Some(nonces)
}

fn replay<'f>(table: &mut Table<'f>) -> Replay<'f> {
    let place = table.place_of("replay");
    let replay = match table.table_if("replay") {
        Some(own) => Replay::Own(own),
        None => match table.plain("replay").as_deref() {
            None | Some("memory") => return Replay::Memory,
            Some("redis") => Replay::Shared,
            // It may be the URL of a server, with its password, so it is not repeated.
            Some(_) => {
                table.fault(
                    &place,
                    "is none of the stores",
                    "write `replay = \"redis\"` for the server of `[redis]`, or leave it out for the process's memory",
                );
                return Replay::Memory;
            }
        },
    };
    if table.has("replay_capacity") {
        table.fault(
            &table.place_of("replay_capacity"),
            "is for proofs that are remembered in the process",
            "leave it out: Redis has bounds of its own",
        );
    }
    if table.lacks(&place, "redis") {
        return Replay::Memory;
    }
    replay
}
