use std::fmt;

use axum::http::HeaderValue;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use form_urlencoded::{Serializer, byte_serialize};
use zeroize::Zeroizing;

use crate::Secret;
use crate::authn::credential::is_token68;

/// How we show the introspection endpoint who we are (RFC 7662 §2.1, RFC 6749 §2.3.1). Its secret is overwritten when it is
/// dropped, and `Debug` does not show it.
pub struct ClientAuthentication(Kind);

enum Kind {
    Basic(String, Secret<String>),
    Post(String, Secret<String>),
    Bearer(Secret<String>),
}

impl ClientAuthentication {
    /// `client_secret_basic`: in the `Authorization` header. What most servers take, and every one should (RFC 6749
    /// §2.3.1).
    #[must_use]
    pub fn basic(client_id: impl Into<String>, secret: Secret<String>) -> Self {
        Self(Kind::Basic(client_id.into(), secret))
    }

    /// `client_secret_post`: in the form. For servers that take nothing else.
    #[must_use]
    pub fn post(client_id: impl Into<String>, secret: Secret<String>) -> Self {
        Self(Kind::Post(client_id.into(), secret))
    }

    /// An access token of our own (RFC 6750).
    #[must_use]
    pub fn bearer(token: Secret<String>) -> Self {
        Self(Kind::Bearer(token))
    }

    /// Is there something to show, that a server could read?
    pub(super) fn is_sound(&self) -> bool {
        match &self.0 {
            Kind::Basic(id, secret) | Kind::Post(id, secret) => !id.is_empty() && !secret.expose().is_empty(),
            Kind::Bearer(token) => is_token68(token.expose()),
        }
    }

    /// The `Authorization` header, if it takes one.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        let text = match &self.0 {
            Kind::Post(..) => return None,
            Kind::Bearer(token) => Zeroizing::new(format!("Bearer {}", token.expose())),
            Kind::Basic(id, secret) => {
                // Each of the two is encoded as in a form, so that a colon within is none between (RFC 6749 §2.3.1).
                let encoded = |text: &str| Zeroizing::new(byte_serialize(text.as_bytes()).collect::<String>());
                let both = Zeroizing::new(format!("{}:{}", *encoded(id), *encoded(secret.expose())));
                Zeroizing::new(format!("Basic {}", *Zeroizing::new(STANDARD.encode(both.as_bytes()))))
            }
        };
        let mut value = HeaderValue::try_from(text.as_str()).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// The form of a request about this token.
    pub(super) fn form(&self, token: &str) -> String {
        let mut form = Serializer::new(String::new());
        form.append_pair("token", token);
        form.append_pair("token_type_hint", "access_token");
        if let Kind::Post(id, secret) = &self.0 {
            form.append_pair("client_id", id);
            form.append_pair("client_secret", secret.expose());
        }
        form.finish()
    }
}

impl fmt::Debug for ClientAuthentication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Kind::Basic(..) => "ClientAuthentication::basic(…)",
            Kind::Post(..) => "ClientAuthentication::post(…)",
            Kind::Bearer(..) => "ClientAuthentication::bearer(…)",
        })
    }
}
