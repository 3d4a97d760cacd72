use secure_policy::{Rate, parse_duration};

#[cfg(feature = "redis")]
use super::redis::Section;
use super::table::Table;
use crate::LockOut;
use crate::limit::Override;
use crate::security::SecurityBuilder;

/// What is said of limits beside their defaults.
pub(super) fn add(table: &mut Table<'_>, mut security: SecurityBuilder) -> SecurityBuilder {
    if let Some(rate) = table.measure("default_rate", Rate::parse) {
        security = security.default_rate(rate);
    }
    if let Some(rate) = table.measure("service_rate", Rate::parse) {
        security = security.service_rate(rate);
    }
    if let Some(rate) = table.measure("failed_authentication_rate", Rate::parse) {
        security = security.failed_authentication_rate(rate);
    }
    if let Some(buckets) = table.number("limiter_capacity") {
        security = security.limiter_capacity(buckets);
    }
    if table.flag("rate_limit_problem_types") == Some(true) {
        security = security.rate_limit_problem_types();
    }
    if table.flag("without_legacy_rate_limit_headers") == Some(true) {
        security = security.without_legacy_rate_limit_headers();
    }
    if let Some(lock_out) = table.table("lock_out") {
        let place = lock_out.place().to_string();
        security = security.lock_out_at(read_lock_out(lock_out), place);
    }
    for overriding in table.tables("override") {
        if let Some(overriding) = read_override(overriding) {
            security = security.override_at(overriding);
        }
    }
    security
}

/// `[lock_out]`.
fn read_lock_out(mut table: Table<'_>) -> LockOut {
    let mut lock_out = match table.number("after") {
        // What does not fit is above every bound, and said to be so.
        Some(failures) => LockOut::after(u32::try_from(failures).unwrap_or(u32::MAX)),
        None => LockOut::default(),
    };
    if let Some(time) = table.measure("first", parse_duration) {
        lock_out = lock_out.first(time);
    }
    if let Some(time) = table.measure("longest", parse_duration) {
        lock_out = lock_out.longest(time);
    }
    if let Some(time) = table.measure("forget_after", parse_duration) {
        lock_out = lock_out.forget_after(time);
    }
    table.finish();
    lock_out
}

/// `[[override]]`.
fn read_override(mut table: Table<'_>) -> Option<Override> {
    let place = table.place().to_string();
    let endpoint = table.text("endpoint");
    let limit = table.needed_text("limit", "\"caller\"");
    if !table.has("rate") {
        table.missing("rate", "\"100/min\"");
    }
    let rate = table.measure("rate", Rate::parse);
    table.finish();
    Some(Override {
        endpoint,
        limit: limit?,
        rate: rate?,
        place,
    })
}

/// `[shared_limits]`.
#[cfg(feature = "redis")]
pub(super) fn add_shared(table: &mut Table<'_>, redis: &mut Section, mut security: SecurityBuilder) -> SecurityBuilder {
    let Some(mut shared) = table.table("shared_limits") else {
        return security;
    };
    let place = shared.place().clone();
    let secret = shared.needed_secret("secret");
    let outage = outage(&mut shared);
    shared.finish();
    if let (Some(redis), Some(outage)) = (redis.used(table, &place), outage) {
        let limits = crate::RedisLimits::new(redis, secret.as_bytes(), outage);
        security = security.shared_limits_at(limits, place.to_string());
    }
    security
}

/// `outage`, which has no default: "deny", "allow", or `{ instances = 4 }`.
#[cfg(feature = "redis")]
fn outage(table: &mut Table<'_>) -> Option<crate::Outage> {
    use crate::Outage;
    const EXAMPLE: &str = "\"deny\"";
    let place = table.place_of("outage");
    if let Some(mut local) = table.table_if("outage") {
        let at = local.place_of("instances");
        if !local.has("instances") {
            local.missing("instances", "4");
            return None;
        }
        let instances = local.number("instances")?;
        let instances = u32::try_from(instances).ok().and_then(std::num::NonZeroU32::new);
        if instances.is_none() {
            local.fault(
                &at,
                "is no number of instances",
                "write how many there are, as in `instances = 4`",
            );
        }
        local.finish();
        return instances.map(|instances| Outage::Local { instances });
    }
    if !table.has("outage") {
        table.missing("outage", EXAMPLE);
        return None;
    }
    match table.text("outage")?.as_str() {
        "deny" => Some(Outage::Deny),
        "allow" => Some(Outage::Allow),
        _ => {
            table.fault(
                &place,
                "does not say what holds while the server is away",
                "write `\"deny\"` for 503, `\"allow\"` for no limits, or `{ instances = 4 }` for a part of each limit",
            );
            None
        }
    }
}
