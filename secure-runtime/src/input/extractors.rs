//! The extractors of axum, and our own, as arguments.

use axum::Json;
use axum::extract::{
    Extension, Form, FromRef, FromRequest as _, FromRequestParts as _, MatchedPath, Path, Query, State,
};
use axum::http::{Method, Request, StatusCode};
use secure_policy::Source;
use serde::de::DeserializeOwned;

use super::body::{expect_type, malformed, read};
use super::{Argument, Extract, FromHead, Input, Intake};
use crate::audit::Reason;
use crate::authn::{Claims, Principal};
use crate::authz::forbidden;
use crate::{Problem, authn::bearer};

/// 422 with every rule that the value breaks.
fn checked<T: Input>(value: T) -> Result<T, Problem> {
    let mut violations = Vec::new();
    value.check(&mut violations);
    if violations.is_empty() {
        return Ok(value);
    }
    Err(Problem::refusal(StatusCode::UNPROCESSABLE_ENTITY, Reason::Input)
        .detail("the input breaks a rule of this endpoint")
        .violations(violations))
}

impl<T: DeserializeOwned + Input + Send> Argument for Path<T> {
    const SOURCE: Source = Source::Path;
}

impl<T: DeserializeOwned + Input + Send> FromHead for Path<T> {}

impl<S: Send + Sync, T: DeserializeOwned + Input + Send> Extract<S> for Path<T> {
    async fn extract(intake: &mut Intake<'_>, state: &S) -> Result<Self, Problem> {
        let Self(value) = Self::from_request_parts(intake.parts, state)
            .await
            .map_err(|rejection| {
                // A mismatch of names or number is ours, not the client's: axum tells them apart by status.
                if rejection.status().is_server_error() {
                    Problem::broken(rejection.to_string())
                } else {
                    malformed("the path is not of the form that this endpoint expects")
                }
            })?;
        checked(value).map(Self)
    }
}

impl<T: DeserializeOwned + Input + Send> Argument for Query<T> {
    const SOURCE: Source = Source::Query;
}

impl<T: DeserializeOwned + Input + Send> FromHead for Query<T> {}

impl<S: Send + Sync, T: DeserializeOwned + Input + Send> Extract<S> for Query<T> {
    async fn extract(intake: &mut Intake<'_>, state: &S) -> Result<Self, Problem> {
        let Self(value) = Self::from_request_parts(intake.parts, state)
            .await
            .map_err(|_| malformed("the query is not of the form that this endpoint expects"))?;
        checked(value).map(Self)
    }
}

impl<T: DeserializeOwned + Input + Send> Argument for Json<T> {
    const SOURCE: Source = Source::Body;
}

impl<S: Send + Sync, T: DeserializeOwned + Input + Send> Extract<S> for Json<T> {
    async fn extract(intake: &mut Intake<'_>, _: &S) -> Result<Self, Problem> {
        expect_type(intake.parts, "application/json", |media| {
            let json = media.subtype() == mime::JSON || media.suffix() == Some(mime::JSON);
            media.type_() == mime::APPLICATION && json
        })?;
        let bytes = read(intake).await?;
        let value = serde_json::from_slice(&bytes).map_err(|error| {
            if error.is_data() {
                Problem::refusal(StatusCode::UNPROCESSABLE_ENTITY, Reason::Input)
                    .detail("the body is JSON, but not of the form that this endpoint expects")
            } else {
                malformed("the body is not JSON")
            }
        })?;
        checked(value).map(Self)
    }
}

impl<T: DeserializeOwned + Input + Send> Argument for Form<T> {
    const SOURCE: Source = Source::Body;
}

impl<S: Send + Sync, T: DeserializeOwned + Input + Send> Extract<S> for Form<T> {
    async fn extract(intake: &mut Intake<'_>, state: &S) -> Result<Self, Problem> {
        expect_type(intake.parts, "application/x-www-form-urlencoded", |media| {
            *media == mime::APPLICATION_WWW_FORM_URLENCODED
        })?;
        let bytes = read(intake).await?;
        // axum reads a form from the query of a GET; here a form is always a body.
        let mut request = Request::new(axum::body::Body::from(bytes));
        *request.method_mut() = Method::POST;
        *request.headers_mut() = intake.parts.headers.clone();
        let Self(value) = Self::from_request(request, state)
            .await
            .map_err(|_| malformed("the form is not as this endpoint expects it"))?;
        checked(value).map(Self)
    }
}

impl<T: Send> Argument for State<T> {
    const SOURCE: Source = Source::Other;
}

impl<T: Send> FromHead for State<T> {}

impl<S: Send + Sync, T: FromRef<S> + Send> Extract<S> for State<T> {
    async fn extract(_: &mut Intake<'_>, state: &S) -> Result<Self, Problem> {
        Ok(Self(T::from_ref(state)))
    }
}

impl<T: Clone + Send + Sync + 'static> Argument for Extension<T> {
    const SOURCE: Source = Source::Other;
}

impl<T: Clone + Send + Sync + 'static> FromHead for Extension<T> {}

impl<S: Send + Sync, T: Clone + Send + Sync + 'static> Extract<S> for Extension<T> {
    async fn extract(intake: &mut Intake<'_>, _: &S) -> Result<Self, Problem> {
        let value = intake.parts.extensions.get::<T>().cloned();
        value
            .map(Self)
            .ok_or_else(|| Problem::broken(format!("no layer added an Extension<{}>", std::any::type_name::<T>())))
    }
}

impl Argument for Method {
    const SOURCE: Source = Source::Other;
}

impl FromHead for Method {}

impl<S: Send + Sync> Extract<S> for Method {
    async fn extract(intake: &mut Intake<'_>, _: &S) -> Result<Self, Problem> {
        Ok(intake.parts.method.clone())
    }
}

impl Argument for MatchedPath {
    const SOURCE: Source = Source::Other;
}

impl FromHead for MatchedPath {}

impl<S: Send + Sync> Extract<S> for MatchedPath {
    async fn extract(intake: &mut Intake<'_>, _: &S) -> Result<Self, Problem> {
        let path = intake.parts.extensions.get::<Self>().cloned();
        path.ok_or_else(|| Problem::broken("the endpoint is not mounted on a router"))
    }
}

impl Argument for Principal {
    const SOURCE: Source = Source::Other;
}

impl FromHead for Principal {}

impl<S: Send + Sync> Extract<S> for Principal {
    async fn extract(intake: &mut Intake<'_>, _: &S) -> Result<Self, Problem> {
        intake.caller.cloned().ok_or_else(bearer::missing)
    }
}

impl Argument for Option<Principal> {
    const SOURCE: Source = Source::Other;
}

impl FromHead for Option<Principal> {}

impl<S: Send + Sync> Extract<S> for Option<Principal> {
    async fn extract(intake: &mut Intake<'_>, _: &S) -> Result<Self, Problem> {
        Ok(intake.caller.cloned())
    }
}

impl<T: DeserializeOwned + Send> Argument for Claims<T> {
    const SOURCE: Source = Source::Other;
}

impl<T: DeserializeOwned + Send> FromHead for Claims<T> {}

impl<S: Send + Sync, T: DeserializeOwned + Send> Extract<S> for Claims<T> {
    async fn extract(intake: &mut Intake<'_>, _: &S) -> Result<Self, Problem> {
        let caller = intake.caller.ok_or_else(bearer::missing)?;
        caller.claims().map(Self).map_err(|error| {
            forbidden(
                Reason::Claims,
                "the access token lacks what this endpoint needs to know",
            )
            .because(error)
        })
    }
}
