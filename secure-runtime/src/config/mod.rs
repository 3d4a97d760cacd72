//! A [`SecurityBuilder`] from a file.

mod jwt;
mod table;
mod tree;

use std::cell::RefCell;
use std::path::Path;

use secure_policy::{ByteSize, Rate, parse_time};

use crate::authn::ResourceMetadata;
use crate::authz::RoleHierarchy;
use crate::security::SecurityBuilder;
use crate::startup::Fault;
use table::{Around, Table};

/// Reads a file into a builder. Its faults are reported when the builder is built, with all others.
pub(crate) fn read(path: &Path) -> SecurityBuilder {
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
    };
    let builder = security(Table::of(tree, around));
    builder.with_faults(faults.into_inner())
}

fn security(mut table: Table<'_>) -> SecurityBuilder {
    let mut security = SecurityBuilder::empty(Vec::new());
    for jwt in table.tables("jwt") {
        if let Some(jwt) = jwt::read(jwt) {
            security = security.accept(jwt);
        }
    }
    if let Some(realm) = table.text("realm") {
        security = security.realm(realm);
    }
    if let Some(rate) = table.measure("default_rate", Rate::parse) {
        security = security.default_rate(rate);
    }
    if let Some(rate) = table.measure("failed_authentication_rate", Rate::parse) {
        security = security.failed_authentication_rate(rate);
    }
    if let Some(size) = table.measure("default_max_body", ByteSize::parse) {
        security = security.default_max_body(size);
    }
    if let Some(time) = table.measure("default_timeout", parse_time) {
        security = security.default_timeout(time);
    }
    if let Some(bytes) = table.number("max_head") {
        security = security.max_head(bytes);
    }
    if let Some(buckets) = table.number("limiter_capacity") {
        security = security.limiter_capacity(buckets);
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
    if let Some(metadata) = table.table("resource_metadata") {
        security = match resource_metadata(metadata) {
            Some(metadata) => security.resource_metadata(metadata),
            None => security,
        };
    }
    table.finish();
    security
}

fn resource_metadata(mut table: Table<'_>) -> Option<ResourceMetadata> {
    let resource = table.text("resource");
    if resource.is_none() {
        table.missing("resource", "\"https://api.example.com\"");
    }
    let (name, documentation) = (table.text("name"), table.text("documentation"));
    table.finish();
    let mut metadata = ResourceMetadata::of(resource?);
    if let Some(name) = name {
        metadata = metadata.name(name);
    }
    if let Some(url) = documentation {
        metadata = metadata.documentation(url);
    }
    Some(metadata)
}
