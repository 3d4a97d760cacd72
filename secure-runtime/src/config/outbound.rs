use super::table::Table;
use crate::Outbound;

/// `[….outbound]`: how an authorization server is called.
pub(super) fn read(mut table: Table<'_>) -> Outbound {
    let mut outbound = Outbound::new();
    if let Some(time) = table.duration("timeout") {
        outbound = outbound.timeout(time);
    }
    if let Some(bytes) = table.bytes("max_answer") {
        outbound = outbound.max_answer(bytes);
    }
    for certificate in table.texts("trust").unwrap_or_default() {
        outbound = outbound.trust_pem(certificate);
    }
    let (place, is_elsewhere) = (table.place_of("proxy"), table.is_table("proxy"));
    if let Some(proxy) = table.text("proxy") {
        if proxy.contains('@') && !is_elsewhere {
            table.fault(
                &place,
                "has a user in it, whose password would stand in the configuration itself",
                "write `proxy = { env = \"…\" }` or `proxy = { file = \"…\" }`",
            );
        }
        outbound = outbound.proxy(proxy);
    }
    table.finish();
    outbound
}
