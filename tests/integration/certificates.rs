//! Clients that are known by their certificates, through the gate: M3, M4, beside tokens and alone.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SanType, date_time_ymd,
};
use secure_runtime::certificate::{ClientCertHeader, ClientCertificate, ClientCertificates, Identity};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Clock, Principal, SecureRouter, Security, SecurityBuilder, secure};
use serde_json::json;

use crate::support::{Answer, router, send};

/// The middle of January 2026, when the certificates of [`Authority::client`] are good.
pub(crate) const JANUARY: u64 = 1_768_435_200;

/// Who signs certificates, with a fresh key.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) pem: String,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, "Partners");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().unwrap();
        Self {
            pem: params.self_signed(&key).unwrap().pem(),
            issuer: Issuer::new(params, key),
        }
    }

    /// A certificate for a client of TLS with this URI as its name, good in January 2026.
    pub(crate) fn client(&self, name: &str) -> ClientCertificate {
        self.sign(name, |_| {})
    }

    fn sign(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> ClientCertificate {
        let mut params = CertificateParams::default();
        params.not_before = date_time_ymd(2026, 1, 1);
        params.not_after = date_time_ymd(2026, 2, 1);
        params.distinguished_name = DistinguishedName::new();
        params.subject_alt_names = vec![SanType::URI(name.try_into().unwrap())];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        change(&mut params);
        let signed = params.signed_by(&KeyPair::generate().unwrap(), &self.issuer).unwrap();
        ClientCertificate::new(signed.der().to_vec())
    }
}

pub(crate) const BILLING: &str = "spiffe://partner.test/billing";

#[secure(get = "/invoices", scope = "read:invoices")]
async fn invoices(caller: Principal) -> String {
    format!("{} {} {}", caller.issuer(), caller.subject(), caller.is_client())
}

#[secure(get = "/offers", optional)]
async fn offers(caller: Option<Principal>) -> String {
    caller.map_or_else(String::new, |caller| caller.subject().to_owned())
}

#[secure(get = "/users/{user}", owner = "user", authenticated)]
async fn own(Path(user): Path<String>) -> String {
    user
}

#[secure(get = "/transfers", authenticated, sender_constrained)]
async fn transfers() {}

#[secure(get = "/payments", scope = "write:payments")]
async fn payments() {}

struct Stand {
    router: Router,
    security: Security,
    authority: Authority,
    issuer: TestIssuer,
    clock: Clock,
}

fn stand(options: impl FnOnce(&TestIssuer, ClientCertificates) -> SecurityBuilder) -> Stand {
    let clock = Clock::held_at(JANUARY);
    let (authority, issuer) = (Authority::new(), TestIssuer::default().clock(clock.clone()));
    let certificates = ClientCertificates::trust("partners", authority.pem.clone())
        .identity(Identity::SanUri)
        .client(BILLING, ["read:invoices"])
        .client("alice", ["read:invoices"]);
    let security = options(&issuer, certificates).clock(clock.clone());
    let security = security.default_rate("1000000/s").build().unwrap();
    let app = SecureRouter::new(security.clone()).mount((invoices, offers, own, transfers, payments));
    Stand {
        router: router(app.build().unwrap()),
        security,
        authority,
        issuer,
        clock,
    }
}

/// Tokens and certificates; a failure is never too many.
fn both() -> Stand {
    stand(|issuer, certificates| {
        let security = Security::builder(issuer.jwt()).accept(certificates);
        security
            .failed_authentication_rate("1000000/s")
            .lock_out(secure_runtime::LockOut::after(10_000))
    })
}

impl Stand {
    async fn ask(&self, path: &str, headers: &[(&str, &str)], certificate: Option<&ClientCertificate>) -> Answer {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(certificate) = certificate {
            request = request.extension(certificate.clone());
        }
        send(&self.router, request.body(Body::empty()).unwrap()).await
    }
}

fn challenges(answer: &Answer) -> Vec<&str> {
    let all = answer.headers.get_all("www-authenticate").iter();
    all.map(|value| value.to_str().unwrap()).collect()
}

/// What a certificate is as the header `Client-Cert`.
pub(crate) fn field(certificate: &ClientCertificate) -> String {
    format!(":{}:", STANDARD.encode(certificate.der()))
}

#[tokio::test]
async fn m4_a_client_is_known_by_its_certificate() {
    let alone = stand(|_, certificates| Security::builder(certificates));
    for stand in [both(), alone] {
        let billing = stand.authority.client(BILLING);
        let answer = stand.ask("/invoices", &[], Some(&billing)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let who = format!("urn:secure:certificate:partners {BILLING} true");
        assert_eq!(String::from_utf8_lossy(&answer.body), who);
        assert_eq!(stand.ask("/offers", &[], Some(&billing)).await.body, BILLING.as_bytes());
        // M2: the handshake proved that it has the key.
        assert_eq!(stand.ask("/transfers", &[], Some(&billing)).await.status, 200);
        // A4: what it may not is 403.
        stand.ask("/payments", &[], Some(&billing)).await.assert_problem(403);
        // Without one, nobody is known.
        stand.ask("/invoices", &[], None).await.assert_problem(401);
        assert_eq!(stand.ask("/offers", &[], None).await.body, b"");
    }
}

#[tokio::test]
async fn m4_what_is_no_good_certificate_is_refused_in_one_way() {
    let stand = both();
    let of_servers = |params: &mut CertificateParams| {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    };
    let expired = |params: &mut CertificateParams| {
        params.not_before = date_time_ymd(2025, 1, 1);
        params.not_after = date_time_ymd(2026, 1, 14);
    };
    let later = |params: &mut CertificateParams| params.not_before = date_time_ymd(2026, 1, 16);
    let twice = |params: &mut CertificateParams| {
        let other = SanType::URI("spiffe://partner.test/other".try_into().unwrap());
        params.subject_alt_names.push(other);
    };
    let other_kind = |params: &mut CertificateParams| {
        params.subject_alt_names = vec![SanType::DnsName(BILLING.try_into().unwrap())];
    };
    let bad = [
        ("another root", Authority::new().client(BILLING)),
        ("unknown", stand.authority.client("spiffe://partner.test/unknown")),
        ("a longer name", stand.authority.client(&format!("{BILLING}/x"))),
        ("for servers", stand.authority.sign(BILLING, of_servers)),
        (
            "for nothing",
            stand
                .authority
                .sign(BILLING, |params| params.extended_key_usages.clear()),
        ),
        ("expired", stand.authority.sign(BILLING, expired)),
        ("not yet good", stand.authority.sign(BILLING, later)),
        ("two names", stand.authority.sign(BILLING, twice)),
        ("a name of another kind", stand.authority.sign(BILLING, other_kind)),
        ("no certificate", ClientCertificate::new(*b"x")),
    ];
    let mut told = Vec::new();
    for (what, certificate) in &bad {
        for path in ["/invoices", "/offers", "/transfers"] {
            let answer = stand.ask(path, &[], Some(certificate)).await;
            assert_eq!(answer.status, 401, "{what}, {path}: {answer:?}");
            answer.assert_problem(401);
            told.push((challenges(&answer).join("\n"), answer.body.clone()));
        }
    }
    assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "{told:?}");
    // A3: nothing is said of a token, since none was sent.
    assert_eq!(told[0].0, "Bearer realm=\"api\"\nCertificate realm=\"api\"");
    // M4: a certificate that was good is asked for its time again.
    let billing = stand.authority.client(BILLING);
    assert_eq!(stand.ask("/invoices", &[], Some(&billing)).await.status, 200);
    stand.clock.advance(Duration::from_secs(20 * 86_400));
    stand.ask("/invoices", &[], Some(&billing)).await.assert_problem(401);
}

#[tokio::test]
async fn a1_where_certificates_alone_are_accepted_a_401_has_a_challenge() {
    let stand = stand(|_, certificates| Security::builder(certificates));
    let unknown = stand.authority.client("spiffe://partner.test/unknown");
    let token = format!("Bearer {}", stand.issuer.token("alice").sign());
    let with_token = [("authorization", token.as_str())];
    for (headers, certificate) in [(&[][..], None), (&[], Some(&unknown)), (&with_token, None)] {
        let answer = stand.ask("/invoices", headers, certificate).await;
        assert_eq!(challenges(&answer), ["Certificate realm=\"api\""]);
        answer.assert_problem(401);
    }
    // A token is a credential that is not taken here, whatever the certificate.
    let billing = stand.authority.client(BILLING);
    for path in ["/invoices", "/offers"] {
        let answer = stand.ask(path, &with_token, Some(&billing)).await;
        answer.assert_problem(401);
    }
}

#[tokio::test]
async fn m4_a_token_decides_where_there_is_one_beside_the_certificate() {
    let stand = both();
    let billing = stand.authority.client(BILLING);
    let bad = Authority::new().client(BILLING);
    let bearer = |token: String| format!("Bearer {token}");
    let good = bearer(stand.issuer.token("bob").scope("read:invoices").sign());
    for certificate in [&billing, &bad] {
        let answer = stand
            .ask("/invoices", &[("authorization", &good)], Some(certificate))
            .await;
        assert_eq!(answer.body, b"https://issuer.test bob false");
    }
    // A certificate lends its rights to no token, and mends none.
    let unscoped = bearer(stand.issuer.token("bob").sign());
    let expired = bearer(stand.issuer.token("bob").expires_in(-600).sign());
    let bound = json!({"x5t#S256": bad.thumbprint()});
    let elsewhere = bearer(stand.issuer.token("bob").claim("cnf", bound).sign());
    for (authorization, status) in [
        (&*unscoped, 403),
        (&expired, 401),
        (&elsewhere, 401),
        ("Bearer x", 401),
        ("Basic YTpi", 401),
        ("Bearer", 401),
    ] {
        let headers = [("authorization", authorization)];
        let answer = stand.ask("/invoices", &headers, Some(&billing)).await;
        answer.assert_problem(status);
        if status == 401 {
            stand.ask("/offers", &headers, Some(&billing)).await.assert_problem(401);
        }
    }
    // M2: an unbound token is a bearer token, whatever the connection proves.
    stand
        .ask("/transfers", &[("authorization", &good)], Some(&billing))
        .await
        .assert_problem(401);
    let query = stand.ask("/offers?access_token=x", &[], Some(&billing)).await;
    query.assert_problem(400);
}

#[tokio::test]
async fn m3_the_header_counts_from_a_proxy_and_from_nobody_else() {
    let proxied = |proxies: &'static str| {
        stand(move |issuer, certificates| {
            let security = Security::builder(issuer.jwt()).accept(certificates);
            let header = ClientCertHeader::from_proxies([proxies]);
            security
                .client_cert_header(header)
                .failed_authentication_rate("1000000/s")
                .lock_out(secure_runtime::LockOut::after(10_000))
        })
    };
    // The client of these tests connects from 127.0.0.1.
    let (ours, others) = (proxied("127.0.0.0/28"), proxied("10.0.3.0/28"));
    let billing = ours.authority.client(BILLING);
    let header = field(&billing);
    let sent = [("client-cert", header.as_str())];
    let answer = ours.ask("/invoices", &sent, None).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(ours.ask("/transfers", &sent, None).await.status, 200);
    // M1: a bound token counts with the certificate that the proxy forwards.
    let bound = json!({"x5t#S256": billing.thumbprint()});
    let token = ours.issuer.token("bob").scope("read:invoices").claim("cnf", bound);
    let token = format!("Bearer {}", token.sign());
    let with_token = [("authorization", token.as_str()), sent[0]];
    assert_eq!(
        ours.ask("/invoices", &with_token, None).await.body,
        b"https://issuer.test bob false"
    );
    ours.ask("/invoices", &with_token[..1], None).await.assert_problem(401);

    // From anybody else it is as if it were not there, and so without the option.
    for stand in [&others, &both()] {
        let header = field(&stand.authority.client(BILLING));
        let sent = [("client-cert", header.as_str())];
        stand.ask("/invoices", &sent, None).await.assert_problem(401);
        assert_eq!(stand.ask("/offers", &sent, None).await.body, b"");
        let of_connection = stand.authority.client("alice");
        let answer = stand.ask("/offers", &sent, Some(&of_connection)).await;
        assert_eq!(answer.body, b"alice", "the connection's own counts");
    }

    // Two certificates: nobody says whose is whose. And what has no one reading.
    for path in ["/invoices", "/offers"] {
        ours.ask(path, &sent, Some(&billing)).await.assert_problem(400);
        for headers in [
            &[("client-cert", "x")][..],
            &[("client-cert", "")],
            &[sent[0], sent[0]],
            &[("client-cert-chain", header.as_str())],
        ] {
            ours.ask(path, headers, None).await.assert_problem(400);
        }
    }
    let foreign = field(&Authority::new().client(BILLING));
    for path in ["/invoices", "/offers"] {
        let answer = ours.ask(path, &[("client-cert", &foreign)], None).await;
        answer.assert_problem(401);
    }
}

#[tokio::test]
async fn j15_a_client_that_is_named_like_a_user_owns_nothing() {
    let stand = both();
    let alice = stand.authority.client("alice");
    stand.ask("/users/alice", &[], Some(&alice)).await.assert_problem(403);
    let token = format!("Bearer {}", stand.issuer.token("alice").sign());
    let user = stand.ask("/users/alice", &[("authorization", &token)], None).await;
    assert_eq!(user.status, 200);
}

#[tokio::test]
async fn j21_a_client_can_be_denied_by_its_name() {
    let stand = both();
    let (billing, alice) = (stand.authority.client(BILLING), stand.authority.client("alice"));
    let now = stand.clock.unix_seconds();
    let list = stand.security.denylist();
    assert_eq!(stand.ask("/invoices", &[], Some(&billing)).await.status, 200);
    list.deny_subject("urn:secure:certificate:partners", BILLING, now, now + 86_400.0)
        .unwrap();
    for path in ["/invoices", "/offers"] {
        stand.ask(path, &[], Some(&billing)).await.assert_problem(401);
    }
    assert_eq!(stand.ask("/invoices", &[], Some(&alice)).await.status, 200);
}

#[tokio::test]
async fn l9_bad_certificates_count_against_the_address() {
    let stand = stand(|issuer, certificates| {
        let security = Security::builder(issuer.jwt()).accept(certificates);
        security.failed_authentication_rate("3/min")
    });
    let (billing, bad) = (stand.authority.client(BILLING), Authority::new().client(BILLING));
    for expected in [401, 401, 401, 429, 429] {
        let answer = stand.ask("/offers", &[], Some(&bad)).await;
        answer.assert_problem(expected);
    }
    // Whoever has a good one is not locked out.
    assert_eq!(stand.ask("/invoices", &[], Some(&billing)).await.status, 200);
}
