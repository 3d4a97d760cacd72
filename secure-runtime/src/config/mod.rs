//! A [`SecurityBuilder`] from a file.

mod algorithms;
mod api_keys;
mod dpop;
mod elsewhere;
#[cfg(feature = "oauth")]
mod introspection;
mod jwt;
mod key;
mod limits;
#[cfg(feature = "mtls")]
mod mtls;
#[cfg(feature = "oauth")]
mod outbound;
#[cfg(feature = "oauth")]
mod published;
#[cfg(feature = "redis")]
mod redis;
mod resource_metadata;
mod table;
#[cfg(test)]
mod tests;
mod tree;
mod trusted_proxies;
mod values;

use std::cell::RefCell;
use std::path::Path;

use secure_policy::{ByteSize, parse_time};

use crate::authz::RoleHierarchy;
use crate::security::SecurityBuilder;
use crate::startup::Fault;
use table::{Around, Table};

/// The features that sections need, and whether they are on.
type Features = [(&'static str, bool); 5];

const FEATURES: Features = [
    ("mtls", cfg!(feature = "mtls")),
    ("oauth", cfg!(feature = "oauth")),
    ("postgres", cfg!(feature = "postgres")),
    ("redis", cfg!(feature = "redis")),
    ("sqlite", cfg!(feature = "sqlite")),
];

/// Reads a file into a builder. Its faults are reported when the builder is built, with all others.
pub(crate) fn read(path: &Path) -> SecurityBuilder {
    read_with(path, &FEATURES)
}

fn read_with(path: &Path, features: &Features) -> SecurityBuilder {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            let fault = format!("the file cannot be read: {error}");
            let fault = Fault::new(path.display().to_string(), fault, "see its path and rights");
            return SecurityBuilder::empty(vec![fault]);
        }
    };
    let mut faults = Vec::new();
    let tree = tree::parse(&name, &text, &mut faults);
    if !faults.is_empty() {
        // What could not be read may have been anything, so nothing is said of what seems to be missing.
        return SecurityBuilder::empty(faults);
    }
    let faults = RefCell::new(faults);
    let around = Around {
        faults: &faults,
        folder: path.parent().unwrap_or(Path::new("")),
        features,
    };
    let builder = security(Table::of(tree, around));
    builder.with_faults(faults.into_inner())
}

fn security(mut table: Table<'_>) -> SecurityBuilder {
    let mut security = defaults(&mut table, SecurityBuilder::empty(Vec::new()));
    security = limits::add(&mut table, security);
    security = trusted_proxies::add(&mut table, security);
    for jwt in table.tables("jwt") {
        security = jwt::add(jwt, security);
    }
    if let Some(keys) = table.table("api_keys") {
        security = api_keys::add(keys, security);
    }
    for (name, feature) in [
        ("introspection", "oauth"),
        ("client_cert_header", "mtls"),
        ("client_certificates", "mtls"),
        ("redis", "redis"),
        ("shared_denylist", "redis"),
        ("shared_limits", "redis"),
    ] {
        table.needs(name, feature);
    }
    #[cfg(feature = "oauth")]
    if let Some(introspection) = table.table("introspection") {
        security = introspection::add(introspection, security);
    }
    #[cfg(feature = "mtls")]
    {
        security = mtls::add(&mut table, security);
    }
    #[cfg(feature = "redis")]
    let mut redis = redis::Section::of(&mut table);
    if let Some(dpop) = table.table("dpop") {
        #[cfg(feature = "redis")]
        let dpop = dpop::read(dpop, &mut redis);
        #[cfg(not(feature = "redis"))]
        let dpop = dpop::read(dpop);
        if let Some((dpop, place)) = dpop {
            security = security.dpop_at(dpop, place);
        }
    }
    #[cfg(feature = "redis")]
    {
        security = limits::add_shared(&mut table, &mut redis, security);
        security = redis.add(&mut table, security);
    }
    if let Some(metadata) = table.table("resource_metadata") {
        security = resource_metadata::add(metadata, security);
    }
    table.finish();
    security
}

/// What is said once for all endpoints.
fn defaults(table: &mut Table<'_>, mut security: SecurityBuilder) -> SecurityBuilder {
    if let Some(realm) = table.text("realm") {
        security = security.realm(realm);
    }
    if let Some(issuers) = table.texts("owners_from") {
        security = security.owners_from(issuers);
    }
    if let Some(size) = table.measure("default_max_body", ByteSize::parse) {
        security = security.default_max_body(size);
    }
    if let Some(time) = table.measure("default_timeout", parse_time) {
        security = security.default_timeout(time);
    }
    if let Some(time) = table.measure("default_body_timeout", parse_time) {
        security = security.default_body_timeout(time);
    }
    if let Some(requests) = table.number("max_concurrency") {
        security = security.max_concurrency(requests);
    }
    if let Some(bytes) = table.number("max_head") {
        security = security.max_head(bytes);
    }
    if let Some(size) = table.measure("token_cache", ByteSize::parse) {
        security = security.token_cache(size);
    }
    if table.flag("without_token_cache") == Some(true) {
        security = security.without_token_cache();
    }
    if let Some(roles) = table.table("roles") {
        let mut hierarchy = RoleHierarchy::new();
        for (role, includes) in roles.any() {
            let includes: Vec<_> = includes.iter().map(String::as_str).collect();
            hierarchy = hierarchy.role(&role, &includes);
        }
        security = security.roles(hierarchy);
    }
    security
}
