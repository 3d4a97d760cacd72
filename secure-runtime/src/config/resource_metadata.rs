use super::table::Table;
use crate::authn::ResourceMetadata;
use crate::security::SecurityBuilder;

/// `[resource_metadata]`.
pub(super) fn add(mut table: Table<'_>, security: SecurityBuilder) -> SecurityBuilder {
    let place = table.place().to_string();
    let resource = table.needed_text("resource", "\"https://api.example.com\"");
    let (name, documentation) = (table.text("name"), table.text("documentation"));
    table.finish();
    let Some(resource) = resource else { return security };
    let mut metadata = ResourceMetadata::of(resource);
    if let Some(name) = name {
        metadata = metadata.name(name);
    }
    if let Some(url) = documentation {
        metadata = metadata.documentation(url);
    }
    security.resource_metadata_at(metadata, place)
}
