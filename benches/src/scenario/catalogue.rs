//! All scenarios of ours, by name.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::{App, Callers, Issuer, Ours, Requests, Signing, Stage, plain};

/// What a scenario is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The same work by others.
    Compared,
    /// More callers, more endpoints.
    Scale,
    /// An audit line for each request.
    Audit,
    /// Requests that are refused.
    Flood,
    /// Our gate, check by check.
    Stages,
}

/// Something that is measured.
pub struct Scenario {
    /// As tables have it: who, how, by which algorithm.
    pub name: String,
    /// What it is about.
    pub group: Group,
    /// Who asks, and how many endpoints are mounted.
    pub callers: Callers,
    build: Box<dyn Fn() -> App>,
}

impl Scenario {
    /// One with a single caller and endpoint.
    pub fn new(group: Group, name: impl Into<String>, build: impl Fn() -> App + 'static) -> Self {
        Self {
            name: name.into(),
            group,
            callers: Callers::default(),
            build: Box::new(build),
        }
    }

    /// The same scenario, which builds an application for these.
    #[must_use]
    pub fn with(self, callers: Callers) -> Self {
        Self { callers, ..self }
    }

    /// Plain axum, asked with tokens that it does not look at.
    #[must_use]
    pub fn plain() -> Self {
        Self::new(Group::Compared, "plain axum", || {
            let issuer = Issuer::shared(Signing::Hs256);
            plain(1, Requests::of(Callers::default(), |user| issuer.token(user)))
        })
    }

    /// The application.
    #[must_use]
    pub fn app(&self) -> App {
        (self.build)()
    }
}

impl std::fmt::Debug for Scenario {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            name,
            group,
            callers,
            build: _,
        } = self;
        f.debug_struct("Scenario")
            .field("name", name)
            .field("group", group)
            .field("callers", callers)
            .finish_non_exhaustive()
    }
}

/// How somebody spoils a token.
#[derive(Clone, Copy, Debug)]
pub enum Spoilt {
    /// The signature is of something else.
    Signature,
    /// It has a character that no token has.
    NoToken,
    /// Its header names a key that nobody has.
    KeyId,
    /// Its header names an algorithm that nobody accepts.
    Algorithm,
}

impl Spoilt {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Signature, Self::NoToken, Self::KeyId, Self::Algorithm];

    /// As a table has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Signature => "bad signature",
            Self::NoToken => "no token68",
            Self::KeyId => "unknown kid",
            Self::Algorithm => "unknown alg",
        }
    }

    /// The token, spoilt.
    #[must_use]
    pub fn apply(self, token: String) -> String {
        let with_header = |header: serde_json::Value| {
            let (_, rest) = token.split_once('.').unwrap_or_default();
            format!("{}.{rest}", URL_SAFE_NO_PAD.encode(header.to_string()))
        };
        match self {
            Self::Signature => format!("{}AAAAA", &token[..token.len() - 5]),
            Self::NoToken => format!("{token}!"),
            Self::KeyId => with_header(json!({ "typ": "at+jwt", "alg": "HS256", "kid": "key-2019-12" })),
            Self::Algorithm => with_header(json!({ "typ": "at+jwt", "alg": "XS256", "kid": super::KEY_ID })),
        }
    }
}

/// All of ours.
#[must_use]
pub fn ours() -> Vec<Scenario> {
    let mut all = Vec::new();
    for signing in Signing::ALL {
        let name = signing.name();
        for (cached, how) in [(true, "cached"), (false, "verified")] {
            all.push(Scenario::new(
                Group::Compared,
                format!("ours, {how}, {name}"),
                move || of(signing, cached, Callers::default()).app(),
            ));
        }
    }
    for (callers, endpoints) in [(1, 20), (1, 200), (100_000, 1), (100_000, 200)] {
        let callers = Callers { callers, endpoints };
        let name = format!("ours, cached, {}", callers.name());
        let build = move || of(Signing::Hs256, true, callers).app();
        all.push(Scenario::new(Group::Scale, name, build).with(callers));
    }
    for spoilt in Spoilt::ALL {
        all.push(Scenario::new(
            Group::Flood,
            format!("ours, {}", spoilt.name()),
            move || of(Signing::Hs256, true, Callers::default()).flooded(|token| spoilt.apply(token)),
        ));
    }
    all.push(Scenario::new(Group::Audit, "ours, cached, JSON audit", || {
        of(Signing::Hs256, true, Callers::default()).app()
    }));
    // Written without `tracing`, so that it stands beside those of which nobody hears.
    all.push(Scenario::new(Group::Compared, "ours, cached, audit lines", || {
        let ours = of(Signing::Hs256, true, Callers::default());
        Ours { lines: true, ..ours }.app()
    }));
    all.push(Scenario::new(
        Group::Compared,
        "ours, cached, without X-RateLimit-*",
        || {
            let ours = of(Signing::Hs256, true, Callers::default());
            Ours {
                older_headers: false,
                ..ours
            }
            .app()
        },
    ));
    for stage in Stage::ALL {
        all.push(Scenario::new(
            Group::Stages,
            format!("ours, {}", stage.name()),
            move || stage.app(Issuer::shared(Signing::Hs256)),
        ));
    }
    all
}

fn of(signing: Signing, cached: bool, callers: Callers) -> Ours<'static> {
    Ours {
        cached,
        callers,
        ..Ours::cached(Issuer::shared(signing))
    }
}
