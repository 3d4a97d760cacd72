use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::AUTHORIZATION;
use axum::http::{Request, StatusCode};
use secure_benches::scenario::{Issuer, Ours, Signing, Spoilt, user};
use tower::ServiceExt as _;

use crate::Peer;

/// Does everybody who is compared do the same work: good tokens, bad signatures, others' paths, no token?
///
/// # Errors
///
/// What was answered otherwise, by whom. Then nothing is worth measuring.
pub async fn check() -> Result<(), String> {
    for signing in Signing::ALL {
        let issuer = Issuer::shared(signing);
        let ours = [Ours::cached(issuer), Ours::verified(issuer)];
        for (ours, name) in ours.iter().zip(["ours, cached", "ours, verified"]) {
            check_router(&ours.router(), issuer, name).await?;
        }
        for peer in Peer::ALL {
            // Built elsewhere: some of them start a runtime to build.
            let router = std::thread::scope(|scope| scope.spawn(|| peer.router(issuer)).join());
            let router = router.map_err(|_| format!("{} cannot be built", peer.name()))?;
            check_router(&router, issuer, peer.name()).await?;
        }
    }
    Ok(())
}

async fn check_router(router: &Router, issuer: &Issuer, name: &str) -> Result<(), String> {
    let [alice, bob] = [user(1), user(2)];
    let good = issuer.token(&alice);
    let bad = Spoilt::Signature.apply(good.clone());
    let cases = [
        ("a good token", Some(&good), &alice, StatusCode::OK),
        ("the same again", Some(&good), &alice, StatusCode::OK),
        ("a bad signature", Some(&bad), &alice, StatusCode::UNAUTHORIZED),
        ("somebody else's path", Some(&good), &bob, StatusCode::FORBIDDEN),
        ("no token", None, &alice, StatusCode::UNAUTHORIZED),
    ];
    for (case, token, owner, expected) in cases {
        let mut request = Request::get(format!("/e0/users/{owner}/profile"));
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let peer = SocketAddr::from((Ipv4Addr::LOCALHOST, 40_000));
        let request = request
            .extension(ConnectInfo(peer))
            .body(Body::empty())
            .expect("a request");
        let Ok(response) = router.clone().oneshot(request).await;
        if response.status() != expected {
            let signing = issuer.signing().name();
            let status = response.status();
            return Err(format!(
                "{name}, {signing}: {case} is answered with {status}, not {expected}"
            ));
        }
        let headers = response.headers();
        let limited = headers.keys().any(|name| name.as_str().contains("ratelimit"));
        if expected == StatusCode::OK && !limited {
            return Err(format!("{name}: no header tells the limit"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn everybody_does_the_same() {
        super::check().await.unwrap();
    }
}
