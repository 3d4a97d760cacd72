//! What a good engineer writes by hand: jsonwebtoken, governor, tower-http, metrics, tracing.

mod layers;
mod single;

pub use layers::layers;
pub use single::single;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Json;
use axum::http::header::{AUTHORIZATION, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::{StateInformationMiddleware, StateSnapshot};
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use jsonwebtoken::{DecodingKey, Validation};
use quick_cache::sync::Cache;
use secure_benches::scenario::{AUDIENCE, ISSUER, Issuer};
use serde_json::json;

use crate::claims::{BURST, Claims, SCOPE, algorithm, decoding_key};

type Limiter = RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock, StateInformationMiddleware>;

/// As many verified tokens are remembered.
const REMEMBERED: usize = 200_000;

/// Who asks.
struct Principal {
    subject: String,
    scope: String,
    expires: u64,
}

impl Principal {
    fn has_scope(&self) -> bool {
        self.scope.split(' ').any(|scope| scope == SCOPE)
    }
}

/// What all requests share.
struct Checks {
    key: DecodingKey,
    validation: Validation,
    limiter: Limiter,
    clock: DefaultClock,
    /// By the whole token.
    remembered: Option<Cache<Box<str>, Arc<Principal>>>,
}

impl Checks {
    fn new(issuer: &Issuer, cached: bool) -> Self {
        let mut validation = Validation::new(algorithm(issuer.signing()));
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["iss", "aud", "exp", "sub"]);
        let quota = Quota::with_period(Duration::from_micros(1)).expect("a period");
        let quota = quota.allow_burst(NonZeroU32::new(BURST).expect("a burst"));
        Self {
            key: decoding_key(issuer),
            validation,
            limiter: RateLimiter::keyed(quota).with_middleware(),
            clock: DefaultClock::default(),
            remembered: cached.then(|| Cache::new(REMEMBERED)),
        }
    }

    fn authenticate(&self, headers: &HeaderMap) -> Result<Arc<Principal>, Refusal> {
        let token = headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or(Refusal::Unauthenticated)?;
        let Some(remembered) = &self.remembered else {
            return self.verify(token);
        };
        if let Some(principal) = remembered.get(token) {
            if principal.expires > now() {
                return Ok(principal);
            }
            remembered.remove(token);
        }
        let principal = self.verify(token)?;
        remembered.insert(token.into(), Arc::clone(&principal));
        Ok(principal)
    }

    fn verify(&self, token: &str) -> Result<Arc<Principal>, Refusal> {
        let claims = jsonwebtoken::decode::<Claims>(token, &self.key, &self.validation)
            .map_err(|_| Refusal::Unauthenticated)?
            .claims;
        Ok(Arc::new(Principal {
            subject: claims.sub,
            scope: claims.scope,
            expires: claims.exp,
        }))
    }

    fn limit(&self, principal: &Principal) -> Result<StateSnapshot, Refusal> {
        self.limiter.check_key(&principal.subject).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now());
            Refusal::TooMany(wait.as_secs() + 1)
        })
    }
}

/// Why not.
enum Refusal {
    Unauthenticated,
    Forbidden,
    /// Not for so many seconds.
    TooMany(u64),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, error) = match self {
            Self::Unauthenticated => (StatusCode::UNAUTHORIZED, "invalid_token"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "insufficient_scope"),
            Self::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"),
        };
        let mut response = (status, Json(json!({ "error": error }))).into_response();
        let headers = response.headers_mut();
        match self {
            Self::Unauthenticated => {
                headers.insert(
                    WWW_AUTHENTICATE,
                    HeaderValue::from_static("Bearer error=\"invalid_token\""),
                );
            }
            Self::Forbidden => {}
            Self::TooMany(seconds) => {
                headers.insert(RETRY_AFTER, seconds.into());
            }
        }
        response
    }
}

/// What the limit left, for the client.
fn show_limit(headers: &mut HeaderMap, left: &StateSnapshot) {
    headers.insert("x-ratelimit-limit", left.quota().burst_size().get().into());
    headers.insert("x-ratelimit-remaining", left.remaining_burst_capacity().into());
    let reset = left.quota().burst_size_replenished_in().as_secs();
    headers.insert("x-ratelimit-reset", reset.into());
}

fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |now| now.as_secs())
}

fn outcome(status: StatusCode) -> &'static str {
    if status.is_success() { "allow" } else { "deny" }
}
