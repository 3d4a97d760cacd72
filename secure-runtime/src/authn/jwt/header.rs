use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny as Anything;

use crate::authn::compact::read;
use crate::json::not_null;

/// The longest `kid` that is looked at, in bytes.
const MAX_KID: usize = 256;

/// The members of a JOSE header that matter here. Members that bring or point to a key (`jwk`, `jku`, `x5u`, `x5c`) are
/// not even named: keys come from the configuration alone (RFC 8725 §3.10).
#[derive(Deserialize)]
struct Header<'t> {
    #[serde(borrow)]
    alg: Cow<'t, str>,
    #[serde(borrow, default, deserialize_with = "not_null")]
    typ: Option<Cow<'t, str>>,
    #[serde(borrow, default, deserialize_with = "not_null")]
    kid: Option<Cow<'t, str>>,
    // Present or not is what counts, whatever the value.
    #[serde(default, deserialize_with = "not_null")]
    crit: Option<Anything>,
    #[serde(default, deserialize_with = "not_null")]
    b64: Option<Anything>,
    #[serde(default, deserialize_with = "not_null")]
    zip: Option<Anything>,
    #[serde(default, deserialize_with = "not_null")]
    cty: Option<Anything>,
}

/// What a header says.
pub(super) struct Said<'t> {
    pub(super) algorithm: Cow<'t, str>,
    pub(super) key_id: Option<Cow<'t, str>>,
}

impl<'t> Said<'t> {
    /// `None` for a header that is not acceptable.
    pub(super) fn of(text: &'t [u8], legacy: bool) -> Option<Self> {
        let header: Header<'_> = read(text)?;
        header.acceptable(legacy).then_some(Self {
            algorithm: header.alg,
            key_id: header.kid,
        })
    }
}

impl Header<'_> {
    /// Does the header announce an access token that we can process as it is?
    fn acceptable(&self, legacy: bool) -> bool {
        // We understand no extension, so a critical one cannot be honoured (RFC 7515 §4.1.11, RFC 7797 §6);
        // `zip` and `cty` belong to encrypted and nested tokens.
        if [&self.crit, &self.b64, &self.zip, &self.cty]
            .iter()
            .any(|member| member.is_some())
        {
            return false;
        }
        if self.kid.as_ref().is_some_and(|kid| kid.len() > MAX_KID) {
            return false;
        }
        match self.typ.as_deref() {
            None => legacy,
            Some(typ) => {
                let is = |name: &str| typ.eq_ignore_ascii_case(name);
                is("at+jwt") || is("application/at+jwt") || (legacy && is("JWT"))
            }
        }
    }
}
