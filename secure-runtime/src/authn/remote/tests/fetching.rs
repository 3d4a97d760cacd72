use std::io::ErrorKind;
use std::process::Command;
use std::time::{Duration, Instant};

use axum::http::{HeaderValue, Method};

use super::server::{Answer, Server, raw};
use super::{outbound, run};
use crate::authn::remote::Outbound;
use crate::authn::remote::fetch::{FetchFault, Fetched, Fetcher};
use crate::authn::remote::place::Place;

fn fetcher(options: &Outbound) -> Fetcher {
    let mut faults = Vec::new();
    let fetcher = Fetcher::new(options, "test", &mut faults);
    fetcher.unwrap_or_else(|| panic!("{faults:?}"))
}

async fn get(url: &str) -> Result<Fetched, FetchFault> {
    fetcher(&outbound()).get(&Place::parse(url).unwrap()).await
}

#[test]
fn k3_an_answer_is_200_and_json() {
    run(async {
        let server = Server::start().await;
        server.set("/keys", Answer::Kept("max-age=600", "{}".to_owned()));
        let fetched = get(&server.url("/keys")).await.unwrap();
        assert_eq!(
            (fetched.body.as_str(), fetched.max_age),
            ("{}", Some(Duration::from_secs(600)))
        );
        let asked = &server.asked()[0];
        assert_eq!(asked.headers["accept"], "application/json");
        // Who asks, and not in which version.
        assert_eq!(asked.headers["user-agent"], "secure-runtime");
        assert!(!asked.headers.contains_key("accept-encoding") && !asked.headers.contains_key("cookie"));
        for (answer, fault) in [
            (Answer::Status(201), FetchFault::Status(201)),
            (Answer::Status(204), FetchFault::Status(204)),
            (Answer::Status(304), FetchFault::Redirect),
            (Answer::Status(404), FetchFault::Status(404)),
            (Answer::Status(500), FetchFault::Status(500)),
            (Answer::Typed("text/html", b"{}".to_vec()), FetchFault::MediaType),
            (
                Answer::Typed("application/json", b"\"\xff\"".to_vec()),
                FetchFault::NotText,
            ),
        ] {
            server.set("/keys", answer);
            assert_eq!(get(&server.url("/keys")).await.unwrap_err(), fault);
        }
    });
}

#[test]
fn k3_a_redirect_is_not_followed() {
    run(async {
        let server = Server::start().await;
        server.set("/elsewhere", Answer::Json("{}".to_owned()));
        server.set("/keys", Answer::Redirect(server.url("/elsewhere")));
        assert_eq!(get(&server.url("/keys")).await.unwrap_err(), FetchFault::Redirect);
        assert_eq!(server.count("/elsewhere"), 0);
    });
}

#[test]
fn k3_an_answer_without_an_end_is_cut_off() {
    run(async {
        let server = Server::start().await;
        server.set("/keys", Answer::Endless);
        assert_eq!(get(&server.url("/keys")).await.unwrap_err(), FetchFault::TooLarge);
        // The cap, and what the buffers of two sockets take.
        assert!(server.sent() < 16 << 20, "{} bytes", server.sent());
        server.set("/keys", Answer::Typed("application/json", vec![b' '; 256 * 1024]));
        assert!(get(&server.url("/keys")).await.is_ok());
        server.set("/keys", Answer::Typed("application/json", vec![b' '; 256 * 1024 + 1]));
        assert_eq!(get(&server.url("/keys")).await.unwrap_err(), FetchFault::TooLarge);
    });
}

#[test]
fn k3_an_announced_length_is_not_believed() {
    run(async {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
        let long = format!("{head}content-length: 99999999\r\n\r\n{{}}");
        let address = raw(long.into_bytes()).await;
        assert_eq!(
            get(&format!("http://{address}/")).await.unwrap_err(),
            FetchFault::Broken
        );
        let large = format!("{head}content-length: 9999999\r\n\r\n{}", " ".repeat(9_999_999));
        let address = raw(large.into_bytes()).await;
        assert_eq!(
            get(&format!("http://{address}/")).await.unwrap_err(),
            FetchFault::TooLarge
        );
        let address = raw(b"\x16\x03\x01 this is no HTTP\r\n\r\n".to_vec()).await;
        assert_eq!(
            get(&format!("http://{address}/")).await.unwrap_err(),
            FetchFault::Broken
        );
    });
}

#[test]
fn k3_a_whole_exchange_has_a_time() {
    run(async {
        let server = Server::start().await;
        for answer in [Answer::Hang, Answer::Drip] {
            server.set("/keys", answer);
            let before = Instant::now();
            assert_eq!(get(&server.url("/keys")).await.unwrap_err(), FetchFault::TimedOut);
            let took = before.elapsed();
            assert!(
                took >= Duration::from_millis(590) && took < Duration::from_secs(2),
                "{took:?}"
            );
        }
    });
}

#[test]
fn k3_who_is_not_there_is_named_as_such() {
    run(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let refused = FetchFault::Unreachable(Some(ErrorKind::ConnectionRefused));
        assert_eq!(get(&format!("http://{address}/")).await.unwrap_err(), refused);
    });
}

#[test]
fn k3_what_does_not_speak_tls_is_not_read() {
    run(async {
        let server = Server::start().await;
        server.set("/keys", Answer::Json("{}".to_owned()));
        let url = server.url("/keys").replace("http://", "https://");
        assert!(matches!(get(&url).await, Err(FetchFault::Unreachable(_))));
        assert_eq!(server.count("/keys"), 0);
    });
}

#[test]
fn k3_the_environment_names_no_proxy() {
    // Variables of this process cannot be set while others read them, so another one runs a test that fetches.
    let test = "authn::remote::tests::fetching::k3_an_answer_is_200_and_json";
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", test]);
    for name in [
        "HTTP_PROXY",
        "http_proxy",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
    ] {
        child.env(name, "http://127.0.0.1:1");
    }
    for name in ["NO_PROXY", "no_proxy", "REQUEST_METHOD"] {
        child.env_remove(name);
    }
    let output = child.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
fn k3_a_proxy_is_one_that_was_configured_and_for_https() {
    run(async {
        let (proxy, server) = (Server::start().await, Server::start().await);
        server.set("/keys", Answer::Json("{}".to_owned()));
        let fetcher = fetcher(&outbound().proxy(proxy.url("")));
        fetcher.get(&Place::parse(&server.url("/keys")).unwrap()).await.unwrap();
        assert_eq!(proxy.asked().len(), 0);
        let elsewhere = Place::parse("https://id.example.com/keys").unwrap();
        assert!(fetcher.get(&elsewhere).await.is_err());
        let asked = &proxy.asked()[0];
        assert_eq!(
            (&asked.method, &asked.headers["host"]),
            (&Method::CONNECT, &HeaderValue::from_static("id.example.com:443"))
        );
    });
}

#[test]
fn every_option_has_bounds() {
    let faults_of = |options: Outbound| {
        let mut faults = Vec::new();
        assert_eq!(
            Fetcher::new(&options, "test", &mut faults).is_none(),
            !faults.is_empty()
        );
        faults.len()
    };
    assert_eq!(faults_of(Outbound::new().proxy("http://127.0.0.1:3128")), 0);
    for options in [
        Outbound::new().timeout(Duration::from_millis(99)),
        Outbound::new().timeout(Duration::from_secs(31)),
        Outbound::new().max_answer(1023),
        Outbound::new().max_answer((4 << 20) + 1),
        Outbound::new().trust_pem("no certificate"),
        Outbound::new().proxy("::"),
    ] {
        assert_eq!(faults_of(options.clone()), 1, "{options:?}");
    }
}
