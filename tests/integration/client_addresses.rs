//! Behind proxies, through the gate: whose bucket a request draws from, whom the log names, and whose certificate counts.

use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::extract::ConnectInfo;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secure_runtime::certificate::{ClientCertHeader, ClientCertificates, Identity};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Clock, Principal, SecureApp, SecureRouter, Security, SecurityBuilder, TrustedProxies, secure};
use tokio::net::TcpListener;

use crate::audit_log::Log;
use crate::certificates::{Authority, BILLING, JANUARY};
use crate::support::{Answer, get, send, send_raw};

#[secure(get = "/ip", public = "a test", rate("2/min", per = "ip"))]
async fn per_ip() {}

#[secure(get = "/anonymous", optional, rate = "2/min")]
async fn anonymous() {}

#[secure(get = "/me", authenticated)]
async fn me(caller: Principal) -> String {
    caller.subject().to_owned()
}

const PROXY: &str = "10.0.0.1";

fn app(options: impl FnOnce(SecurityBuilder) -> SecurityBuilder) -> SecureApp {
    let security = Security::builder(TestIssuer::default().jwt()).clock(Clock::held_at(JANUARY));
    let security = options(security.failed_authentication_rate("2/min"));
    SecureRouter::new(security)
        .mount((per_ip, anonymous, me))
        .build()
        .unwrap()
}

fn behind(proxies: TrustedProxies) -> Router {
    app(|security| security.trusted_proxies(proxies)).into_router()
}

/// A request over a connection from this address.
async fn ask(router: &Router, path: &str, peer: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = get(path, headers);
    let peer: IpAddr = peer.parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::new(peer, 1)));
    send(router, request).await
}

async fn statuses(router: &Router, path: &str, name: &str, values: &[&str]) -> Vec<u16> {
    let mut statuses = Vec::new();
    for value in values {
        statuses.push(ask(router, path, PROXY, &[(name, value)]).await.status.as_u16());
    }
    statuses
}

#[tokio::test(flavor = "current_thread")]
async fn l8_h6_clients_behind_one_proxy_have_buckets_of_their_own() {
    for path in ["/ip", "/anonymous"] {
        let lists = behind(TrustedProxies::x_forwarded_for(["10.0.0.0/8"]));
        let sent = [
            "203.0.113.1",
            "203.0.113.1:80",
            "203.0.113.1",
            "203.0.113.2",
            "203.0.113.2, 10.0.0.7",
        ];
        let answers = statuses(&lists, path, "x-forwarded-for", &sent).await;
        assert_eq!(answers, [200, 200, 429, 200, 200], "{path}");
        let elements = behind(TrustedProxies::forwarded(["10.0.0.0/8"]));
        let sent = [
            "for=203.0.113.1",
            "for=\"203.0.113.1:80\"",
            "For=203.0.113.1;proto=https",
            "for=203.0.113.2",
            "for=203.0.113.2, for=10.0.0.7",
        ];
        let answers = statuses(&elements, path, "forwarded", &sent).await;
        assert_eq!(answers, [200, 200, 429, 200, 200], "{path}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn l8_h6_who_invents_entries_has_one_bucket() {
    let lists = behind(TrustedProxies::x_forwarded_for(["10.0.0.0/8"]));
    let sent = [
        "198.51.100.1, 203.0.113.1",
        "198.51.100.2, 10.0.0.7, 203.0.113.1",
        "198.51.100.3, 203.0.113.1, 10.0.0.7",
        "\", 203.0.113.1",
    ];
    assert_eq!(
        statuses(&lists, "/ip", "x-forwarded-for", &sent).await,
        [200, 200, 429, 429]
    );
    let elements = behind(TrustedProxies::forwarded(["10.0.0.0/8"]));
    let sent = [
        "for=198.51.100.1, for=203.0.113.1",
        "for=\", for=203.0.113.1",
        "for=203.0.113.1;host=\"a, for=198.51.100.3\"",
    ];
    assert_eq!(statuses(&elements, "/ip", "forwarded", &sent).await, [200, 200, 429]);
    // The other header is nobody's, and what cannot be read is the proxy's: one bucket for all of it.
    let sent = ["203.0.113.5", "203.0.113.6", "203.0.113.7"];
    assert_eq!(
        statuses(&elements, "/ip", "x-forwarded-for", &sent).await,
        [200, 200, 429]
    );
    let sent = ["for=203.0.113.8, for=unknown", "for=203.0.113.9, "];
    assert_eq!(statuses(&elements, "/ip", "forwarded", &sent).await, [429, 429]);
}

#[tokio::test(flavor = "current_thread")]
async fn l8_h6_who_comes_past_the_proxy_names_nobody() {
    let router = behind(TrustedProxies::x_forwarded_for(["10.0.0.0/8"]));
    for (forged, status) in [("203.0.113.1", 200), ("203.0.113.2, 10.0.0.1", 200), ("10.0.0.1", 429)] {
        let answer = ask(&router, "/ip", "198.51.100.9", &[("x-forwarded-for", forged)]).await;
        assert_eq!(answer.status, status, "{forged}");
    }
    // Nor did it touch the bucket of whom it named.
    let answer = ask(&router, "/ip", PROXY, &[("x-forwarded-for", "203.0.113.1")]).await;
    assert_eq!(answer.header("x-ratelimit-remaining"), Some("1"));
}

/// One guesser behind the proxy does not keep the others out, and gains nothing by inventions.
#[tokio::test(flavor = "current_thread")]
async fn l9_h6_failures_of_authentication_are_the_clients() {
    let router = behind(TrustedProxies::x_forwarded_for(["10.0.0.0/8"]));
    let guess = async |list: &str| {
        let headers = [("authorization", "Bearer a.b.c"), ("x-forwarded-for", list)];
        ask(&router, "/me", PROXY, &headers).await.status.as_u16()
    };
    assert_eq!(guess("203.0.113.1").await, 401);
    assert_eq!(guess("198.51.100.1, 203.0.113.1").await, 401);
    assert_eq!(guess("198.51.100.2, 203.0.113.1").await, 429);
    assert_eq!(guess("203.0.113.2").await, 401);
}

#[tokio::test(flavor = "current_thread")]
async fn h6_the_log_names_the_client() {
    let (log, _guard) = Log::start();
    let router = behind(TrustedProxies::forwarded(["10.0.0.0/8"]));
    for (peer, header, address) in [
        (PROXY, "for=198.51.100.1, for=203.0.113.1", "203.0.113.1"),
        (PROXY, "for=\"[2001:db8::1:2]:80\"", "2001:db8::1:2"),
        (PROXY, "for=unknown", PROXY),
        ("203.0.113.3", "for=198.51.100.1", "203.0.113.3"),
    ] {
        ask(&router, "/ip", peer, &[("forwarded", header)]).await;
        let line = log.lines().concat();
        assert!(line.contains(&format!(" address={address} ")), "{line}");
        assert!(!line.contains("198.51.100.1"), "{line}");
    }
}

/// Who ends TLS is whoever connects: an address that a header names has no say in whose certificate it is.
#[tokio::test(flavor = "current_thread")]
async fn m3_h6_a_certificate_counts_by_the_peer_and_not_by_the_client() {
    let authority = Authority::new();
    let partners = ClientCertificates::trust("partners", authority.pem.clone()).identity(Identity::SanUri);
    let partners = partners.client(BILLING, ["read:invoices"]);
    let app = app(|security| {
        security
            .accept(partners)
            .owners_from(["https://issuer.test"])
            .client_cert_header(ClientCertHeader::from_proxies(["10.0.3.7"]))
            .trusted_proxies(TrustedProxies::x_forwarded_for(["10.0.0.0/8"]))
    });
    let router = app.into_router();
    let certificate = format!(":{}:", STANDARD.encode(authority.client(BILLING).der()));
    for (peer, list, status) in [
        ("10.0.3.7", "203.0.113.1", 200),
        ("10.0.3.7", "203.0.113.1, 10.0.0.1", 200),
        // A proxy, and yet not one that is believed about certificates.
        ("10.0.0.1", "10.0.3.7", 401),
        ("10.0.0.1", "203.0.113.1, 10.0.3.7", 401),
        ("203.0.113.1", "10.0.3.7", 401),
    ] {
        let headers = [("client-cert", certificate.as_str()), ("x-forwarded-for", list)];
        let answer = ask(&router, "/me", peer, &headers).await;
        assert_eq!(answer.status, status, "{peer} {list}: {answer:?}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn l8_the_prefix_of_ipv6_is_what_was_said() {
    let router = app(|security| security.ipv6_prefix(56)).into_router();
    let mut statuses = Vec::new();
    for peer in [
        "2001:db8:0:100::1",
        "2001:db8:0:1ff::1",
        "2001:db8:0:180::1",
        "2001:db8:0:200::1",
    ] {
        statuses.push(ask(&router, "/ip", peer, &[]).await.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 429, 200]);
}

#[test]
fn h6_l8_what_is_wrong_with_addresses_is_said_with_everything_else() {
    let security = Security::builder(TestIssuer::default().jwt())
        .realm("\"")
        .trusted_proxies(TrustedProxies::forwarded(["0.0.0.0/0", "proxy.test"]))
        .ipv6_prefix(0);
    let faults = SecureRouter::new(security).mount(per_ip).build().unwrap_err();
    let places: Vec<_> = faults.iter().map(secure_runtime::Fault::place).collect();
    assert_eq!(
        places,
        [
            "SecurityBuilder::realm",
            "TrustedProxies::forwarded",
            "TrustedProxies::forwarded",
            "SecurityBuilder::ipv6_prefix"
        ]
    );
}

/// Each way to serve brings the address of the connection.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn l8_h6_a_server_knows_its_peers() {
    let ours = || app(|security| security.trusted_proxies(TrustedProxies::x_forwarded_for(["127.0.0.1"])));
    let own_server = async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, ours().into_make_service()).await });
        address
    };
    for address in [own_server.await, crate::support::serve(ours()).await] {
        for (list, status) in [
            ("203.0.113.1", "200 OK"),
            ("198.51.100.1, 203.0.113.1", "200 OK"),
            ("198.51.100.2,203.0.113.1", "429 Too Many Requests"),
            ("203.0.113.2", "200 OK"),
        ] {
            let request =
                format!("GET /ip HTTP/1.1\r\nhost: a\r\nx-forwarded-for: {list}\r\nconnection: close\r\n\r\n");
            let answer = send_raw(address, request.as_bytes()).await;
            assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{list}: {answer}");
        }
    }
}
