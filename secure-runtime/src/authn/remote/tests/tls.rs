use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use rcgen::{CertificateParams, KeyPair};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::server::TlsStream;

use super::server::{Answer, Server};
use super::{outbound, run};
use crate::authn::remote::Outbound;
use crate::authn::remote::fetch::{FetchFault, Fetcher};
use crate::authn::remote::place::Place;

/// Speaks TLS with a certificate of its own making.
struct Tls {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (stream, address) = self.listener.accept().await.unwrap();
            // Who does not trust it goes away, and the next one comes.
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

/// A server for these names, and its certificate in PEM.
async fn server(names: &[&str]) -> (Server, String) {
    let key = KeyPair::generate().unwrap();
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let certificate = CertificateParams::new(names).unwrap().self_signed(&key).unwrap();
    let private = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private);
    let tls = Tls {
        listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
        acceptor: TlsAcceptor::from(Arc::new(config.unwrap())),
    };
    let server = Server::on(tls);
    server.set("/keys", Answer::Json("{}".to_owned()));
    (server, certificate.pem())
}

async fn get(server: &Server, options: Outbound) -> Result<String, FetchFault> {
    let mut faults = Vec::new();
    let fetcher = Fetcher::new(&options.timeout(Duration::from_secs(3)), "test", &mut faults);
    let place = Place::parse(&server.url("/keys").replace("http://", "https://")).unwrap();
    let fetched = fetcher.unwrap_or_else(|| panic!("{faults:?}")).get(&place).await;
    fetched.map(|fetched| fetched.body)
}

#[test]
fn k3_a_certificate_that_nobody_vouches_for_is_refused() {
    run(async {
        let (server, _) = server(&["127.0.0.1"]).await;
        let refused = FetchFault::Unreachable(Some(ErrorKind::InvalidData));
        assert_eq!(get(&server, outbound()).await, Err(refused));
        assert!(refused.to_string().contains("certificate"), "{refused}");
        assert_eq!(server.asked().len(), 0);
    });
}

#[test]
fn k3_a_certificate_that_is_vouched_for_is_one_of_this_host() {
    run(async {
        let (own, certificate) = server(&["127.0.0.1"]).await;
        let trusting = |certificate: &str| outbound().trust_pem(certificate);
        assert_eq!(get(&own, trusting(&certificate)).await, Ok("{}".to_owned()));
        // Trusted, and of another host.
        let (other, certificate) = server(&["127.0.0.2", "id.example.com"]).await;
        let refused = Err(FetchFault::Unreachable(Some(ErrorKind::InvalidData)));
        assert_eq!(get(&other, trusting(&certificate)).await, refused);
        // Of this host, and not the one that is trusted.
        assert_eq!(get(&own, trusting(&certificate)).await, refused);
        assert_eq!((own.asked().len(), other.asked().len()), (1, 0));
    });
}
