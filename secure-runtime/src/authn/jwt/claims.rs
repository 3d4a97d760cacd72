use std::borrow::Cow;

use serde::Deserialize;
use serde::de::Error;

use crate::authn::principal::Confirmation;
use crate::json::{Members, WrongType, read_member, text_member};

/// The registered claims (RFC 7519 §4.1, RFC 9068 §2.2), read where they lie. A claim of the wrong type fails the whole token.
pub(super) struct Registered<'t> {
    pub(super) iss: Cow<'t, str>,
    pub(super) exp: NumericDate,
    pub(super) aud: Option<Audience<'t>>,
    pub(super) sub: Cow<'t, str>,
    pub(super) nbf: Option<NumericDate>,
    pub(super) iat: Option<NumericDate>,
    pub(super) jti: Option<Cow<'t, str>>,
    pub(super) acr: Option<Cow<'t, str>>,
    pub(super) auth_time: Option<NumericDate>,
    pub(super) cnf: Option<Confirmation>,
    /// It has a claim that only other kinds of token carry: ID tokens (OpenID Connect Core §2, §3.3.2.11), logout tokens and
    /// security events (RFC 8417 §2.2), DPoP proofs (RFC 9449 §4.2).
    pub(super) is_another_kind_of_token: bool,
}

impl<'t> Registered<'t> {
    pub(super) fn of(claims: &Members<'t>) -> Result<Self, WrongType> {
        let (mut iss, mut exp, mut sub, mut client_id) = (None, None, None, None);
        let (mut aud, mut nbf, mut iat, mut jti) = (None, None, None, None);
        let (mut acr, mut auth_time, mut cnf) = (None, None, None);
        let mut is_another_kind_of_token = false;
        for (name, value) in claims.iter() {
            match name {
                "iss" => iss = Some(text_member(value)?),
                "exp" => exp = Some(NumericDate::read(value)?),
                "sub" => sub = Some(text_member(value)?),
                "aud" => aud = Some(Audience::read(value)?),
                "nbf" => nbf = Some(NumericDate::read(value)?),
                "iat" => iat = Some(NumericDate::read(value)?),
                "jti" => jti = Some(text_member(value)?),
                // Of the right type, whether or not it is read from here.
                "client_id" => client_id = Some(text_member(value)?),
                "acr" => acr = Some(text_member(value)?),
                "auth_time" => auth_time = Some(NumericDate::read(value)?),
                "cnf" => cnf = Some(read_member(value)?),
                "nonce" | "at_hash" | "c_hash" | "s_hash" | "events" | "htm" | "htu" => is_another_kind_of_token = true,
                _ => {}
            }
        }
        drop(client_id);
        Ok(Self {
            iss: iss.ok_or(WrongType)?,
            exp: exp.ok_or(WrongType)?,
            sub: sub.ok_or(WrongType)?,
            aud,
            nbf,
            iat,
            jti,
            acr,
            auth_time,
            cnf,
            is_another_kind_of_token,
        })
    }

    /// Does it have what RFC 9068 §2.2 requires beyond what every token needs, and beside the client's id?
    pub(super) fn is_complete(&self) -> bool {
        self.iat.is_some() && self.jti.is_some()
    }
}

/// Seconds since 1970, possibly with a fraction (RFC 7519 §2), never negative.
#[derive(Clone, Copy)]
pub(in crate::authn) struct NumericDate(pub(in crate::authn) f64);

impl NumericDate {
    /// From a member's value. What begins with a digit is a number, and of JSON's numbers Rust reads each.
    fn read(value: &str) -> Result<Self, WrongType> {
        // Most are whole seconds, which take half the time to read; so many digits are the same in either type.
        if value.len() <= 15
            && let Ok(seconds) = value.parse::<u64>()
        {
            return Self::of(seconds as f64).ok_or(WrongType);
        }
        let is_number = value.starts_with(|first: char| first.is_ascii_digit() || first == '-');
        let seconds = value.parse().ok().filter(|_| is_number);
        seconds.and_then(Self::of).ok_or(WrongType)
    }

    fn of(seconds: f64) -> Option<Self> {
        (seconds.is_finite() && seconds >= 0.0).then_some(Self(seconds))
    }
}

impl<'de> Deserialize<'de> for NumericDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let date = Self::of(f64::deserialize(deserializer)?);
        date.ok_or_else(|| D::Error::custom("a date outside what can be compared"))
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

impl<'t> Audience<'t> {
    /// From a member's value.
    fn read(value: &'t str) -> Result<Self, WrongType> {
        if value.starts_with('[') {
            let many: Vec<String> = read_member(value)?;
            return Ok(Self::Many(many.into_iter().map(Cow::Owned).collect()));
        }
        text_member(value).map(Self::One)
    }

    pub(in crate::authn) fn contains(&self, audience: &str) -> bool {
        match self {
            Self::One(one) => one == audience,
            Self::Many(many) => many.iter().any(|one| one == audience),
        }
    }
}
