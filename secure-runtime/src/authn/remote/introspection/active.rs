use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::authn::jwt::{Audience, NumericDate};
use crate::json::{self, not_null};

/// What an answer is compared with.
pub(super) struct Expectations {
    pub(super) issuer: Arc<str>,
    pub(super) audience: String,
    /// In seconds.
    pub(super) leeway: f64,
    pub(super) needs_audience: bool,
    pub(super) needs_client_id: bool,
    /// Of a token without `exp`, where there may be one.
    pub(super) lifetime: Option<Duration>,
}

/// A token that its issuer calls active, and that passed every check. All of it is what the issuer said.
pub(crate) struct Active {
    pub(crate) issuer: Arc<str>,
    pub(crate) subject: Box<str>,
    pub(crate) client_id: Option<Box<str>>,
    /// Space-delimited.
    pub(crate) scope: Box<str>,
    pub(crate) expires_at: f64,
    pub(crate) issued_at: Option<f64>,
    pub(crate) token_id: Option<Box<str>>,
    /// What the token is bound to (RFC 7800 §3.1): without it, it is a bearer token.
    pub(crate) confirmation: Option<Confirmation>,
    pub(crate) acr: Option<Box<str>>,
    pub(crate) auth_time: Option<f64>,
    /// The whole answer, a JSON object without duplicate members: roles, the tenant and what is the application's own.
    pub(crate) claims: Box<str>,
}

/// `cnf`: to whom the token is bound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Confirmation {
    /// The thumbprint of a DPoP key (RFC 9449 §6.1).
    pub(crate) jkt: Option<Box<str>>,
    /// The thumbprint of a client certificate (RFC 8705 §3.1).
    pub(crate) x5t_s256: Option<Box<str>>,
    /// It is bound to something else too, which we cannot check.
    pub(crate) has_others: bool,
}

/// Why an answer makes no [`Active`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// The token is refused, and this is what the client learns.
    Token(&'static str),
    /// The answer is not what RFC 7662 §2.2 says.
    Answer,
}

#[derive(Deserialize)]
struct Activity {
    active: bool,
}

#[derive(Deserialize)]
struct Claims<'a> {
    #[serde(borrow, default, deserialize_with = "not_null")]
    sub: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "not_null")]
    iss: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "not_null")]
    aud: Option<Audience<'a>>,
    #[serde(default, deserialize_with = "not_null")]
    exp: Option<NumericDate>,
    #[serde(default, deserialize_with = "not_null")]
    nbf: Option<NumericDate>,
    #[serde(default, deserialize_with = "not_null")]
    iat: Option<NumericDate>,
    #[serde(borrow, default, deserialize_with = "not_null")]
    client_id: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "not_null")]
    scope: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "not_null")]
    jti: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "not_null")]
    acr: Option<Cow<'a, str>>,
    #[serde(default, deserialize_with = "not_null")]
    auth_time: Option<NumericDate>,
    #[serde(default, deserialize_with = "not_null")]
    cnf: Option<Map<String, Value>>,
    #[serde(borrow, default, deserialize_with = "not_null")]
    token_type: Option<Cow<'a, str>>,
    // By these, some servers say what kind of token they were asked about: an endpoint may well call a refresh token active.
    #[serde(borrow, default, deserialize_with = "not_null")]
    token_use: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "not_null")]
    typ: Option<Cow<'a, str>>,
}

const WRONG: &str = "the access token lacks a claim, or has one of the wrong type";

impl Expectations {
    /// The token of an answer. Only `true` is active, and then every claim is checked as if the token had brought it.
    pub(super) fn read(&self, answer: &str, now: f64) -> Result<Active, Refused> {
        let activity: Activity = json::from_str(answer).map_err(|_| Refused::Answer)?;
        if !activity.active {
            return Err(Refused::Token("the access token is not active"));
        }
        let claims: Claims<'_> = json::from_str(answer).map_err(|_| Refused::Token(WRONG))?;
        self.check(&claims, now).map_err(Refused::Token)?;
        let confirmation = claims.confirmation().map_err(Refused::Token)?;
        let expires_at = self.expiry(&claims, now).ok_or(Refused::Token(WRONG))?;
        Ok(Active {
            issuer: Arc::clone(&self.issuer),
            subject: claims.subject().ok_or(Refused::Token(WRONG))?.into(),
            client_id: claims.client_id.as_deref().map(Into::into),
            scope: claims.scope.as_deref().unwrap_or("").into(),
            expires_at,
            issued_at: claims.iat.map(|time| time.0),
            token_id: claims.jti.as_deref().map(Into::into),
            confirmation,
            acr: claims.acr.as_deref().map(Into::into),
            auth_time: claims.auth_time.map(|time| time.0),
            claims: answer.into(),
        })
    }

    fn check(&self, claims: &Claims<'_>, now: f64) -> Result<(), &'static str> {
        if claims.iss.as_deref().is_some_and(|issuer| issuer != &*self.issuer) {
            return Err("the access token is of another issuer");
        }
        match &claims.aud {
            Some(audience) if !audience.contains(&self.audience) => {
                return Err("the access token is for another audience");
            }
            None if self.needs_audience => return Err("the access token is for another audience"),
            _ => {}
        }
        if self
            .expiry(claims, now)
            .is_some_and(|expiry| now >= expiry + self.leeway)
        {
            return Err("the access token expired");
        }
        if [claims.nbf, claims.iat]
            .into_iter()
            .flatten()
            .any(|date| date.0 > now + self.leeway)
        {
            return Err("the access token is not valid yet");
        }
        if !claims.is_access_token() {
            return Err("this is not an access token");
        }
        let has_client = claims
            .client_id
            .as_deref()
            .map_or(!self.needs_client_id, |id| !id.is_empty());
        if claims.subject().is_none() || !has_client {
            return Err(WRONG);
        }
        Ok(())
    }

    fn expiry(&self, claims: &Claims<'_>, now: f64) -> Option<f64> {
        let assumed = || self.lifetime.map(|lifetime| now + lifetime.as_secs_f64());
        claims.exp.map(|exp| exp.0).or_else(assumed)
    }
}

impl Claims<'_> {
    /// A token without a subject is of no user: the client acts for itself (RFC 7662 §2.2).
    fn subject(&self) -> Option<&str> {
        let subject = self.sub.as_deref().or(self.client_id.as_deref());
        subject.filter(|subject| !subject.is_empty())
    }

    fn is_access_token(&self) -> bool {
        let is = |name: &Option<Cow<'_, str>>, fine: &[&str]| {
            name.as_ref()
                .is_none_or(|name| fine.iter().any(|fine| name.eq_ignore_ascii_case(fine)))
        };
        is(&self.token_type, &["Bearer", "DPoP"])
            && is(&self.token_use, &["access_token", "access"])
            && is(&self.typ, &["Bearer", "DPoP", "at+jwt", "application/at+jwt", "JWT"])
    }

    fn confirmation(&self) -> Result<Option<Confirmation>, &'static str> {
        let mut confirmation = Confirmation::default();
        for (name, value) in self.cnf.iter().flatten() {
            let thumbprint = match name.as_str() {
                "jkt" => &mut confirmation.jkt,
                "x5t#S256" => &mut confirmation.x5t_s256,
                _ => {
                    confirmation.has_others = true;
                    continue;
                }
            };
            *thumbprint = Some(value.as_str().filter(|text| !text.is_empty()).ok_or(WRONG)?.into());
        }
        // A binding that binds to nothing is none that could be checked.
        if self.cnf.as_ref().is_some_and(Map::is_empty) {
            return Err(WRONG);
        }
        let is_dpop = self
            .token_type
            .as_deref()
            .is_some_and(|kind| kind.eq_ignore_ascii_case("DPoP"));
        if is_dpop && confirmation.jkt.is_none() {
            return Err(WRONG);
        }
        Ok(self.cnf.is_some().then_some(confirmation))
    }
}
