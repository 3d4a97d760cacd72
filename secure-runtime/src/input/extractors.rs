//! The extractors of axum, and our own, as arguments: what checks them.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Extension, Form, FromRequestParts as _, MatchedPath, Path, Query, State};
use axum::http::Method;
use futures_util::FutureExt as _;
use schemars::{Schema, SchemaGenerator};
use secure_policy::Source;
use serde::de::DeserializeOwned;

use super::read::checked;
use super::refusals::malformed;
use super::{Argument, FromHead, Input, Intake, path, read};
use crate::Problem;
use crate::audit::Reason;
use crate::authn::{Claims, Principal, credential};
use crate::authz::forbidden;
use crate::limit::Attempts;

/// What axum reads without waiting for anything.
fn at_once<T>(future: impl Future<Output = T>) -> Result<T, Problem> {
    future
        .now_or_never()
        .ok_or_else(|| Problem::broken("an extractor of axum waits where it did not before"))
}

impl<T: Input + Send> Argument for Path<T> {
    const SOURCE: Source = Source::Path;

    fn read(intake: &mut Intake<'_>, _: Bytes) -> Result<Self, Problem> {
        path::no_empty_part(intake)?;
        let Self(value) = at_once(Self::from_request_parts(intake.parts, &()))?.map_err(|rejection| {
            // A mismatch of names or number is ours, not the client's: axum tells them apart by status.
            if rejection.status().is_server_error() {
                Problem::broken(rejection.to_string())
            } else {
                malformed("the path is not of the form that this endpoint expects")
            }
        })?;
        checked(value, intake.caller).map(Self)
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(T::schema(generator))
    }
}

impl<T: Input + Send> Argument for Query<T> {
    const SOURCE: Source = Source::Query;

    fn read(intake: &mut Intake<'_>, _: Bytes) -> Result<Self, Problem> {
        let query = intake.parts.uri.query().unwrap_or_default();
        read::pairs(query, intake.caller).map(Self)
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(T::schema(generator))
    }
}

impl<T: Input + Send> Argument for Json<T> {
    const SOURCE: Source = Source::Body;

    fn read(intake: &mut Intake<'_>, body: Bytes) -> Result<Self, Problem> {
        read::json(&body, intake.caller).map(Self)
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(T::schema(generator))
    }
}

impl<T: Input + Send> Argument for Form<T> {
    const SOURCE: Source = Source::Body;

    fn read(intake: &mut Intake<'_>, body: Bytes) -> Result<Self, Problem> {
        let text = std::str::from_utf8(&body).map_err(|_| malformed("the form is not UTF-8"))?;
        read::pairs(text, intake.caller).map(Self)
    }

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(T::schema(generator))
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
        intake.caller.cloned().ok_or_else(credential::missing)
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
        let caller = intake.caller.ok_or_else(credential::missing)?;
        caller.claims().map(Self).map_err(|error| {
            forbidden(
                Reason::Claims,
                "the access token lacks what this endpoint needs to know",
            )
            .because(error)
        })
    }
}

impl Argument for Attempts {
    const SOURCE: Source = Source::Other;

    fn read(intake: &mut Intake<'_>, _: Bytes) -> Result<Self, Problem> {
        match (intake.security, intake.origin) {
            (Some(security), Some(origin)) => Ok(Self {
                security: Arc::clone(security),
                origin,
            }),
            _ => Err(Problem::broken("the client's address is unknown")),
        }
    }
}

macro_rules! from_head {
    ($([$($bounds:tt)*] $ty:ty)*) => { $( impl<$($bounds)*> FromHead for $ty {} )* };
}

from_head! {
    [T: Input + Send] Path<T>
    [T: Input + Send] Query<T>
    [T: Send] State<T>
    [T: Clone + Send + Sync + 'static] Extension<T>
    [T: DeserializeOwned + Send] Claims<T>
    [] Method
    [] MatchedPath
    [] Attempts
    [] Principal
    [] Option<Principal>
}
