use super::algorithms::KEY_PAIRS;
use super::outbound;
use super::table::Table;
use crate::RemoteKeys;

/// The keys that an issuer publishes: `discover` or `jwks_uri`, and how they are fetched.
pub(super) fn read(table: &mut Table<'_>) -> Option<RemoteKeys> {
    let (uri_place, key_place) = (table.place_of("jwks_uri"), table.place_of("key"));
    let (has_uri, has_key) = (table.has("jwks_uri"), table.has("key"));
    let is_discovered = table.flag("discover") == Some(true);
    let is_published = is_discovered || has_uri;
    if is_discovered && has_uri {
        table.fault(
            &uri_place,
            "stands beside `discover`, by which the issuer's metadata say where the keys are",
            "keep one of the two",
        );
    }
    if is_published && has_key {
        table.fault(
            &key_place,
            "stands beside keys that the issuer publishes",
            "keep one of the two: a key that the issuer took back would go on counting here",
        );
    }
    if !is_published {
        for name in ["algorithms", "last_good", "cooldown", "startup_wait", "outbound"] {
            if table.has(name) {
                table.fault(
                    &table.place_of(name),
                    "is for keys that the issuer publishes",
                    "write `discover = true` or `jwks_uri = \"https://…\"` as well, or leave it out",
                );
            }
        }
    }
    let address = table.text("jwks_uri");
    let mut keys = match address {
        Some(address) if !is_discovered => RemoteKeys::at(address),
        _ => RemoteKeys::discovered(),
    };
    if let Some(algorithms) = table.choices("algorithms", &KEY_PAIRS) {
        keys = keys.algorithms(algorithms);
    }
    if let Some(time) = table.duration("last_good") {
        keys = keys.last_good(time);
    }
    if let Some(time) = table.duration("cooldown") {
        keys = keys.cooldown(time);
    }
    if let Some(time) = table.duration("startup_wait") {
        keys = keys.startup_wait(time);
    }
    if let Some(calls) = table.table("outbound") {
        keys = keys.outbound(outbound::read(calls));
    }
    is_published.then_some(keys)
}
