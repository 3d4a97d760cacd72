use super::key;
#[cfg(feature = "oauth")]
use super::published;
use super::table::Table;
use crate::jwt::{Jwt, Preset};
use crate::security::SecurityBuilder;

const PRESETS: [(&str, Preset); 6] = [
    ("keycloak", Preset::Keycloak),
    ("auth0", Preset::Auth0),
    ("auth0-rfc9068", Preset::Auth0Rfc9068),
    ("entra-id", Preset::EntraId),
    ("cognito", Preset::Cognito),
    ("okta", Preset::Okta),
];

/// What is for keys that the issuer publishes.
const PUBLISHED: [&str; 7] = [
    "discover",
    "jwks_uri",
    "algorithms",
    "last_good",
    "cooldown",
    "startup_wait",
    "outbound",
];

/// `[[jwt]]`.
pub(super) fn add(mut table: Table<'_>, security: SecurityBuilder) -> SecurityBuilder {
    let place = table.place().to_string();
    let issuer = table.needed_text("issuer", "\"https://id.example.com\"");
    let audiences = table.texts("audience");
    // One that could not be read was reported; one that is not there is missing.
    if audiences.as_ref().is_none_or(Vec::is_empty) {
        table.missing("audience", "\"https://api.example.com\"");
    }
    let mut audiences = audiences.unwrap_or_default().into_iter();
    let first = audiences.next();
    let is_whole = issuer.is_some() && first.is_some();
    let mut jwt = Jwt::issuer(issuer.unwrap_or_default()).audience(first.unwrap_or_default());
    for another in audiences {
        jwt = jwt.or_audience(another);
    }
    jwt = claims(&mut table, jwt);
    for name in PUBLISHED {
        table.needs(name, "oauth");
    }
    #[cfg(feature = "oauth")]
    let published = published::read(&mut table);
    #[cfg(not(feature = "oauth"))]
    let published = None::<std::convert::Infallible>;
    let keys: Vec<_> = table.tables("key").into_iter().map(key::read).collect();
    let has_keys = published.is_some() || keys.iter().all(Option::is_some);
    // Both at once were reported.
    if published.is_none() {
        jwt = keys.into_iter().flatten().fold(jwt, Jwt::key);
    }
    #[cfg(feature = "oauth")]
    if let Some(keys) = published {
        jwt = jwt.published_keys(keys);
    }
    table.finish();
    // Without all of its keys, what the verifier would say of them is not to the point.
    if is_whole && has_keys {
        security.accept_at(jwt, place)
    } else {
        security
    }
}

/// The preset comes first, since it replaces what is said of claims.
fn claims(table: &mut Table<'_>, mut jwt: Jwt) -> Jwt {
    if let Some(preset) = table.choice("preset", &PRESETS) {
        jwt = jwt.preset(preset);
    }
    if let Some(time) = table.duration("leeway") {
        jwt = jwt.leeway(time);
    }
    if table.flag("legacy_tokens") == Some(true) {
        jwt = jwt.legacy_tokens();
    }
    if let Some(path) = table.texts("roles_at") {
        jwt = jwt.roles_at(path);
    }
    if let Some(name) = table.text("scope_claim") {
        jwt = jwt.scope_claim(name);
    }
    if let Some(name) = table.text("client_id_claim") {
        jwt = jwt.client_id_claim(name);
    }
    if let Some(name) = table.text("audience_claim") {
        jwt = jwt.audience_claim(name);
    }
    if let Some(name) = table.text("tenant_claim") {
        jwt = jwt.tenant_claim(name);
    }
    jwt
}
