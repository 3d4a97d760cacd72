//! What is known of the access tokens of well-known issuers, from the documentation that each table names.
//!
//! These are facts of others and may change with them. What is not written here is not known, and the strict default holds.

/// Issuers whose access tokens do not follow RFC 9068, or that add claims to it. See [`Jwt::preset`](super::Jwt::preset); the
/// book says of each what the issuer has to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Preset {
    /// Keycloak, `https://{host}/realms/{realm}`: roles from `realm_access.roles`, the client from `azp`.
    Keycloak,
    /// Auth0 with its own profile, `https://{domain}/`: the client from `azp`, no `jti`.
    Auth0,
    /// Auth0 with the profile of RFC 9068, `https://{domain}/`.
    Auth0Rfc9068,
    /// Microsoft Entra ID, tokens of version 2.0, `https://login.microsoftonline.com/{tenant id}/v2.0`: scopes from `scp`, the
    /// client from `azp`, the tenant from `tid`.
    EntraId,
    /// Amazon Cognito, `https://cognito-idp.{region}.amazonaws.com/{user pool id}`: roles from `cognito:groups`.
    ///
    /// # Security
    ///
    /// Its access tokens have no `aud`. The audience is compared with `client_id`: name the app client, and keep in mind that
    /// such a token is good at every API that takes this client's tokens.
    Cognito,
    /// Okta, a custom authorization server, `https://{domain}/oauth2/{server id}`: scopes from `scp`, the client from `cid`.
    Okta,
}

impl Preset {
    pub(super) const fn dialect(self) -> &'static Dialect {
        match self {
            Self::Keycloak => &KEYCLOAK,
            Self::Auth0 => &AUTH0,
            Self::Auth0Rfc9068 => &AUTH0_RFC9068,
            Self::EntraId => &ENTRA_ID,
            Self::Cognito => &COGNITO,
            Self::Okta => &OKTA,
        }
    }
}

/// How one issuer writes its access tokens, where that is not as RFC 9068 has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) profile: Profile,
    /// Where the scopes are, and how they are written there.
    pub(crate) scopes: Scopes,
    /// The members that lead to the array of roles, outermost first. Empty if there is none by default.
    pub(crate) roles_path: &'static [&'static str],
    /// Where the client's id may be. The first that is present counts.
    pub(crate) client_id_claims: &'static [&'static str],
    pub(crate) tenant_claim: Option<&'static str>,
    /// What is compared with our audience.
    pub(crate) audience_claim: AudienceClaim,
    /// Which claim stands for `jti`, if another does.
    pub(crate) token_id_claim: Option<&'static str>,
    /// Is `jti` always there?
    pub(crate) has_jti: bool,
    /// Claims that must be there with one of these values, to tell access tokens from others of the issuer.
    pub(crate) required: &'static [(&'static str, &'static [&'static str])],
    /// How the subject of a client that acts for itself is written.
    pub(crate) client_subject: ClientSubject,
}

/// What the header says of the kind of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// `typ` is `at+jwt` (RFC 9068 §2.1).
    Rfc9068,
    /// `typ` is `JWT` or absent.
    Legacy,
}

/// Which claim has the scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scopes {
    /// One text, separated by spaces (RFC 8693 §4.2).
    Text(&'static str),
    /// An array of texts.
    List(&'static str),
}

/// Which claim says for whom a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AudienceClaim {
    /// `aud`.
    Audience,
    /// There is no `aud`: the client that the token was issued to stands for it. Such a token is good at every API that
    /// takes this client's tokens.
    ClientId,
}

/// What `sub` is where no user takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClientSubject {
    /// The client's id (RFC 9068 §2.2).
    ClientId,
    /// The client's id with this behind it.
    Suffixed(&'static str),
    /// An identifier of its own, that no user has. Comparing it with the client's id does not show that it is a client.
    Own,
}

/// Keycloak. The issuer is `https://{host}/realms/{realm}`, without a slash at the end.
///
/// | fact | source |
/// |---|---|
/// | `realm_access.roles`, `resource_access.{client}.roles` | <https://www.keycloak.org/docs-api/latest/javadocs/org/keycloak/representations/AccessToken.html> |
/// | `azp`, `jti`, `iat`, `scope` as text; a service account has a user, and its subject, of its own | tokens as it issues them |
/// | up to version 24, and later with the mapper "Nonce backwards compatible", access tokens have `nonce` | <https://www.keycloak.org/docs/latest/upgrading/>, "Migrating to 25.0.0" |
///
/// `aud` names an API only if an audience mapper puts it there; by default it is `account`, or absent. Tokens with `nonce`
/// are refused as ID tokens.
pub(crate) const KEYCLOAK: Dialect = Dialect {
    profile: Profile::Legacy,
    scopes: Scopes::Text("scope"),
    roles_path: &["realm_access", "roles"],
    client_id_claims: &["azp"],
    tenant_claim: None,
    audience_claim: AudienceClaim::Audience,
    token_id_claim: None,
    has_jti: true,
    required: &[("typ", &["Bearer", "DPoP"])],
    client_subject: ClientSubject::Own,
};

/// Auth0, with its own profile, which is the default of its APIs. The issuer is `https://{domain}/`, with the slash.
///
/// | fact | source |
/// |---|---|
/// | `typ` is `JWT`; `azp`; no `jti`; a client's subject is `{client id}@clients` | <https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles> |
///
/// `aud` is an array where `openid` was asked for. With RBAC there is `permissions`, an array; roles have no claim by default.
pub(crate) const AUTH0: Dialect = Dialect {
    profile: Profile::Legacy,
    scopes: Scopes::Text("scope"),
    roles_path: &[],
    client_id_claims: &["azp"],
    tenant_claim: None,
    audience_claim: AudienceClaim::Audience,
    token_id_claim: None,
    has_jti: false,
    required: &[],
    client_subject: ClientSubject::Suffixed("@clients"),
};

/// Auth0, where the API has the profile of RFC 9068. Source and issuer as for [`AUTH0`].
pub(crate) const AUTH0_RFC9068: Dialect = Dialect {
    profile: Profile::Rfc9068,
    client_id_claims: &["client_id"],
    has_jti: true,
    ..AUTH0
};

/// Microsoft Entra ID, tokens of version 2.0. The issuer is `https://login.microsoftonline.com/{tenant id}/v2.0`.
///
/// | fact | source |
/// |---|---|
/// | `typ` is always `JWT`; `scp` is a text; `roles`; `azp` (`appid` is of version 1.0); `tid`; `uti` in place of `jti` | <https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference> |
///
/// The API must ask for version 2.0 (`accessTokenAcceptedVersion`): tokens of version 1.0 have another issuer. A client that
/// acts for itself has `roles` and no `scp`, and its subject is not its id. The metadata of `common` and `organizations`
/// names no one issuer, and is refused.
pub(crate) const ENTRA_ID: Dialect = Dialect {
    profile: Profile::Legacy,
    scopes: Scopes::Text("scp"),
    roles_path: &["roles"],
    client_id_claims: &["azp"],
    tenant_claim: Some("tid"),
    audience_claim: AudienceClaim::Audience,
    token_id_claim: Some("uti"),
    has_jti: false,
    required: &[("ver", &["2.0"])],
    client_subject: ClientSubject::Own,
};

/// Amazon Cognito. The issuer is `https://cognito-idp.{region}.amazonaws.com/{user pool id}`.
///
/// | fact | source |
/// |---|---|
/// | the header has `kid` and `alg` only; `token_use` is `access`; `client_id`, `cognito:groups`, `scope` as text, `jti`, `iat` | <https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html> |
/// | what to check: `client_id` of access tokens where ID tokens have `aud`, and `token_use` | <https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html> |
pub(crate) const COGNITO: Dialect = Dialect {
    profile: Profile::Legacy,
    scopes: Scopes::Text("scope"),
    roles_path: &["cognito:groups"],
    client_id_claims: &["client_id"],
    tenant_claim: None,
    audience_claim: AudienceClaim::ClientId,
    token_id_claim: None,
    has_jti: true,
    required: &[("token_use", &["access"])],
    client_subject: ClientSubject::ClientId,
};

/// Okta, a custom authorization server. The issuer is `https://{domain}/oauth2/{server id}`, as `…/oauth2/default`. Tokens of
/// the organisation's own server (`https://{domain}`) are for Okta itself.
///
/// | fact | source |
/// |---|---|
/// | `scp` is an array; `cid`; `uid` for users; `jti`, `iat`, `aud` | <https://developer.okta.com/docs/reference/api/oidc/#access-token-payload> |
///
/// A user's `sub` is the name for signing in, which may change; `uid` stays. Groups have a claim only if the server is told so.
pub(crate) const OKTA: Dialect = Dialect {
    profile: Profile::Legacy,
    scopes: Scopes::List("scp"),
    roles_path: &[],
    client_id_claims: &["cid"],
    tenant_claim: None,
    audience_claim: AudienceClaim::Audience,
    token_id_claim: None,
    has_jti: true,
    required: &[],
    client_subject: ClientSubject::ClientId,
};

// Google has no dialect. Its access tokens are opaque and it has no endpoint of RFC 7662; what it signs are ID tokens
// (https://developers.google.com/identity/openid-connect/openid-connect), and those are never access tokens.

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Dialect; 6] = [KEYCLOAK, AUTH0, AUTH0_RFC9068, ENTRA_ID, COGNITO, OKTA];

    #[test]
    fn j8_what_says_not_what_it_is_says_so_by_a_claim_or_for_whom_it_is() {
        for dialect in ALL {
            let is_told = dialect.profile == Profile::Rfc9068 || !dialect.required.is_empty();
            assert!(
                is_told || dialect.audience_claim == AudienceClaim::Audience,
                "{dialect:?}"
            );
        }
    }

    #[test]
    fn j15_each_names_its_client() {
        for dialect in ALL {
            assert!(!dialect.client_id_claims.is_empty(), "{dialect:?}");
            let by_client = dialect.audience_claim == AudienceClaim::ClientId;
            assert!(!by_client || dialect == COGNITO, "{dialect:?}");
        }
    }
}
