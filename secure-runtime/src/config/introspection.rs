use super::elsewhere;
use super::outbound;
use super::table::Table;
use crate::security::SecurityBuilder;
use crate::{ClientAuthentication, Introspection, Secret};

/// `[introspection]`.
pub(super) fn add(mut table: Table<'_>, security: SecurityBuilder) -> SecurityBuilder {
    let place = table.place().to_string();
    let issuer = table.needed_text("issuer", "\"https://id.example.com\"");
    let audience = table.needed_text("audience", "\"https://api.example.com\"");
    let is_whole = issuer.is_some() && audience.is_some();
    let introspection = Introspection::issuer(issuer.unwrap_or_default()).audience(audience.unwrap_or_default());
    let introspection = introspection.client(client(&mut table));
    let introspection = bounds(&mut table, introspection);
    let introspection = claims(&mut table, introspection);
    table.finish();
    if is_whole {
        security.accept_at(introspection, place)
    } else {
        security
    }
}

#[derive(Clone, Copy)]
enum Way {
    Basic,
    Post,
}

/// `client_id` and `client_secret`, or `bearer`.
fn client(table: &mut Table<'_>) -> ClientAuthentication {
    if table.has("bearer") {
        for name in ["client_id", "client_secret", "client_authentication"] {
            if table.has(name) {
                table.fault(
                    &table.place_of(name),
                    "stands beside `bearer`, which is another way to show who asks",
                    "keep one of the two",
                );
                table.skip(name);
            }
        }
        return ClientAuthentication::bearer(secret(table, "bearer"));
    }
    let id = table.needed_text("client_id", "\"my-api\"");
    let id = id.unwrap_or_else(|| elsewhere::stand_in().to_string());
    let secret = secret(table, "client_secret");
    match table.choice("client_authentication", &[("basic", Way::Basic), ("post", Way::Post)]) {
        Some(Way::Post) => ClientAuthentication::post(id, secret),
        Some(Way::Basic) | None => ClientAuthentication::basic(id, secret),
    }
}

fn secret(table: &mut Table<'_>, name: &'static str) -> Secret<String> {
    Secret::new(std::mem::take(&mut *table.needed_secret(name)))
}

fn bounds(table: &mut Table<'_>, mut introspection: Introspection) -> Introspection {
    if let Some(url) = table.text("endpoint") {
        introspection = introspection.endpoint(url);
    }
    if let Some(time) = table.duration("cache") {
        introspection = introspection.cache(time);
    }
    if let Some(tokens) = table.number("cached_tokens") {
        introspection = introspection.cached_tokens(tokens);
    }
    if let Some(calls) = table.number("calls") {
        introspection = introspection.calls(calls);
    }
    if let Some(time) = table.duration("leeway") {
        introspection = introspection.leeway(time);
    }
    if let Some(calls) = table.table("outbound") {
        introspection = introspection.outbound(outbound::read(calls));
    }
    introspection
}

fn claims(table: &mut Table<'_>, mut introspection: Introspection) -> Introspection {
    if table.flag("without_audience") == Some(true) {
        introspection = introspection.without_audience();
    }
    if table.flag("without_client_id") == Some(true) {
        introspection = introspection.without_client_id();
    }
    if let Some(lifetime) = table.duration("without_expiry") {
        introspection = introspection.without_expiry(lifetime);
    }
    if let Some(path) = table.texts("roles_at") {
        introspection = introspection.roles_at(path);
    }
    if let Some(name) = table.text("tenant_claim") {
        introspection = introspection.tenant_claim(name);
    }
    introspection
}
