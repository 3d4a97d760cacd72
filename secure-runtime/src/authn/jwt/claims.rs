use std::borrow::Cow;

use serde::Deserialize;
use serde::de::{Error, IgnoredAny};

use crate::authn::principal::Confirmation;
use crate::json::not_null;

/// The registered claims (RFC 7519 §4.1, RFC 9068 §2.2). A claim of the wrong type fails the whole token.
#[derive(Deserialize)]
pub(super) struct Registered<'t> {
    #[serde(borrow)]
    pub(super) iss: Cow<'t, str>,
    pub(super) exp: NumericDate,
    #[serde(borrow, default, deserialize_with = "not_null")]
    pub(super) aud: Option<Audience<'t>>,
    #[serde(borrow)]
    pub(super) sub: Cow<'t, str>,
    #[serde(default, deserialize_with = "not_null")]
    pub(super) nbf: Option<NumericDate>,
    #[serde(default, deserialize_with = "not_null")]
    pub(super) iat: Option<NumericDate>,
    #[serde(borrow, default, deserialize_with = "not_null")]
    pub(super) jti: Option<Cow<'t, str>>,
    // Of the right type, whether or not they are read from here.
    #[serde(borrow, default, deserialize_with = "not_null", rename = "client_id")]
    _client_id: Option<Cow<'t, str>>,
    #[serde(borrow, default, deserialize_with = "not_null")]
    pub(super) acr: Option<Cow<'t, str>>,
    #[serde(default, deserialize_with = "not_null")]
    pub(super) auth_time: Option<NumericDate>,
    #[serde(default, deserialize_with = "not_null")]
    pub(super) cnf: Option<Confirmation>,
    // What only other kinds of token carry: ID tokens (OpenID Connect Core §2, §3.3.2.11), logout tokens and security
    // events (RFC 8417 §2.2), DPoP proofs (RFC 9449 §4.2).
    #[serde(default, deserialize_with = "not_null")]
    nonce: Option<IgnoredAny>,
    #[serde(default, deserialize_with = "not_null")]
    at_hash: Option<IgnoredAny>,
    #[serde(default, deserialize_with = "not_null")]
    c_hash: Option<IgnoredAny>,
    #[serde(default, deserialize_with = "not_null")]
    s_hash: Option<IgnoredAny>,
    #[serde(default, deserialize_with = "not_null")]
    events: Option<IgnoredAny>,
    #[serde(default, deserialize_with = "not_null")]
    htm: Option<IgnoredAny>,
    #[serde(default, deserialize_with = "not_null")]
    htu: Option<IgnoredAny>,
}

impl Registered<'_> {
    pub(super) fn is_another_kind_of_token(&self) -> bool {
        [
            &self.nonce,
            &self.at_hash,
            &self.c_hash,
            &self.s_hash,
            &self.events,
            &self.htm,
            &self.htu,
        ]
        .iter()
        .any(|claim| claim.is_some())
    }

    /// Does it have what RFC 9068 §2.2 requires beyond what every token needs, and beside the client's id?
    pub(super) fn is_complete(&self) -> bool {
        self.iat.is_some() && self.jti.is_some()
    }
}

/// Seconds since 1970, possibly with a fraction (RFC 7519 §2), never negative.
#[derive(Clone, Copy)]
pub(in crate::authn) struct NumericDate(pub(in crate::authn) f64);

impl<'de> Deserialize<'de> for NumericDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        if seconds.is_finite() && seconds >= 0.0 {
            Ok(Self(seconds))
        } else {
            Err(D::Error::custom("a date outside what can be compared"))
        }
    }
}

/// `aud`: a string or an array of strings (RFC 7519 §4.1.3).
#[derive(Deserialize)]
#[serde(untagged)]
pub(in crate::authn) enum Audience<'t> {
    #[serde(borrow)]
    One(Cow<'t, str>),
    #[serde(borrow)]
    Many(Vec<Cow<'t, str>>),
}

impl Audience<'_> {
    pub(in crate::authn) fn contains(&self, audience: &str) -> bool {
        match self {
            Self::One(one) => one == audience,
            Self::Many(many) => many.iter().any(|one| one == audience),
        }
    }
}
