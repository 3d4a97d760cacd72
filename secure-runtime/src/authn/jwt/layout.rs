use std::borrow::Cow;

use super::claims::Registered;
use super::presets::{AudienceClaim, ClientSubject, Dialect, Scopes};
use crate::json::{Members, WrongType, read_member, text_member};

/// Where a claim stands: its name, below the names of the objects that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::authn) struct Place(pub(in crate::authn) Vec<String>);

impl Place {
    pub(in crate::authn) fn named(name: impl Into<String>) -> Self {
        Self(vec![name.into()])
    }

    /// The member as it is written, where it is.
    fn find<'t>(&self, claims: &Members<'t>) -> Result<Option<&'t str>, WrongType> {
        let mut names = self.0.iter();
        let mut found = names.next().and_then(|name| claims.get(name));
        for name in names {
            let Some(object) = found else {
                return Ok(None);
            };
            found = Members::of(object).ok_or(WrongType)?.get(name);
        }
        Ok(found)
    }

    /// A text that is not empty.
    pub(in crate::authn) fn text<'t>(&self, claims: &Members<'t>) -> Result<Option<Cow<'t, str>>, WrongType> {
        let text = |value| text_member(value).and_then(|text| if text.is_empty() { Err(WrongType) } else { Ok(text) });
        self.find(claims)?.map(text).transpose()
    }

    /// A list of texts; an absent one is empty.
    pub(in crate::authn) fn list(&self, claims: &Members<'_>) -> Result<Vec<String>, WrongType> {
        self.find(claims)?.map_or(Ok(Vec::new()), read_member)
    }
}

/// Which claims say what.
#[derive(Clone, Debug)]
pub(in crate::authn) struct Layout {
    /// A text, separated by spaces; or, where [`scope_may_be_list`](Self::scope_may_be_list), a list.
    pub(super) scope: Place,
    pub(super) scope_may_be_list: bool,
    /// The first that is there counts.
    pub(super) client_id: Vec<Place>,
    /// How the subject of a client that acts for itself is written.
    pub(super) client_subject: ClientSubject,
    /// `None` for `aud`.
    pub(super) audience: Option<Place>,
    pub(in crate::authn) roles: Place,
    pub(in crate::authn) tenant: Place,
    /// `None` for `jti`.
    pub(super) token_id: Option<Place>,
    pub(super) needs_jti: bool,
    /// Is the client's id always there, and so what lacks it something else?
    pub(super) needs_client: bool,
    /// Claims that must be there with one of these values.
    pub(super) required: &'static [(&'static str, &'static [&'static str])],
}

impl Default for Layout {
    /// As RFC 9068 §2.2 has it; roles and tenant have no claim there.
    fn default() -> Self {
        Self {
            scope: Place::named("scope"),
            scope_may_be_list: false,
            client_id: vec![Place::named("client_id")],
            client_subject: ClientSubject::ClientId,
            audience: None,
            roles: Place::named("roles"),
            tenant: Place::named("tenant"),
            token_id: None,
            needs_jti: false,
            needs_client: false,
            required: &[],
        }
    }
}

impl Layout {
    /// As an issuer writes its tokens.
    pub(super) fn of(dialect: &Dialect) -> Self {
        let (scope, scope_may_be_list) = match dialect.scopes {
            Scopes::Text(name) => (name, false),
            Scopes::List(name) => (name, true),
        };
        Self {
            scope: Place::named(scope),
            scope_may_be_list,
            client_id: dialect
                .client_id_claims
                .iter()
                .map(|name| Place::named(*name))
                .collect(),
            client_subject: dialect.client_subject,
            audience: match dialect.audience_claim {
                AudienceClaim::Audience => None,
                AudienceClaim::ClientId => Some(Place::named("client_id")),
            },
            roles: Place(dialect.roles_path.iter().map(|name| (*name).to_owned()).collect()),
            tenant: dialect.tenant_claim.map_or_else(|| Place(Vec::new()), Place::named),
            token_id: dialect.token_id_claim.map(Place::named),
            needs_jti: dialect.has_jti,
            // All of them name the client in every access token, and some have ID tokens that nothing else tells from it.
            needs_client: true,
            required: dialect.required,
        }
    }

    /// Is there what tells an access token of this issuer from its others?
    pub(super) fn accepts(&self, claims: &Registered<'_>, others: &Members<'_>, client: Option<&str>) -> bool {
        let has = |name: &str, values: &[&str]| {
            let value = others.get(name).and_then(|value| text_member(value).ok());
            value.is_some_and(|value| values.contains(&&*value))
        };
        let told = (claims.jti.is_some() || !self.needs_jti) && (client.is_some() || !self.needs_client);
        told && self.required.iter().all(|(name, values)| has(name, values))
    }

    /// The scopes, separated by spaces.
    pub(super) fn scope<'t>(&self, claims: &Members<'t>) -> Result<Cow<'t, str>, WrongType> {
        match self.scope.find(claims)? {
            None => Ok("".into()),
            Some(list) if self.scope_may_be_list && list.starts_with('[') => {
                let scopes = self.scope.list(claims)?;
                // With a space in it, one entry would count as two scopes.
                if scopes.iter().any(|scope| scope.contains(' ')) {
                    return Err(WrongType);
                }
                Ok(scopes.join(" ").into())
            }
            Some(scopes) => text_member(scopes),
        }
    }

    pub(super) fn token_id<'t>(
        &self,
        claims: &Registered<'t>,
        others: &Members<'t>,
    ) -> Result<Option<Cow<'t, str>>, WrongType> {
        match &self.token_id {
            None => Ok(claims.jti.clone()),
            Some(place) => place.text(others),
        }
    }

    pub(super) fn client_id<'t>(&self, claims: &Members<'t>) -> Result<Option<Cow<'t, str>>, WrongType> {
        for place in &self.client_id {
            if let Some(id) = place.text(claims)? {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// Is this subject the client itself?
    pub(super) fn is_subject_of(&self, client_id: &str, subject: &str) -> bool {
        match self.client_subject {
            ClientSubject::ClientId => subject == client_id,
            ClientSubject::Suffixed(suffix) => subject.strip_suffix(suffix) == Some(client_id),
            // No user has it, so there is nothing of a user's that it could own.
            ClientSubject::Own => false,
        }
    }
}
