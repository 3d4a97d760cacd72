mod input;
mod misuse;
#[cfg(test)]
mod tests;
mod text;

use serde::Deserialize;

/// Text, or data, from outside: it goes nowhere until it is checked or escaped, by name.
///
/// It cannot be printed, joined to another text, taken for one, compared with one, or serialised. It leaves by what its
/// next reader needs:
///
/// | where it goes | how |
/// |---|---|
/// | into a type that says what it is | [`parse`](Self::parse), [`parse_with`](Self::parse_with) |
/// | anywhere, once a rule holds | [`validate`](Self::validate) |
/// | a page | [`html`](Self::html) |
/// | a log | [`log`](Self::log) |
/// | a URL | [`url_component`](Self::url_component), [`path_segment`](Self::path_segment) |
/// | a database | [`sql_parameter`](Self::sql_parameter) |
/// | a JSON answer | as it is, where an [`Output`](crate::Output) is expected: see [below](#impl-Output-for-Untrusted%3CT%3E) |
/// | elsewhere, for a reason | [`trust`](Self::trust) |
///
/// As a member of an input it takes the rules of what it holds, and keeping them does not make it trusted: a text of at
/// most 500 characters may still be a script.
///
/// ```
/// use axum::{Json, response::Html};
/// use secure_runtime::{Input, Opaque, Report, Untrusted, secure};
///
/// #[derive(serde::Deserialize)]
/// #[serde(deny_unknown_fields)]
/// struct Profile { bio: Untrusted<String> }
///
/// impl Input for Profile {
///     fn check(&self, report: &mut Report<'_>) {
///         secure_runtime::rules::length::check(&self.bio, None, Some(500), &mut report.at("bio"));
///     }
/// }
///
/// /// How the profile will look.
/// #[secure(post = "/preview", authenticated)]
/// async fn preview(Json(profile): Json<Profile>) -> Opaque<Html<String>> {
///     Opaque(Html(format!("<p>{}</p>", profile.bio.html())))
/// }
/// ```
///
/// What another service answers comes from outside as well. Its texts are taken as such one by one, or all of it at once:
///
/// ```
/// use secure_runtime::Untrusted;
///
/// #[derive(serde::Deserialize)]
/// struct Release { version: u32, notes: String }
///
/// # fn main() -> Result<(), serde_json::Error> {
/// let answer = r#"[{ "version": 7, "notes": "<script>alert(1)</script>" }]"#;
/// let releases: Untrusted<Vec<Release>> = serde_json::from_str(answer)?;
/// for release in releases.items() {
///     let notes: Untrusted = release.map(|release| release.notes);
///     assert_eq!(notes.html(), "&lt;script&gt;alert(1)&lt;&#x2F;script&gt;");
/// }
/// # Ok(())
/// # }
/// ```
///
/// A `format!` without a name does not compile:
///
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let page = format!("<p>{}</p>", bio);
/// ```
///
/// # Security
///
/// It is a reminder that the compiler gives, and no cage. A closure that checks sees the value, and so does whoever
/// deserialises into a plain `String` in the first place. The error of a parser may quote what it could not read.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Untrusted<T = String>(T);

/// While compiling: what cannot refuse anything is no check.
const fn can_refuse<E>() {
    assert!(
        size_of::<Result<(), E>>() > 0,
        "a check whose error cannot exist refuses nothing: give it an error, or say why with `Untrusted::trust`"
    );
}

impl<T> Untrusted<T> {
    /// From here on it is untrusted.
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value as it is, if `rule` holds. It stays as dangerous as the rule allows.
    ///
    /// A rule that cannot refuse, because its error is `Infallible`, does not compile.
    ///
    /// ```
    /// # use secure_runtime::Untrusted;
    /// fn is_slug(text: &String) -> Result<(), &'static str> {
    ///     let fine = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    ///     if fine { Ok(()) } else { Err("must be of lower-case letters and hyphens") }
    /// }
    ///
    /// assert_eq!(Untrusted::new("my-post".to_owned()).validate(is_slug), Ok("my-post".to_owned()));
    /// assert!(Untrusted::new("../etc".to_owned()).validate(is_slug).is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// The rule's.
    pub fn validate<E>(self, rule: impl FnOnce(&T) -> Result<(), E>) -> Result<T, E> {
        const { can_refuse::<E>() };
        rule(&self.0).map(|()| self.0)
    }

    /// What `parser` makes of it: as a rule, a type that can only hold what it should.
    ///
    /// A parser that cannot refuse, because its error is `Infallible`, does not compile.
    ///
    /// # Errors
    ///
    /// The parser's.
    pub fn parse_with<U, E>(self, parser: impl FnOnce(T) -> Result<U, E>) -> Result<U, E> {
        const { can_refuse::<E>() };
        parser(self.0)
    }

    /// The value as it is, unchecked, for the reason `why`. Loud on purpose: search for it.
    ///
    /// The reason is for those who review the code; nothing is done with it.
    pub fn trust(self, why: &'static str) -> T {
        let _ = why;
        self.0
    }

    /// A part of it, or what can be made of it, as untrusted as the whole.
    ///
    /// It takes a function, and not a closure that could carry the value elsewhere.
    pub fn map<U>(self, part: fn(T) -> U) -> Untrusted<U> {
        Untrusted(part(self.0))
    }

    /// The same, borrowed: for checks of a value that stays where it is.
    #[must_use]
    pub const fn by_ref(&self) -> Untrusted<&T> {
        Untrusted(&self.0)
    }
}

impl<T: IntoIterator> Untrusted<T> {
    /// Each item of a list, a map or an `Option`, as untrusted as the whole.
    pub fn items(self) -> impl Iterator<Item = Untrusted<T::Item>> {
        self.0.into_iter().map(Untrusted)
    }
}
