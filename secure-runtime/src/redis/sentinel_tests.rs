use super::server::{PASSWORD, Server, wait_until};
use super::watched::Watched;
use super::*;
use std::net::TcpListener;
use std::time::Instant;

async fn read(redis: &Redis) -> Result<Option<String>, Unavailable> {
    redis.ask(::redis::cmd("GET").arg("entry")).await
}

async fn write(redis: &Redis, value: &str) -> Result<(), Unavailable> {
    redis.ask(::redis::cmd("SET").arg("entry").arg(value)).await
}

#[test]
fn urls_of_sentinels_are_checked_and_never_repeated() {
    let (sentinels, roots) = (
        ["redis://:hunter2@a.test:26379"],
        rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap(),
    );
    for master in ["mymaster", "My_Master-1", "rediss://shop:hunter2@My_Master-1/3"] {
        let redis = Redis::sentinel(sentinels, master).unwrap();
        assert!(!format!("{redis:?}").contains("hunter2"));
        let is_tls = master.starts_with("rediss");
        assert_eq!(redis.roots(roots.cert.pem()).is_ok(), is_tls, "{master}");
    }
    for (sentinels, master) in [
        (&[][..], "mymaster"),
        (&["a.test:hunter2"], "mymaster"),
        (&["redis://:hunter2@a.test/1"], "mymaster"),
        (&["rediss://:hunter2@a.test/#insecure"], "mymaster"),
        (&["redis://a.test"], ""),
        (&["redis://a.test"], "redis://:hunter2@"),
        (&["redis://a.test"], "redis://a/hunter2"),
        (&["redis://a.test"], "http://hunter2"),
        (&["redis://a.test"], "rediss://:hunter2@mymaster/#insecure"),
    ] {
        let error = Redis::sentinel(sentinels, master).unwrap_err();
        assert!(
            !format!("{error} {error:?}").contains("hunter2"),
            "{sentinels:?} {master}"
        );
    }
}

/// One that lives on as a replica takes no writes any more, and is not asked for reads either.
#[tokio::test]
async fn l10_a_master_that_was_made_a_replica_is_left() {
    let mut watched = Watched::start();
    let redis = watched.redis();
    write(&redis, "first").await.unwrap();
    let [replica, master] = &mut watched.servers;
    watched.sentinels[0].run::<()>(&["SENTINEL", "FAILOVER", "mymaster"]);
    wait_until("a failover", || {
        let is = |server: &Server, role: &str| {
            let info: Result<String, _> = server.try_run(&["INFO", "replication"]);
            info.is_ok_and(|info| info.contains(role))
        };
        is(replica, "role:master") && is(master, "role:slave")
    });
    let began = Instant::now();
    while write(&redis, "second").await.is_err() {
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "the new master was not found"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(read(&redis).await.unwrap().as_deref(), Some("second"));
}

#[tokio::test]
async fn a_sentinel_that_says_nothing_keeps_nobody_waiting() {
    let watched = Watched::start();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = (0..4).map(|_| format!("redis://{}", silent.local_addr().unwrap()));
    let sentinels = silent.chain([watched.sentinels[0].url()]);
    let master = format!("redis://:{PASSWORD}@mymaster");
    let redis = Redis::sentinel(sentinels, &master)
        .unwrap()
        .timeout(Duration::from_secs(2));
    write(&redis, "first").await.unwrap();
}

#[tokio::test]
async fn only_the_master_of_the_name_with_its_password_is_believed() {
    let watched = Watched::start();
    let with = |sentinel: &Server, master: &str| Redis::sentinel([sentinel.url()], master).unwrap();
    let right = format!("redis://:{PASSWORD}@mymaster");
    assert!(write(&with(&watched.sentinels[0], &right), "first").await.is_ok());
    for master in [
        "mymaster",
        "redis://:wrong@mymaster",
        &right.replace("mymaster", "other"),
    ] {
        assert!(
            write(&with(&watched.sentinels[0], master), "first").await.is_err(),
            "{master}"
        );
    }
    // A server is no sentinel.
    assert!(write(&with(&watched.servers[1], &right), "first").await.is_err());
}

#[tokio::test]
async fn l10_sentinels_that_hang_are_given_up_in_time_and_left_alone() {
    // Takes connections, and never says a word.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let redis = Redis::sentinel([format!("redis://{}", silent.local_addr().unwrap())], "mymaster").unwrap();
    let redis = redis.timeout(Duration::from_millis(200));
    for _ in 0..3 {
        let start = Instant::now();
        assert!(read(&redis).await.is_err());
        assert!(start.elapsed() < Duration::from_secs(2));
    }
    let start = Instant::now();
    assert!(read(&redis).await.is_err());
    assert!(start.elapsed() < Duration::from_millis(100), "nobody waits any more");
}
