//! What is wrong with each section of a file is said with its line, all at once, and no secret is repeated.

use secure_runtime::Security;

use crate::config::Folder;

/// A section, and every fault of it, in any order: what each must contain.
struct Case {
    name: &'static str,
    text: &'static str,
    faults: &'static [&'static str],
}

const CASES: [Case; 10] = [
    Case {
        name: "published keys",
        text: r#"[[jwt]]
issuer = "https://a.test"
audience = "a"
discover = true
jwks_uri = "https://a.test/keys"
key = [{ algorithm = "HS256", secret = { file = "short" } }]
algorithms = ["ES256", "HS256", "none"]
last_good = "25h"
cooldown = "soon"
startup_wait = 30
preset = "google"
[jwt.outbound]
timeout = "31s"
max_answer = "8MiB"
trust = [{ file = "absent.pem" }, "no certificate"]
proxy = "http://user:hunter2hunter2@proxy.test"
retries = 3
[[jwt]]
issuer = "https://b.test"
audience = "a"
algorithms = "ES256"
cooldown = "10s"
[[jwt]]
issuer = "http://c.test"
audience = "a"
jwks_uri = "http://c.test/keys"
cooldown = "301s"
discover = false
"#,
        faults: &[
            ":5, `jwt[0].jwks_uri`: stands beside `discover`",
            ":6, `jwt[0].key`: stands beside keys that the issuer publishes",
            ":7, `jwt[0].algorithms[1]`: is `HS256`, which is none of its values",
            ":7, `jwt[0].algorithms[2]`: is `none`, which is none of its values",
            ":9, `jwt[0].cooldown`: `soon` is not a length of time",
            ":10, `jwt[0].startup_wait`: is a number, and must be a text",
            ":11, `jwt[0].preset`: is `google`, which is none of its values\n    help: write `keycloak` or `auth0` or",
            ":15, `jwt[0].outbound.trust[0]`: the file `absent.pem` cannot be read",
            ":16, `jwt[0].outbound.proxy`: has a user in it",
            ":17, `jwt[0].outbound.retries`: is no option",
            ":1, `jwt[0]`: Jwt::issuer(\"https://a.test\"): `last_good` is above 24 h",
            ":1, `jwt[0]`: Jwt::issuer(\"https://a.test\"): a time-out below 100 ms or above 30 s",
            ":1, `jwt[0]`: Jwt::issuer(\"https://a.test\"): a largest answer below 1 KiB or above 4 MiB",
            ":1, `jwt[0]`: Jwt::issuer(\"https://a.test\"): certificate 1 of the authorities to trust is none in PEM",
            ":21, `jwt[1].algorithms`: is for keys that the issuer publishes",
            ":22, `jwt[1].cooldown`: is for keys that the issuer publishes",
            ":18, `jwt[1]`: Jwt::issuer(\"https://b.test\"): there is no key",
            ":23, `jwt[2]`: Jwt::issuer(\"http://c.test\"): the key set's address is refused: it is not https",
            ":23, `jwt[2]`: Jwt::issuer(\"http://c.test\"): `cooldown` is below 1 s or above 5 min",
        ],
    },
    Case {
        name: "introspection",
        text: r#"[introspection]
issuer = "https://a.test"
audience = "a"
endpoint = "http://a.test/introspect"
client_secret = "hunter2hunter2"
client_authentication = "digest"
cache = "61s"
cached_tokens = -1
calls = 2000
leeway = "6min"
without_expiry = "0s"
without_audiences = true
roles_at = 7
outbound = { timeout = "1ms" }
"#,
        faults: &[
            ":1, `introspection`: `client_id` is missing",
            ":5, `introspection.client_secret`: is a secret, and stands in the configuration itself",
            ":6, `introspection.client_authentication`: is `digest`, which is none of its values",
            ":8, `introspection.cached_tokens`: is a number, and must be a whole number, not negative",
            ":12, `introspection.without_audiences`: is no option\n    help: did you mean `without_audience`?",
            ":13, `introspection.roles_at`: is a number, and must be a text",
            ":1, `introspection`: Introspection::issuer(\"https://a.test\"): the endpoint is refused: it is not https",
            "`cache` is above 60 s",
            "`calls` is zero or above 1024",
            "a leeway above 5 min",
            "`without_expiry` gives tokens no time at all",
            "a time-out below 100 ms or above 30 s",
        ],
    },
    Case {
        name: "two ways to ask",
        text: r#"[introspection]
bearer = { env = "hunter2hunter2" }
client_id = "a"
client_secret = { file = "hunter2hunter2" }
"#,
        faults: &[
            ":1, `introspection`: `issuer` is missing",
            ":1, `introspection`: `audience` is missing",
            ":2, `introspection.bearer`: the environment has no variable of this name",
            ":3, `introspection.client_id`: stands beside `bearer`",
            ":4, `introspection.client_secret`: stands beside `bearer`",
        ],
    },
    Case {
        name: "API keys",
        text: r#"[api_keys]
prefix = "My-App"
header = "cookie"
issuer = ""
max_lifetime = "11years"
query_names = [7]
queries = "a"
store = "postgres://keys:hunter2hunter2@db.test/keys"
[api_keys.pepper]
value = { file = "hunter2hunter2" }
[[api_keys.older_pepper]]
id = "a b"
value = { file = "short" }
"#,
        faults: &[
            ":6, `api_keys.query_names[0]`: is a number, and must be a text",
            ":7, `api_keys.queries`: is no option",
            ":8, `api_keys.store`: is none of the stores",
            ":9, `api_keys.pepper`: `id` is missing",
            ":10, `api_keys.pepper.value`: the file cannot be read",
            ":1, `api_keys`: ApiKeys with the prefix \"My-App\": the prefix is not one",
            "this header has a meaning of its own",
            "the issuer is empty",
            "the longest life of a key is below a second or above ten years",
            "pepper \"a b\": has 5 bytes",
            "its id cannot stand in a record",
        ],
    },
    Case {
        name: "stores of API keys",
        text: r#"[api_keys]
store = { sqlite = "keys.db", postgres = { env = "DATABASE_URL" }, mysql = "x" }
pepper = "hunter2hunter2"
"#,
        faults: &[
            ":2, `api_keys.store`: must name one database",
            ":2, `api_keys.store.mysql`: is no option",
            ":3, `api_keys.pepper`: is a text, and must be a table",
        ],
    },
    Case {
        name: "proofs",
        text: r#"[dpop]
origin = "http://api.test"
window = "11min"
algorithms = []
nonces = { key = "hunter2hunter2", period = "5s", keys = 1 }
replay = "redis://:hunter2hunter2@redis.test"
replay_capacity = 0
"#,
        faults: &[
            ":5, `dpop.nonces.key`: is a secret, and stands in the configuration itself",
            ":5, `dpop.nonces.keys`: is no option\n    help: did you mean `key`?",
            ":6, `dpop.replay`: is none of the stores",
            ":1, `dpop`: Dpop::new(\"http://api.test\"): this is not a URL by which clients reach the API",
            "a window below 1 s or above 10 min",
            "there is no algorithm",
            "a replay capacity of zero",
            "nonces that change more often than every 10 s",
        ],
    },
    Case {
        name: "Redis",
        text: r#"shared_denylist = true
[dpop]
origin = "https://api.test"
replay = { redis = { url = { file = "url" }, roots = "no certificates" }, capacity = 1 }
replay_capacity = 10
[resource_metadata]
resource = "http://api.test"
"#,
        faults: &[
            ":1, `shared_denylist`: needs a server, and there is no section `redis`",
            ":4, `dpop.replay.redis.roots`: roots that are no certificates in PEM, or a URL without TLS",
            ":4, `dpop.replay.capacity`: is no option",
            ":5, `dpop.replay_capacity`: is for proofs that are remembered in the process",
            ":6, `resource_metadata`: ResourceMetadata::of(\"http://api.test\"): the resource is not https",
        ],
    },
    Case {
        name: "addresses",
        text: r#"ipv6_prefix = 300
[trusted_proxies]
header = "x-real-ip"
network = "10.0.0.1"
"#,
        faults: &[
            ":1, `ipv6_prefix`: SecurityBuilder::ipv6_prefix: the prefix has fewer than 32 or more than 128 bits",
            ":2, `trusted_proxies`: `networks` is missing\n    help: write `networks = [\"10.0.3.0/28\"]`",
            ":3, `trusted_proxies.header`: is `x-real-ip`, which is none of its values\n    help: write `forwarded` or `x-forwarded-for`",
            ":4, `trusted_proxies.network`: is no option\n    help: did you mean `networks`?",
        ],
    },
    Case {
        name: "networks of proxies",
        text: r#"ipv6_prefix = -1
[trusted_proxies]
networks = ["::/0", 7, "a proxy", "10.0.3.7/8"]
header = "forwarded"
"#,
        faults: &[
            ":1, `ipv6_prefix`: is a number, and must be a whole number, not negative",
            ":3, `trusted_proxies.networks[1]`: is a number, and must be a text",
            ":2, `trusted_proxies`: TrustedProxies::forwarded: \"::/0\" is everybody",
            ":2, `trusted_proxies`: TrustedProxies::forwarded: \"a proxy\" is no address",
            ":2, `trusted_proxies`: TrustedProxies::forwarded: \"10.0.3.7/8\" is neither",
        ],
    },
    Case {
        name: "certificates",
        text: r#"client_cert_header = { proxies = ["0.0.0.0/0", "a proxy"], proxy = "10.0.0.1" }
[redis]
url = "redis://:hunter2hunter2@redis.test"
timeout = "soon"
[client_certificates]
name = "Partners"
roots = { file = "short" }
identity = "san-ip"
crls = "none"
[[client_certificates.client]]
name = 7
scope = "read:orders"
"#,
        faults: &[
            ":1, `client_cert_header.proxy`: is no option",
            ":1, `client_cert_header`: ClientCertHeader::from_proxies: \"0.0.0.0/0\" is everybody",
            ":1, `client_cert_header`: ClientCertHeader::from_proxies: \"a proxy\" is no address",
            ":2, `redis`: is used by nothing",
            ":3, `redis.url`: is a secret, and stands in the configuration itself",
            ":4, `redis.timeout`: `soon` is not a length of time",
            ":8, `client_certificates.identity`: is `san-ip`, which is none of its values",
            ":11, `client_certificates.client[0].name`: is a number, and must be a text",
            ":12, `client_certificates.client[0].scope`: is no option\n    help: did you mean `scopes`?",
        ],
    },
];

#[test]
fn each_section_says_every_fault_at_once_with_its_line() {
    let folder = Folder::new("sections");
    folder.write("short", "short");
    folder.write("url", "redis://:hunter2hunter2@127.0.0.1:1/0");
    for Case { name, text, faults } in CASES {
        let built = Security::from_config(folder.write("security.toml", text)).build();
        let found: Vec<String> = built.unwrap_err().iter().map(ToString::to_string).collect();
        for expected in faults {
            let count = found.iter().filter(|fault| fault.contains(expected)).count();
            assert_eq!(count, 1, "{name}: {expected}\n\nin\n{found:#?}");
        }
        // No more than these, each with a line.
        assert_eq!(found.len(), faults.len(), "{name}: {found:#?}");
        assert!(
            found.iter().all(|fault| fault.starts_with("security.toml:")),
            "{name}: {found:#?}"
        );
        assert!(!format!("{found:?}").contains("hunter2"), "{name}: {found:#?}");
    }
}

/// The same, together: a section does not hide what is wrong with another.
#[test]
fn sections_do_not_hide_each_other() {
    let folder = Folder::new("together");
    let text = "[api_keys]\nprefix = \"My-App\"\nstore = \"memory\"\npepper = { id = \"a\", value = { env = \"A_PEPPER\" } }\n\
                [dpop]\norigin = \"ftp://api.test\"\n[introspection]\nissuer = \"a\"\n";
    let faults = folder.faults(text);
    for expected in [
        ":4, `api_keys.pepper.value`: the environment has no variable `A_PEPPER`",
        ":1, `api_keys`: ApiKeys with the prefix \"My-App\": the prefix is not one",
        ":5, `dpop`: Dpop::new(\"ftp://api.test\")",
        ":7, `introspection`: `audience` is missing",
        ":7, `introspection`: `client_id` is missing",
        ":7, `introspection`: `client_secret` is missing",
    ] {
        assert!(faults.contains(expected), "{expected}\n\nin\n{faults}");
    }
    assert!(faults.starts_with("6 faults"), "{faults}");
}

/// A secret that stands where it should not, of whatever kind of option, is not repeated.
#[test]
fn no_secret_is_repeated() {
    let folder = Folder::new("repeated");
    let jwt = "[[jwt]]\nissuer = \"https://a.test\"\naudience = \"a\"\n";
    let keys = "[api_keys]\nstore = \"memory\"\n";
    let introspection = "[introspection]\nissuer = \"https://a.test\"\naudience = \"a\"\nclient_id = \"a\"\n";
    folder.write("secret", "hunter2 hunter2");
    for wrong in [
        "\"hunter2 hunter2\"",
        "[\"hunter2 hunter2\"]",
        "{ env = \"hunter2 hunter2\" }",
        "{ env = \"hunter2\" }",
        "{ file = \"hunter2 hunter2\" }",
        "{ value = \"hunter2 hunter2\" }",
        // This one can be read, and is not what it should be.
        "{ file = \"secret\" }",
    ] {
        for text in [
            format!("{jwt}[[jwt.key]]\nalgorithm = \"HS256\"\nsecret = {wrong}\n"),
            format!("{keys}pepper = {{ id = \"a\", value = {wrong} }}\n"),
            format!("{keys}pepper = {wrong}\n"),
            format!("[api_keys]\nstore = {{ postgres = {wrong} }}\n"),
            format!("[api_keys]\nstore = {wrong}\n"),
            format!("{introspection}client_secret = {wrong}\ncache = \"9min\"\n"),
            format!("{introspection}bearer = {wrong}\n"),
            format!("[redis]\nurl = {wrong}\n"),
            format!("[dpop]\norigin = \"https://a.test\"\nreplay = {wrong}\n"),
            format!("[dpop]\norigin = \"https://a.test\"\nreplay = {{ redis = {{ url = {wrong} }} }}\n"),
            format!("[dpop]\norigin = \"https://a.test\"\nnonces = {{ key = {wrong} }}\n"),
            format!("[dpop]\norigin = \"https://a.test\"\nnonces = {wrong}\n"),
        ] {
            let faults = folder.faults(&text);
            assert!(!faults.contains("hunter2"), "{text}\n\n{faults}");
        }
    }
    // Nor where the file is no TOML at all, or no JSON.
    let broken = folder.faults("[redis]\nurl = \"hunter2\nrealm = hunter2 = \"hunter2\"\n");
    assert!(!broken.contains("hunter2"), "{broken}");
    let broken = folder.write("security.json", "{\"redis\": {\"url\": \"hunter2\", hunter2}}");
    let broken = Security::from_config(broken).build().unwrap_err().to_string();
    assert!(!broken.contains("hunter2"), "{broken}");
}
