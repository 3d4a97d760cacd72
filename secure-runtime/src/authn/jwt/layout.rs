use super::claims::Registered;

/// All claims of a token.
pub(super) type Others = serde_json::Map<String, serde_json::Value>;

/// A claim is there, and is not of the type that it should have.
#[derive(Debug)]
pub(super) struct WrongType;

/// Where a claim stands: its name, below the names of the objects that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place(pub(super) Vec<String>);

impl Place {
    pub(super) fn named(name: impl Into<String>) -> Self {
        Self(vec![name.into()])
    }

    fn find<'c>(&self, claims: &'c Others) -> Result<Option<&'c serde_json::Value>, WrongType> {
        let Some((name, above)) = self.0.split_last() else {
            return Ok(None);
        };
        let mut object = claims;
        for name in above {
            match object.get(name) {
                None => return Ok(None),
                Some(next) => object = next.as_object().ok_or(WrongType)?,
            }
        }
        Ok(object.get(name))
    }

    /// A text that is not empty.
    pub(super) fn text<'c>(&self, claims: &'c Others) -> Result<Option<&'c str>, WrongType> {
        let text = |value: &'c serde_json::Value| value.as_str().filter(|text| !text.is_empty()).ok_or(WrongType);
        self.find(claims)?.map(text).transpose()
    }

    /// A list of texts; an absent one is empty.
    pub(super) fn list<'c>(&self, claims: &'c Others) -> Result<Vec<&'c str>, WrongType> {
        let Some(list) = self.find(claims)? else {
            return Ok(Vec::new());
        };
        let texts = list.as_array().ok_or(WrongType)?.iter();
        texts.map(|text| text.as_str().ok_or(WrongType)).collect()
    }
}

/// Which claims say what, where an issuer does not follow RFC 9068.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// `None` for `scope`, a text (RFC 8693 §4.2).
    pub(super) scope: Option<Place>,
    /// `None` for `client_id`.
    pub(super) client_id: Option<Place>,
    /// `None` for `aud`.
    pub(super) audience: Option<Place>,
    pub(super) roles: Place,
    pub(super) tenant: Place,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            scope: None,
            client_id: None,
            audience: None,
            roles: Place::named("roles"),
            tenant: Place::named("tenant"),
        }
    }
}

impl Layout {
    /// The scopes, separated by spaces. Where they stand elsewhere, they may also be a list.
    pub(super) fn scope(&self, claims: &Registered<'_>, others: &Others) -> Result<Box<str>, WrongType> {
        let Some(place) = &self.scope else {
            return Ok(claims.scope.as_deref().unwrap_or("").into());
        };
        match place.find(others)? {
            None => Ok("".into()),
            Some(serde_json::Value::String(scopes)) => Ok(scopes.as_str().into()),
            Some(_) => {
                let scopes = place.list(others)?;
                // With a space in it, one entry would count as two scopes.
                if scopes.iter().any(|scope| scope.contains(' ')) {
                    return Err(WrongType);
                }
                Ok(scopes.join(" ").into())
            }
        }
    }

    pub(super) fn client_id(&self, claims: &Registered<'_>, others: &Others) -> Result<Option<Box<str>>, WrongType> {
        match &self.client_id {
            None => Ok(claims.client_id.as_deref().map(Into::into)),
            Some(place) => Ok(place.text(others)?.map(Into::into)),
        }
    }
}
