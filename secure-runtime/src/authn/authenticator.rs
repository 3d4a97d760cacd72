use super::api_key::ApiKeys;
#[cfg(feature = "mtls")]
use super::certificate::ClientCertificates;
use super::jwt::Jwt;
#[cfg(feature = "oauth")]
use super::remote::Introspection;

/// A way in which callers prove who they are, for [`Security::builder`](crate::Security::builder) and
/// [`SecurityBuilder::accept`](crate::SecurityBuilder::accept): a [`Jwt`], [`ApiKeys`],
/// an `Introspection`, or `ClientCertificates`.
///
/// A `Principal` is made by the verifiers of this crate alone, so there is nothing to implement.
#[derive(Debug)]
pub struct Authenticator(pub(super) Way);

#[derive(Debug)]
pub(super) enum Way {
    Jwt(Box<Jwt>),
    ApiKeys(Box<ApiKeys>),
    #[cfg(feature = "oauth")]
    Introspection(Box<Introspection>),
    #[cfg(feature = "mtls")]
    Certificates(Box<ClientCertificates>),
}

/// What can stand in [`Security::builder`](crate::Security::builder). It is sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how callers prove who they are",
    label = "not a way in",
    note = "help: write `Jwt::issuer(\"https://id.example.com\").audience(\"https://api.example.com\").key(…)`",
    note = "see [S017] in the book's error index"
)]
pub trait IntoAuthenticator: sealed::Sealed {
    /// The way in.
    fn into_authenticator(self) -> Authenticator;
}

mod sealed {
    /// No way in comes from outside.
    pub trait Sealed {}
    impl Sealed for super::Authenticator {}
    impl Sealed for super::Jwt {}
    impl Sealed for super::ApiKeys {}
    #[cfg(feature = "oauth")]
    impl Sealed for super::Introspection {}
    #[cfg(feature = "mtls")]
    impl Sealed for super::ClientCertificates {}
}

impl IntoAuthenticator for Authenticator {
    fn into_authenticator(self) -> Self {
        self
    }
}

impl IntoAuthenticator for Jwt {
    fn into_authenticator(self) -> Authenticator {
        Authenticator(Way::Jwt(Box::new(self)))
    }
}

impl IntoAuthenticator for ApiKeys {
    fn into_authenticator(self) -> Authenticator {
        Authenticator(Way::ApiKeys(Box::new(self)))
    }
}

#[cfg(feature = "oauth")]
impl IntoAuthenticator for Introspection {
    fn into_authenticator(self) -> Authenticator {
        Authenticator(Way::Introspection(Box::new(self)))
    }
}

#[cfg(feature = "mtls")]
impl IntoAuthenticator for ClientCertificates {
    fn into_authenticator(self) -> Authenticator {
        Authenticator(Way::Certificates(Box::new(self)))
    }
}
