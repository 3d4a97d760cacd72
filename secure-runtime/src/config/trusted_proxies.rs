use super::table::Table;
use crate::TrustedProxies;
use crate::security::SecurityBuilder;

#[derive(Clone, Copy)]
enum Header {
    Forwarded,
    XForwardedFor,
}

const HEADERS: [(&str, Header); 2] = [
    ("forwarded", Header::Forwarded),
    ("x-forwarded-for", Header::XForwardedFor),
];

/// `[trusted_proxies]` and `ipv6_prefix`: how clients are told apart by their addresses.
pub(super) fn add(table: &mut Table<'_>, mut security: SecurityBuilder) -> SecurityBuilder {
    let place = table.place_of("ipv6_prefix").to_string();
    if let Some(bits) = table.number("ipv6_prefix") {
        // What is too large for the type is too large for an address.
        security = security.ipv6_prefix_at(u8::try_from(bits).unwrap_or(u8::MAX), place);
    }
    if let Some(proxies) = table.table("trusted_proxies") {
        let place = proxies.place().to_string();
        if let Some(proxies) = read(proxies) {
            security = security.trusted_proxies_at(proxies, place);
        }
    }
    security
}

fn read(mut table: Table<'_>) -> Option<TrustedProxies> {
    for (name, example) in [("header", "\"forwarded\""), ("networks", "[\"10.0.3.0/28\"]")] {
        if !table.has(name) {
            table.missing(name, example);
        }
    }
    let header = table.choice("header", &HEADERS);
    let networks = table.texts("networks");
    table.finish();
    let (header, networks) = (header?, networks?);
    Some(match header {
        Header::Forwarded => TrustedProxies::forwarded(networks),
        Header::XForwardedFor => TrustedProxies::x_forwarded_for(networks),
    })
}
