use super::server::Server;
use super::*;
use std::net::TcpListener;
use std::time::Instant;

async fn ping(redis: &Redis) -> Result<String, Unavailable> {
    redis.ask(&::redis::cmd("PING")).await
}

#[test]
fn urls_are_checked_and_never_repeated() {
    for fine in [
        "redis://127.0.0.1",
        "redis://:hunter2@cache.test:6380/3",
        "rediss://cache.test",
    ] {
        let redis = Redis::open(fine).unwrap();
        assert!(!format!("{redis:?}").contains("hunter2"));
    }
    for wrong in [
        "",
        "127.0.0.1",
        "http://cache.test:hunter2",
        "rediss://:hunter2@cache.test/#insecure",
        "redis://a/hunter2",
    ] {
        let error = Redis::open(wrong).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{wrong}");
    }
}

#[tokio::test]
async fn a_connection_that_broke_is_opened_anew() {
    let server = Server::start();
    let redis = server.redis();
    assert_eq!(ping(&redis).await.unwrap(), "PONG");
    server.run::<u64>(&["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]);
    assert_eq!(ping(&redis).await.unwrap(), "PONG");
    let port = server.port();
    drop(server);
    assert!(ping(&redis).await.is_err());
    let server = Server::start_at(port);
    let mut answers = Vec::new();
    for _ in 0..20 {
        answers.push(ping(&redis).await.is_ok());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(answers.ends_with(&[true; 10]), "{answers:?}");
    drop(server);
}

#[tokio::test]
async fn l10_a_server_that_hangs_is_given_up_in_time() {
    // Takes connections, and never says a word.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let redis = Redis::open(&format!("redis://{}", silent.local_addr().unwrap())).unwrap();
    let redis = redis.timeout(Duration::from_millis(200));
    for _ in 0..3 {
        let start = Instant::now();
        assert!(ping(&redis).await.is_err());
        assert!(start.elapsed() < Duration::from_secs(2));
    }
}

#[tokio::test]
async fn tls_is_not_left_out_where_it_is_asked_for() {
    let server = Server::start();
    let redis = Redis::open(&format!("rediss://127.0.0.1:{}", server.port())).unwrap();
    assert!(ping(&redis).await.is_err());
}

#[tokio::test]
async fn a_server_with_tls_shows_a_certificate_that_leads_to_the_roots() {
    let pair = |name: &str| rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let (ours, other) = (pair("localhost"), pair("localhost"));
    let folder = std::env::temp_dir().join(format!("secure-runtime-redis-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
    std::fs::write(&certificate, ours.cert.pem()).unwrap();
    std::fs::write(&key, ours.signing_key.serialize_pem()).unwrap();
    let server = Server::start_tls(certificate.to_str().unwrap(), key.to_str().unwrap());
    std::fs::remove_dir_all(&folder).unwrap();

    let redis = |host: &str| {
        let redis = Redis::open(&format!("rediss://{host}:{}", server.port())).unwrap();
        redis.timeout(Duration::from_secs(5))
    };
    let trusting = |host: &str, roots: String| redis(host).roots(roots).unwrap();
    assert_eq!(ping(&trusting("localhost", ours.cert.pem())).await.unwrap(), "PONG");
    // Another root, the system's, and another name.
    assert!(ping(&trusting("localhost", other.cert.pem())).await.is_err());
    assert!(ping(&redis("localhost")).await.is_err());
    assert!(ping(&trusting("127.0.0.1", ours.cert.pem())).await.is_err());
    assert!(redis("localhost").roots("no pem").is_err());
    let plain = Redis::open("redis://localhost").unwrap();
    assert!(plain.roots(ours.cert.pem()).is_err());
}
