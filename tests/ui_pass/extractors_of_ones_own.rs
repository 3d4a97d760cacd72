#![deny(warnings)]
use axum::extract::{Extension, FromRef, FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use secure_runtime::{SecureRouter, TrustedParts, Unchecked, UncheckedBody, secure};

mod support;

#[derive(Clone)]
struct AppState {
    name: &'static str,
}

/// Needs nothing of the state.
struct Locale(String);

impl<S: Sync> FromRequestParts<S> for Locale {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let language = parts.headers.get("accept-language").ok_or(StatusCode::BAD_REQUEST)?;
        Ok(Self(format!("{language:?}")))
    }
}

impl TrustedParts for Locale {}

/// Needs this state and no other.
struct Tenant(&'static str);

impl FromRequestParts<AppState> for Tenant {
    type Rejection = (StatusCode, &'static str);

    async fn from_request_parts(_: &mut Parts, state: &AppState) -> Result<Self, Self::Rejection> {
        Ok(Self(state.name))
    }
}

impl TrustedParts for Tenant {}

/// Needs a part of the state.
struct Named<T>(String, T);

impl<S, T> FromRequestParts<S> for Named<T>
where
    S: Send + Sync,
    T: Default,
    AppState: FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(_: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(AppState::from_ref(state).name.to_owned(), T::default()))
    }
}

impl<T: Send> TrustedParts for Named<T> {}

struct Raw(usize);

impl FromRequest<AppState> for Raw {
    type Rejection = StatusCode;

    async fn from_request(request: Request, _: &AppState) -> Result<Self, StatusCode> {
        Ok(Self(request.headers().len()))
    }
}

#[secure(post = "/orders", authenticated, when = locale.0.len() < 9 && *count < 5)]
async fn create(
    locale: Locale,
    Tenant(tenant): Tenant,
    named: Named<Vec<u8>>,
    Named(name, ()): Named<()>,
    Unchecked(another): Unchecked<Locale>,
    Unchecked(Tenant(again)): Unchecked<Tenant>,
    Unchecked(Extension(number)): Unchecked<Extension<u64>>,
    UncheckedBody(Raw(count)): UncheckedBody<Raw>,
) -> String {
    format!("{}{tenant}{}{:?}{name}{}{again}{number}{count}", locale.0, named.0, named.1, another.0)
}

#[secure(get = "/last", authenticated)]
async fn last(tenant: Tenant) -> &'static str {
    tenant.0
}

#[secure(get = "/stateless", authenticated)]
async fn stateless(locale: Locale) -> String {
    locale.0
}

fn main() {
    let app = SecureRouter::new(support::security())
        .mount((create, last, stateless))
        .with_state(AppState { name: "shop" })
        .mount(stateless_again)
        .build()
        .expect("it starts");
    assert_eq!(app.endpoints().count(), 4);
}

#[secure(put = "/stateless", authenticated)]
async fn stateless_again(locale: Locale) -> String {
    locale.0
}
