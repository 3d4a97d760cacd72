use crate::Secret;

/// A key in plain text. It is there once, when it is issued: nothing can bring it back afterwards.
///
/// It cannot be printed, serialised, cloned or compared, and is overwritten when it is dropped. Give the client what
/// [`expose`](Self::expose) lends, over TLS, in an answer that nobody keeps.
///
/// ```compile_fail
/// fn log(key: secure_runtime::api_key::ApiKey) {
///     println!("{key:?}");
/// }
/// ```
pub struct ApiKey {
    id: Box<str>,
    text: Secret<String>,
}

impl ApiKey {
    pub(super) fn new(id: Box<str>, text: String) -> Self {
        Self {
            id,
            text: Secret::new(text),
        }
    }

    /// The part that finds the key in the store: no secret, and fit for logs.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The whole key. Loud on purpose: search for it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.text.expose()
    }
}
