use axum::Router;
use secure_benches::scenario::{App, Callers, Group, Issuer, Requests, Scenario, Signing, Spoilt, ours};

use crate::{hand, libraries};

/// A way to do the same work, by others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// A middleware for each concern, with or without a cache of verified tokens.
    Layers {
        /// Are tokens that were verified remembered?
        cached: bool,
    },
    /// One middleware for all concerns.
    Single {
        /// Are tokens that were verified remembered?
        cached: bool,
    },
    /// axum-jwt-auth.
    AxumJwtAuth,
    /// jwt-authorizer.
    JwtAuthorizer,
    /// tower-oauth2-resource-server.
    OAuth2ResourceServer,
}

impl Peer {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Layers { cached: false },
        Self::Layers { cached: true },
        Self::Single { cached: false },
        Self::Single { cached: true },
        Self::AxumJwtAuth,
        Self::JwtAuthorizer,
        Self::OAuth2ResourceServer,
    ];

    /// As a table has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Layers { cached: false } => "layers by hand, verified",
            Self::Layers { cached: true } => "layers by hand, cached",
            Self::Single { cached: false } => "one middleware by hand, verified",
            Self::Single { cached: true } => "one middleware by hand, cached",
            Self::AxumJwtAuth => "axum-jwt-auth",
            Self::JwtAuthorizer => "jwt-authorizer",
            Self::OAuth2ResourceServer => "tower-oauth2-resource-server",
        }
    }

    /// The application.
    pub fn router(self, issuer: &Issuer) -> Router {
        match self {
            Self::Layers { cached } => hand::layers(issuer, cached),
            Self::Single { cached } => hand::single(issuer, cached),
            Self::AxumJwtAuth => libraries::axum_jwt_auth(issuer),
            Self::JwtAuthorizer => built(libraries::jwt_authorizer(issuer)),
            Self::OAuth2ResourceServer => built(libraries::oauth2_resource_server(issuer)),
        }
    }

    fn app(self, signing: Signing, callers: Callers) -> App {
        let issuer = Issuer::shared(signing);
        App::new(self.router(issuer), Requests::of(callers, |user| issuer.token(user)))
    }

    fn flooded(self, spoilt: Spoilt) -> App {
        let issuer = Issuer::shared(Signing::Hs256);
        let callers = Callers {
            callers: 1000,
            ..Callers::default()
        };
        let requests = Requests::of(callers, |user| spoilt.apply(issuer.token(user)));
        App::new(self.router(issuer), requests).expecting(axum::http::StatusCode::UNAUTHORIZED)
    }
}

/// Libraries build asynchronously what they would fetch; nothing here is fetched.
fn built(router: impl Future<Output = Router>) -> Router {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(router)
}

/// Everything that is measured, plain axum first.
#[must_use]
pub fn scenarios() -> Vec<Scenario> {
    let mut all = vec![Scenario::plain()];
    for peer in Peer::ALL {
        for signing in Signing::ALL {
            // What a cache gave was once verified, by whatever algorithm.
            let cached = matches!(peer, Peer::Layers { cached: true } | Peer::Single { cached: true });
            if cached && signing != Signing::Hs256 {
                continue;
            }
            let name = format!("{}, {}", peer.name(), signing.name());
            all.push(Scenario::new(Group::Compared, name, move || {
                peer.app(signing, Callers::default())
            }));
        }
    }
    let cached = Peer::Layers { cached: true };
    let many = Callers {
        callers: 100_000,
        endpoints: 1,
    };
    let name = format!("{}, {}", cached.name(), many.name());
    let build = move || cached.app(Signing::Hs256, many);
    all.push(Scenario::new(Group::Scale, name, build).with(many));
    for peer in Peer::ALL {
        if peer != cached && peer != (Peer::Single { cached: true }) {
            let name = peer.name().trim_end_matches(", verified");
            let name = format!("{name}, {}", Spoilt::Signature.name());
            all.push(Scenario::new(Group::Flood, name, move || {
                peer.flooded(Spoilt::Signature)
            }));
        }
    }
    all.push(Scenario::new(
        Group::Audit,
        format!("{}, JSON audit", cached.name()),
        move || cached.app(Signing::Hs256, Callers::default()),
    ));
    all.extend(ours());
    all
}

/// Those whose instructions are counted: under valgrind, what many callers need takes minutes, and is not in the count of instructions.
#[must_use]
pub fn counted() -> Vec<Scenario> {
    let mut all = scenarios();
    all.retain(|scenario| scenario.callers.callers == 1);
    all
}
