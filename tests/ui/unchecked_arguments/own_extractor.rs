use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use secure_runtime::secure;

struct Locale;

impl<S: Sync> FromRequestParts<S> for Locale {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self)
    }
}

#[secure(get = "/orders", authenticated)]
async fn list(locale: Locale) {
    drop(locale);
}

fn main() {}
