//! What a file says of features that are off.

use std::path::PathBuf;

use super::{FEATURES, Features, read_with};

/// The faults of this configuration with these features; the file is gone when they are known.
fn faults(name: &str, text: &str, features: &Features) -> Vec<String> {
    let path: PathBuf = std::env::temp_dir().join(format!("secure-features-{}-{name}.toml", std::process::id()));
    std::fs::write(&path, text).unwrap();
    let built = read_with(&path, features).build();
    std::fs::remove_file(&path).unwrap();
    let faults = built.unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

const EVERYTHING: &str = r#"
shared_denylist = true
[[jwt]]
issuer = "https://id.test"
audience = "https://api.test"
discover = true
jwks_uri = "https://id.test/keys"
algorithms = "ES256"
last_good = "1h"
cooldown = "30s"
startup_wait = "30s"
outbound = { timeout = "3s" }
[introspection]
[client_certificates]
[client_cert_header]
[redis]
[api_keys]
store = { sqlite = "keys.db", postgres = { env = "DATABASE_URL" } }
pepper = { id = "a", value = { file = "no such file" } }
[dpop]
origin = "https://api.test"
replay = "redis"
"#;

/// What needs which feature, and on which line it stands.
const NEEDS: [(usize, &str, &str); 15] = [
    (2, "shared_denylist", "redis"),
    (6, "jwt[0].discover", "oauth"),
    (7, "jwt[0].jwks_uri", "oauth"),
    (8, "jwt[0].algorithms", "oauth"),
    (9, "jwt[0].last_good", "oauth"),
    (10, "jwt[0].cooldown", "oauth"),
    (11, "jwt[0].startup_wait", "oauth"),
    (12, "jwt[0].outbound", "oauth"),
    (13, "introspection", "oauth"),
    (14, "client_certificates", "mtls"),
    (15, "client_cert_header", "mtls"),
    (16, "redis", "redis"),
    (18, "api_keys.store.sqlite", "sqlite"),
    (18, "api_keys.store.postgres", "postgres"),
    (22, "dpop.replay", "redis"),
];

#[test]
fn what_needs_a_feature_that_is_off_names_it() {
    let off = FEATURES.map(|(name, _)| (name, false));
    let found = faults("off", EVERYTHING, &off);
    for (line, path, feature) in NEEDS {
        let expected = format!(
            ":{line}, `{path}`: needs the feature `{feature}` of `secure-runtime`, which is off\n    help: add \"{feature}\" to"
        );
        let count = found.iter().filter(|fault| fault.contains(&expected)).count();
        assert_eq!(count, 1, "{expected}\n\nin\n{found:#?}");
    }
    // Beside them there are the pepper, and an issuer without a key, and nothing that is called unknown.
    assert_eq!(found.len(), NEEDS.len() + 2, "{found:#?}");
    assert!(
        found
            .iter()
            .any(|fault| fault.contains("`api_keys.pepper.value`: the file cannot be read"))
    );
    assert!(
        found.iter().any(|fault| fault.contains("there is no key")),
        "{found:#?}"
    );
    assert!(!found.iter().any(|fault| fault.contains("is no option")), "{found:#?}");

    let own = "[dpop]\norigin = \"https://api.test\"\nreplay = { redis = { url = { env = \"A\" } } }\n";
    let own = faults("own", own, &off);
    assert!(
        own[0].contains(":3, `dpop.replay`: needs the feature `redis`"),
        "{own:#?}"
    );
}

/// The list in this module and the features of the crate are the same.
#[test]
fn what_is_on_is_what_was_compiled() {
    let found = faults("compiled", EVERYTHING, &FEATURES);
    for (name, is_on) in FEATURES {
        let needs = format!("needs the feature `{name}`");
        assert_eq!(
            found.iter().any(|fault| fault.contains(&needs)),
            !is_on,
            "{name}: {found:#?}"
        );
    }
}
