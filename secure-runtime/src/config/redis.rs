use zeroize::Zeroizing;

use super::table::Table;
use super::tree::Place;
use crate::security::SecurityBuilder;
use crate::{Redis, RedisDenylist, RedisUrlError};

/// `[redis]`: the server for whatever is shared, with one connection for all of it.
pub(super) struct Section {
    /// `None` where it is not written.
    place: Option<Place>,
    /// `None` also where it cannot be read, which is reported.
    redis: Option<Redis>,
    is_used: bool,
}

impl Section {
    pub(super) fn of(table: &mut Table<'_>) -> Self {
        let section = table.table("redis");
        Self {
            place: section.as_ref().map(|section| section.place().clone()),
            redis: section.and_then(read),
            is_used: false,
        }
    }

    /// For an option that needs it and stands at this place.
    pub(super) fn used(&mut self, table: &Table<'_>, by: &Place) -> Option<Redis> {
        self.is_used = true;
        if self.place.is_none() {
            table.fault(
                by,
                "needs a server, and there is no section `redis`",
                "write `[redis]`, and in it `url = { env = \"…\" }`",
            );
        }
        self.redis.clone()
    }

    /// `shared_denylist`, which is the last that may use it.
    pub(super) fn add(mut self, table: &mut Table<'_>, mut security: SecurityBuilder) -> SecurityBuilder {
        let place = table.place_of("shared_denylist");
        if table.flag("shared_denylist") == Some(true)
            && let Some(redis) = self.used(table, &place)
        {
            security = security.shared_denylist(RedisDenylist::new(redis));
        }
        if let (Some(place), false) = (&self.place, self.is_used) {
            table.fault(
                place,
                "is used by nothing",
                "write `[shared_limits]`, `shared_denylist = true`, or `replay = \"redis\"` in `[dpop]`, or leave it out",
            );
        }
        security
    }
}

/// A server: `[redis]`, or where an option has one of its own.
pub(super) fn read(mut table: Table<'_>) -> Option<Redis> {
    let (servers_place, roots_place) = (servers_place(&table), table.place_of("roots"));
    let servers = servers(&mut table);
    let roots = table.text("roots");
    let (prefix, timeout) = (table.text("key_prefix"), table.duration("timeout"));
    // What is refused is not repeated.
    let refused = |place: &Place, error: RedisUrlError| {
        table.fault(place, error.to_string(), "see `Redis` for what it takes");
    };
    let opened = servers.and_then(|servers| servers.open().map_err(|error| refused(&servers_place, error)).ok());
    let opened = match (opened, roots) {
        (Some(redis), Some(pem)) => redis.roots(pem).map_err(|error| refused(&roots_place, error)).ok(),
        (opened, _) => opened,
    };
    table.finish();
    let mut redis = opened?;
    if let Some(prefix) = prefix {
        redis = redis.key_prefix(prefix);
    }
    if let Some(timeout) = timeout {
        redis = redis.timeout(timeout);
    }
    Some(redis)
}

type Secret = Zeroizing<String>;

enum Servers {
    One(Secret),
    Sentinels(Vec<Secret>, Secret),
    Cluster(Vec<Secret>),
}

impl Servers {
    fn open(self) -> Result<Redis, RedisUrlError> {
        let texts = |secrets: &[Secret]| secrets.iter().map(|secret| secret.to_string()).collect::<Vec<_>>();
        match self {
            Self::One(url) => Redis::open(&url),
            Self::Sentinels(sentinels, master) => Redis::sentinel(texts(&sentinels), master.as_str()),
            Self::Cluster(servers) => Redis::cluster(texts(&servers)),
        }
    }
}

/// The ways to say which servers there are.
const WAYS: [&str; 3] = ["url", "sentinels", "cluster"];

fn servers_place(table: &Table<'_>) -> Place {
    let way = WAYS.into_iter().find(|way| table.has(way));
    table.place_of(way.unwrap_or("url"))
}

/// `url`, `sentinels` with `master`, or `cluster`.
fn servers(table: &mut Table<'_>) -> Option<Servers> {
    let written: Vec<_> = WAYS.into_iter().filter(|way| table.has(way)).collect();
    if let [first, others @ ..] = &written[..] {
        for other in others {
            table.fault(
                &table.place_of(other),
                format!("stands beside `{first}`, and there is one way to the servers"),
                "write one of `url`, `cluster`, and `sentinels` with `master`",
            );
        }
    }
    if table.has("master") && !table.has("sentinels") {
        table.fault(
            &table.place_of("master"),
            "names a master, and there are no sentinels to ask for it",
            "write `sentinels = [{ env = \"…\" }]`, or leave it out",
        );
    }
    if table.has("sentinels") && !table.has("master") {
        table.missing("master", "\"mymaster\"");
    }
    // All are read, so that all their faults are known.
    let url = table.secret("url");
    let (sentinels, master) = (table.secrets("sentinels"), master(table));
    let cluster = table.secrets("cluster");
    match written[..] {
        [] => {
            table.missing("url", "{ env = \"…\" }");
            None
        }
        ["url"] => url.map(Servers::One),
        ["sentinels"] => Some(Servers::Sentinels(sentinels?, master?)),
        ["cluster"] => cluster.map(Servers::Cluster),
        _ => None,
    }
}

/// The name, which may stand there, or a URL with it, which may hold a password.
fn master(table: &mut Table<'_>) -> Option<Secret> {
    let place = table.place_of("master");
    if table.is_table("master") {
        return table.secret("master");
    }
    let name = Secret::new(table.text("master")?);
    if name.contains("://") {
        table.fault(
            &place,
            "is a URL, which may hold a password, and stands in the configuration itself",
            "write `master = { env = \"…\" }` or `master = { file = \"…\" }`, or the name alone",
        );
        return None;
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::super::{FEATURES, read_with};

    /// What is said of `[redis]` with these lines.
    fn faults(name: &str, lines: &str) -> Vec<String> {
        let folder = std::env::temp_dir().join(format!("secure-redis-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for (file, text) in [
            ("a", "redis://:hunter2@a.test:26379"),
            ("b", "redis://:hunter2@b.test:26379"),
            ("tls", "rediss://b.test"),
            ("master", "redis://shop:hunter2@mymaster/2"),
        ] {
            std::fs::write(folder.join(file), text).unwrap();
        }
        let path = folder.join("security.toml");
        std::fs::write(&path, format!("shared_denylist = true\n[redis]\n{lines}\n")).unwrap();
        let faults = read_with(&path, &FEATURES).build().unwrap_err();
        std::fs::remove_dir_all(&folder).unwrap();
        let faults = faults.iter().map(ToString::to_string);
        faults.filter(|fault| fault.contains("redis")).collect()
    }

    const A: &str = "{ file = \"a\" }";
    const B: &str = "{ file = \"b\" }";

    #[test]
    fn one_server_a_master_by_its_sentinels_or_a_cluster() {
        for (name, lines) in [
            ("url", format!("url = {A}")),
            ("sentinels", format!("sentinels = [{A}, {B}]\nmaster = \"mymaster\"")),
            ("master", format!("sentinels = [{A}]\nmaster = {{ file = \"master\" }}")),
            ("cluster", format!("cluster = [{A}, {B}]\ntimeout = \"1s\"")),
            ("one", format!("cluster = {A}")),
        ] {
            assert_eq!(faults(name, &lines), [""; 0], "{lines}");
        }
    }

    #[test]
    fn mixtures_and_what_is_missing_are_faults() {
        for (name, lines, expected) in [
            ("none", String::new(), ":2, `redis`: `url` is missing"),
            (
                "two",
                format!("cluster = [{A}]\nurl = {A}"),
                ":3, `redis.cluster`: stands beside `url`",
            ),
            (
                "three",
                format!("sentinels = [{A}]\nmaster = \"m\"\ncluster = [{A}]"),
                ":5, `redis.cluster`: stands beside `sentinels`",
            ),
            (
                "nobody",
                format!("url = {A}\nmaster = \"m\""),
                ":4, `redis.master`: names a master",
            ),
            (
                "nameless",
                format!("sentinels = [{A}]"),
                ":2, `redis`: `master` is missing",
            ),
            ("empty", "cluster = []".to_owned(), ":3, `redis.cluster`: no URL at all"),
            (
                "written",
                "cluster = [\"redis://:hunter2@a.test\"]".to_owned(),
                ":3, `redis.cluster[0]`: is a secret, and stands in the configuration itself",
            ),
            (
                "masters",
                format!("sentinels = [{A}]\nmaster = \"redis://:hunter2@m\""),
                ":4, `redis.master`: is a URL, which may hold a password",
            ),
            (
                "different",
                format!("cluster = [{A}, {{ file = \"tls\" }}]"),
                ":3, `redis.cluster`: URLs of one cluster",
            ),
        ] {
            let found = faults(name, &lines);
            assert_eq!(found.len(), 1, "{found:#?}");
            assert!(found[0].contains(expected), "{expected}\n\nin\n{found:#?}");
            assert!(!found[0].contains("hunter2"), "{found:#?}");
        }
    }
}
