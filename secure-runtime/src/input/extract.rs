//! What reading each kind of argument needs of the state. Nothing in here checks a value.

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Extension, Form, FromRef, MatchedPath, Path, Query, RawForm, RawQuery, State};
use axum::http::{Extensions, HeaderMap, Method, Request, Uri, Version};

use super::body::{self, expect_type};
use super::{Extract, Intake, Read};
use crate::Problem;
use crate::authn::{Claims, Principal};
use crate::limit::Attempts;

/// What is read from the head, whatever the state.
macro_rules! head {
    ($([$($t:ident)?] $ty:ty)*) => { $(
        impl<S: Sync, $($t)?> Extract<S> for $ty {
            async fn extract(intake: &mut Intake<'_>, _: &S, read: Read<Self>) -> Result<Self, Problem> {
                read.read(intake, Bytes::new())
            }
        }
    )* };
}

head! {
    [T] Path<T>
    [T] Query<T>
    [T] Extension<T>
    [T] Claims<T>
    [] Method
    [] MatchedPath
    [] Attempts
    [] Principal
    [] Option<Principal>
}

// axum's, that nothing checks: they are refused as arguments, by `Argument`, and only there.
head! {
    [] Body
    [] Bytes
    [] Extensions
    [] HeaderMap
    [] RawForm
    [] RawQuery
    [] Request<Body>
    [] String
    [] Uri
    [] Version
}

impl<S: Sync, T> Extract<S> for Json<T> {
    async fn extract(intake: &mut Intake<'_>, _: &S, read: Read<Self>) -> Result<Self, Problem> {
        expect_type(intake.parts, "application/json", |media| {
            let json = media.subtype() == mime::JSON || media.suffix() == Some(mime::JSON);
            media.type_() == mime::APPLICATION && json
        })?;
        let bytes = body::read(intake).await?;
        read.read(intake, bytes)
    }
}

impl<S: Sync, T> Extract<S> for Form<T> {
    async fn extract(intake: &mut Intake<'_>, _: &S, read: Read<Self>) -> Result<Self, Problem> {
        expect_type(intake.parts, "application/x-www-form-urlencoded", |media| {
            media.type_() == mime::APPLICATION && media.subtype() == mime::WWW_FORM_URLENCODED
        })?;
        let bytes = body::read(intake).await?;
        read.read(intake, bytes)
    }
}

impl<S: Sync, T: FromRef<S>> Extract<S> for State<T> {
    async fn extract(_: &mut Intake<'_>, state: &S, _: Read<Self>) -> Result<Self, Problem> {
        Ok(Self(T::from_ref(state)))
    }
}
