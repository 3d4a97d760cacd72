//! The extractors of axum, and our own, as arguments: what checks them.

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Extension, Form, FromRequest as _, FromRequestParts as _, MatchedPath, Path, Query, State};
use axum::http::{Method, Request, StatusCode};
use futures_util::FutureExt as _;
use secure_policy::Source;
use serde::de::DeserializeOwned;

use super::body::malformed;
use super::{Argument, FromHead, Input, Intake};
use crate::Problem;
use crate::audit::Reason;
use crate::authn::{Claims, Principal, bearer};
use crate::authz::forbidden;
use crate::json::Unique;

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

/// What axum reads without waiting for anything.
fn at_once<T>(future: impl Future<Output = T>) -> Result<T, Problem> {
    future
        .now_or_never()
        .ok_or_else(|| Problem::broken("an extractor of axum waits where it did not before"))
}

impl<T: DeserializeOwned + Input + Send> Argument for Path<T> {
    const SOURCE: Source = Source::Path;

    fn read(intake: &mut Intake<'_>, _: Bytes) -> Result<Self, Problem> {
        let Self(value) = at_once(Self::from_request_parts(intake.parts, &()))?.map_err(|rejection| {
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

    fn read(intake: &mut Intake<'_>, _: Bytes) -> Result<Self, Problem> {
        let Self(value) = at_once(Self::from_request_parts(intake.parts, &()))?
            .map_err(|_| malformed("the query is not of the form that this endpoint expects"))?;
        checked(value).map(Self)
    }
}

impl<T: DeserializeOwned + Input + Send> Argument for Json<T> {
    const SOURCE: Source = Source::Body;

    fn read(_: &mut Intake<'_>, body: Bytes) -> Result<Self, Problem> {
        serde_json::from_slice::<Unique>(&body)
            .map_err(|_| malformed("the body is not JSON, or names a member twice"))?;
        let value = serde_json::from_slice(&body).map_err(|error| {
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

    fn read(intake: &mut Intake<'_>, body: Bytes) -> Result<Self, Problem> {
        // axum reads a form from the query of a GET; here a form is always a body.
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = Method::POST;
        *request.headers_mut() = intake.parts.headers.clone();
        let Self(value) = at_once(Self::from_request(request, &()))?
            .map_err(|_| malformed("the form is not as this endpoint expects it"))?;
        checked(value).map(Self)
    }
}

/// Where it comes from is the state, and not the client: there is nothing to check.
impl<T: Send> Argument for State<T> {
    const SOURCE: Source = Source::Other;
}

impl<T: Clone + Send + Sync + 'static> Argument for Extension<T> {
    const SOURCE: Source = Source::Other;

    fn read(intake: &mut Intake<'_>, _: Bytes) -> Result<Self, Problem> {
        let value = intake.parts.extensions.get::<T>().cloned();
        value
            .map(Self)
            .ok_or_else(|| Problem::broken(format!("no layer added an Extension<{}>", std::any::type_name::<T>())))
    }
}

impl Argument for Method {
    const SOURCE: Source = Source::Other;

    fn read(intake: &mut Intake<'_>, _: Bytes) -> Result<Self, Problem> {
        Ok(intake.parts.method.clone())
    }
}

impl Argument for MatchedPath {
    const SOURCE: Source = Source::Other;

    fn read(intake: &mut Intake<'_>, _: Bytes) -> Result<Self, Problem> {
        let path = intake.parts.extensions.get::<Self>().cloned();
        path.ok_or_else(|| Problem::broken("the endpoint is not mounted on a router"))
    }
}

impl Argument for Principal {
    const SOURCE: Source = Source::Other;

    fn read(intake: &mut Intake<'_>, _: Bytes) -> Result<Self, Problem> {
        intake.caller.cloned().ok_or_else(bearer::missing)
    }
}

impl Argument for Option<Principal> {
    const SOURCE: Source = Source::Other;

    fn read(intake: &mut Intake<'_>, _: Bytes) -> Result<Self, Problem> {
        Ok(intake.caller.cloned())
    }
}

impl<T: DeserializeOwned + Send> Argument for Claims<T> {
    const SOURCE: Source = Source::Other;

    fn read(intake: &mut Intake<'_>, _: Bytes) -> Result<Self, Problem> {
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

macro_rules! from_head {
    ($([$($bounds:tt)*] $ty:ty)*) => { $( impl<$($bounds)*> FromHead for $ty {} )* };
}

from_head! {
    [T: DeserializeOwned + Input + Send] Path<T>
    [T: DeserializeOwned + Input + Send] Query<T>
    [T: Send] State<T>
    [T: Clone + Send + Sync + 'static] Extension<T>
    [T: DeserializeOwned + Send] Claims<T>
    [] Method
    [] MatchedPath
    [] Principal
    [] Option<Principal>
}
