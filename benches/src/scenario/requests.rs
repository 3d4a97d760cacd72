use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT, AUTHORIZATION, HOST, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, Request, Uri};

use crate::Shuffled;

/// The name of one user, as long as names are that an identity provider makes up.
#[must_use]
pub fn user(number: u32) -> String {
    format!("7f9c2d0e-5b1a-4c3d-8e6f-{number:012x}")
}

/// Who asks, and for which of the endpoints.
#[derive(Clone, Copy, Debug)]
pub struct Callers {
    /// As many, in an order that caches cannot foresee.
    pub callers: u32,
    /// As many routes, in turns.
    pub endpoints: u32,
}

impl Callers {
    /// As a table has it.
    #[must_use]
    pub fn name(self) -> String {
        let Self { callers, endpoints } = self;
        let plural = |number| if number == 1 { "" } else { "s" };
        format!(
            "{callers} caller{}, {endpoints} endpoint{}",
            plural(callers),
            plural(endpoints)
        )
    }
}

impl Default for Callers {
    fn default() -> Self {
        Self {
            callers: 1,
            endpoints: 1,
        }
    }
}

/// Requests that are ready, one after another, and then again from the first.
#[derive(Clone, Debug)]
pub struct Requests {
    ready: Arc<[(Uri, HeaderMap)]>,
    next: usize,
}

impl Requests {
    /// Of these callers, with what `token` says is a user's.
    ///
    /// # Panics
    ///
    /// If a token is no header value.
    #[must_use]
    #[allow(
        clippy::expect_used,
        reason = "a bench that cannot make its requests measures nothing"
    )]
    pub fn of(callers: Callers, token: impl Fn(&str) -> String) -> Self {
        let mut ready: Vec<_> = (0..callers.callers)
            .map(|number| {
                let user = user(number);
                let uri = format!("/e{}/users/{user}/profile", number % callers.endpoints);
                let mut headers = HeaderMap::new();
                headers.insert(HOST, HeaderValue::from_static("127.0.0.1:8080"));
                headers.insert(USER_AGENT, HeaderValue::from_static("bench/1.0"));
                headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
                let token = HeaderValue::try_from(format!("Bearer {}", token(&user))).expect("a token");
                headers.insert(AUTHORIZATION, token);
                (uri.parse().expect("a path"), headers)
            })
            .collect();
        for (i, random) in (1..ready.len()).rev().zip(Shuffled(11)) {
            ready.swap(i, random as usize % (i + 1));
        }
        Self {
            ready: ready.into(),
            next: 0,
        }
    }

    /// As many before the first comes again.
    pub(super) fn distinct(&self) -> u32 {
        u32::try_from(self.ready.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn next(&mut self) -> Request<Body> {
        let (uri, headers) = &self.ready[self.next];
        self.next = (self.next + 1) % self.ready.len();
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = uri.clone();
        *request.headers_mut() = headers.clone();
        // What a server adds to every request.
        let peer = SocketAddr::from((Ipv4Addr::LOCALHOST, 40_000));
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    }
}
