use super::table::Table;
use super::tree::Place;
use crate::security::SecurityBuilder;
use crate::{Redis, RedisDenylist, RedisUrlError};

/// `[redis]`: the server for whatever is shared, with one connection for all of it.
pub(super) struct Section {
    /// `None` where it is not written.
    place: Option<Place>,
    /// `None` also where it cannot be read, which is reported.
    redis: Option<Redis>,
    is_used: bool,
}

impl Section {
    pub(super) fn of(table: &mut Table<'_>) -> Self {
        let section = table.table("redis");
        Self {
            place: section.as_ref().map(|section| section.place().clone()),
            redis: section.and_then(read),
            is_used: false,
        }
    }

    /// For an option that needs it and stands at this place.
    pub(super) fn used(&mut self, table: &Table<'_>, by: &Place) -> Option<Redis> {
        self.is_used = true;
        if self.place.is_none() {
            table.fault(
                by,
                "needs a server, and there is no section `redis`",
                "write `[redis]`, and in it `url = { env = \"…\" }`",
            );
        }
        self.redis.clone()
    }

    /// `shared_denylist`, which is the last that may use it.
    pub(super) fn add(mut self, table: &mut Table<'_>, mut security: SecurityBuilder) -> SecurityBuilder {
        let place = table.place_of("shared_denylist");
        if table.flag("shared_denylist") == Some(true)
            && let Some(redis) = self.used(table, &place)
        {
            security = security.shared_denylist(RedisDenylist::new(redis));
        }
        if let (Some(place), false) = (&self.place, self.is_used) {
            table.fault(
                place,
                "is used by nothing",
                "write `[shared_limits]`, `shared_denylist = true`, or `replay = \"redis\"` in `[dpop]`, or leave it out",
            );
        }
        security
    }
}

/// A server: `[redis]`, or where an option has one of its own.
pub(super) fn read(mut table: Table<'_>) -> Option<Redis> {
    let (url_place, roots_place) = (table.place_of("url"), table.place_of("roots"));
    if !table.has("url") {
        table.missing("url", "{ env = \"…\" }");
    }
    let url = table.secret("url");
    let roots = table.text("roots");
    let (prefix, timeout) = (table.text("key_prefix"), table.duration("timeout"));
    // What is refused is not repeated.
    let refused = |place: &Place, error: RedisUrlError| {
        table.fault(place, error.to_string(), "see `Redis` for what it takes");
    };
    let opened = url.and_then(|url| Redis::open(&url).map_err(|error| refused(&url_place, error)).ok());
    let opened = match (opened, roots) {
        (Some(redis), Some(pem)) => redis.roots(pem).map_err(|error| refused(&roots_place, error)).ok(),
        (opened, _) => opened,
    };
    table.finish();
    let mut redis = opened?;
    if let Some(prefix) = prefix {
        redis = redis.key_prefix(prefix);
    }
    if let Some(timeout) = timeout {
        redis = redis.timeout(timeout);
    }
    Some(redis)
}
