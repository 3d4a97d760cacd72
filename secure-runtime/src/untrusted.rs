use std::borrow::Cow;
use std::str::FromStr;

use html_escape::encode_safe;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serializer};

use crate::rules::{Inner, Length, Text};
use crate::{Input, Node, Output, Report, Viewer};

/// So many characters of a value go into a log, escapes included.
const MAX_LOG: usize = 1024;

/// Everything but the unreserved characters of RFC 3986 §2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Letters and signs that look like nothing: what Unicode calls ignorable and the standard library prints as it is, and
/// the blank of Braille.
const BLANK: [char; 5] = ['\u{115f}', '\u{1160}', '\u{3164}', '\u{ffa0}', '\u{2800}'];

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
/// | a JSON answer | as it is, where an [`Output`] is expected: see [below](#impl-Output-for-Untrusted%3CT%3E) |
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

impl<T: AsRef<str>> Untrusted<T> {
    /// The text as a value of another type: a number, a date, a type of your own.
    ///
    /// A type that any text is one of (`String`, `PathBuf`) does not compile.
    ///
    /// # Errors
    ///
    /// The type's.
    pub fn parse<P: FromStr>(&self) -> Result<P, P::Err> {
        const { can_refuse::<P::Err>() };
        self.0.as_ref().parse()
    }

    /// Escaped for HTML: for the content of an element, or the value of an attribute in quotes.
    ///
    /// It is the text then, and nothing else. It is not for attributes without quotes, nor for what the browser reads in
    /// another language: `script`, `style`, comments, event handlers (`onclick`), `srcdoc`, and attributes that hold a URL,
    /// where `javascript:` needs no special character. Around a text that may turn the direction of writing, put `<bdi>`.
    #[must_use]
    pub fn html(&self) -> String {
        encode_safe(&self.0).into_owned()
    }

    /// Escaped for a log: one line of at most 1024 characters, in which everything can be seen.
    ///
    /// Control characters (new lines, the escape that terminals obey), what turns the direction of writing, what is
    /// invisible and marks that combine with the character before them are written as Rust writes them (`\n`,
    /// `\u{202e}`), as are quotes and the backslash: within quotes, the value cannot end them. What is too long ends with
    /// `…`. A viewer that shows logs as HTML has to escape them itself.
    #[must_use]
    pub fn log(&self) -> String {
        let mut line = String::new();
        let mut room = MAX_LOG;
        // Up to here, an ellipsis fits as well.
        let mut end = 0;
        for c in self.0.as_ref().chars() {
            let start = line.len();
            if BLANK.contains(&c) {
                line.extend(c.escape_unicode());
            } else {
                line.extend(c.escape_debug());
            }
            let Some(left) = room.checked_sub(line[start..].chars().count()) else {
                line.truncate(end);
                line.push('…');
                break;
            };
            room = left;
            if room > 0 {
                end = line.len();
            }
        }
        line
    }

    /// Percent-encoded, but for the unreserved characters of RFC 3986 §2.3: for a name or a value in a query.
    ///
    /// It is not for a segment of a path, where `..` means something and has no escape: that is
    /// [`path_segment`](Self::path_segment). Neither is it for a scheme, a host or a port, where the very letters decide:
    /// compare those with the ones that are allowed.
    #[must_use]
    pub fn url_component(&self) -> String {
        utf8_percent_encode(self.0.as_ref(), RESERVED).to_string()
    }

    /// The same for one whole segment of a path; `None` where the text cannot be one.
    ///
    /// These are the empty text, and `.` and `..`, which lead elsewhere (RFC 3986 §5.2.4) even when they are
    /// percent-encoded: `%2e%2e` is the same as `..` (its §6.2.2.2).
    #[must_use]
    pub fn path_segment(&self) -> Option<String> {
        let text = self.0.as_ref();
        (!matches!(text, "" | "." | "..")).then(|| self.url_component())
    }

    /// The text itself, for a bound parameter of a statement (`WHERE name = ?`), and nothing else.
    ///
    /// Put into the text of a statement it is the attack that it always was. In a pattern for `LIKE`, its `%` and `_` are
    /// wildcards, bound or not.
    #[must_use]
    pub fn sql_parameter(&self) -> &str {
        self.0.as_ref()
    }

    /// How many characters (Unicode scalar values) it has.
    #[must_use]
    pub fn char_count(&self) -> usize {
        self.0.as_ref().chars().count()
    }

    /// Has it none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.as_ref().is_empty()
    }
}

impl<T: Input> Input for Untrusted<T> {
    fn check(&self, report: &mut Report<'_>) {
        self.0.check(report);
    }

    fn inspect(node: &Node<'_>, report: &mut Report<'_>) {
        T::inspect(node, report);
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
}

/// JSON has one escape for everything, and the serializer applies it always: as an `application/json` answer, whatever the
/// value holds is data.
///
/// That ends where the JSON does: in a page's `<script>`, in HTML, in a log, it is to be escaped for those. What the client
/// makes of the value is the client's to escape.
impl<T: Output> Output for Untrusted<T> {
    #[inline]
    fn show<S: Serializer>(&self, viewer: &Viewer, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.show(viewer, serializer)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }
}

/// That of what it holds, under the same name: whether the value is trusted is no matter of the client's.
impl<T: JsonSchema> JsonSchema for Untrusted<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<T: Text> Text for Untrusted<T> {
    fn text(&self) -> Option<&str> {
        self.0.text()
    }
}

impl<T: Length> Length for Untrusted<T> {
    fn within(&self, bounds: (usize, usize)) -> Result<(), garde::Error> {
        self.0.within(bounds)
    }
}

impl<T: Inner> Inner for Untrusted<T> {
    type Item = T::Item;

    fn each(&self, report: &mut Report<'_>, rules: impl FnMut(&T::Item, &mut Report<'_>)) {
        self.0.each(report, rules);
    }
}

/// What does not compile, each after the same that does.
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = format!("{}", bio.html());
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = format!("{}", bio);
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = format!("{:?}", bio.log());
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = format!("{:?}", bio);
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = "<p>".to_owned() + &bio.html();
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = "<p>".to_owned() + &bio;
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = bio.html() + "</p>";
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = bio + "</p>";
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let mut page = String::new();
/// page.push_str(&bio.html());
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let mut page = String::new();
/// page.push_str(&bio);
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = ["<p>", &bio.html()].concat();
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = ["<p>", &bio].concat();
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = &*bio.html();
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = &*bio;
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// fn query(_: &str) {}
/// query(bio.sql_parameter());
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// fn query(_: &str) {}
/// query(&bio);
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// fn open(_: impl AsRef<std::path::Path>) {}
/// open(bio.trust("a doctest"));
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// fn open(_: impl AsRef<std::path::Path>) {}
/// open(bio);
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = bio.log().to_string();
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = bio.to_string();
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _: String = bio.log().into();
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _: String = bio.into();
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = bio.log() == "admin";
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = bio == "admin";
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = serde_json::to_string(&bio.html());
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = serde_json::to_string(&bio);
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = format!("{:?}", bio.map(|text| vec![text]).items().count());
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = format!("{:?}", bio.map(|text| vec![text]).items());
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let prefix = "a".to_owned();
/// let _ = bio.parse_with(move |text| if text == prefix { Ok(text) } else { Err(()) });
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let prefix = "a".to_owned();
/// let _ = bio.map(move |text| if text == prefix { Ok(text) } else { Err(()) });
/// ```
///
/// Nothing that any text passes is a check:
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = bio.parse::<u32>();
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = bio.parse::<String>();
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = bio.parse_with(Ok::<_, ()>);
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = bio.parse_with(Ok::<_, std::convert::Infallible>);
/// ```
///
/// ```
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = bio.validate(|_| Ok::<_, ()>(()));
/// ```
/// ```compile_fail
/// # let bio = secure_runtime::Untrusted::new("<script>".to_owned());
/// let _ = bio.validate(|_| Ok::<_, std::convert::Infallible>(()));
/// ```
#[cfg(doctest)]
mod misuse {}

#[cfg(test)]
mod tests {
    use std::borrow::{Borrow, Cow};
    use std::collections::BTreeMap;
    use std::fmt::{Debug, Display, Write};
    use std::ops::{Add, AddAssign, Deref, DerefMut, Index};
    use std::path::Path;

    use axum::response::IntoResponse;
    use html_escape::decode_html_entities;
    use percent_encoding::percent_decode_str;
    use schemars::{JsonSchema, SchemaGenerator};
    use serde::{Deserialize, Serialize};
    use serde_json::json;

    use super::{MAX_LOG, Untrusted};
    use crate::rules::{self, Length as _, Text as _};
    use crate::secret::tests::{lacks, places, wrong_with};
    use crate::{Input, Output, Report, Shown, Viewer};

    lacks!(Untrusted: Debug Display Write ToString Serialize Deref DerefMut AsRef<str> AsRef<[u8]> AsRef<String>
        AsRef<Path> AsRef<std::ffi::OsStr> AsMut<String> AsMut<str> Borrow<str> Borrow<String> PartialEq PartialEq<str>
        PartialEq<String> PartialEq<&'static str> PartialOrd std::hash::Hash Into<String> Into<Box<str>> Into<Vec<u8>>
        Into<Cow<'static, str>> Into<Box<dyn std::error::Error>> Into<axum::body::Body> Add<&'static str> AddAssign<&'static str>
        Index<std::ops::RangeFull> IntoIterator Iterator std::net::ToSocketAddrs IntoResponse crate::Answer crate::Identifier
        std::error::Error regex::Replacer);

    /// Each character that there is.
    fn every_char() -> impl Iterator<Item = char> {
        '\0'..=char::MAX
    }

    #[test]
    fn html_holds_text_only() {
        let cases = [
            (
                "<script>alert(1)</script>",
                "&lt;script&gt;alert(1)&lt;&#x2F;script&gt;",
            ),
            ("\" onmouseover=alert(1) x=\"", "&quot; onmouseover=alert(1) x=&quot;"),
            ("' onfocus='alert(1)", "&#x27; onfocus=&#x27;alert(1)"),
            ("&lt;script&gt;", "&amp;lt;script&amp;gt;"),
            ("--><!--", "--&gt;&lt;!--"),
            ("]]>", "]]&gt;"),
            ("<scr\0ipt>", "&lt;scr\0ipt&gt;"),
            ("a &amp b", "a &amp;amp b"),
            ("Zoë 漢字 🦀", "Zoë 漢字 🦀"),
            ("", ""),
        ];
        for (attack, escaped) in cases {
            assert_eq!(Untrusted::new(attack).html(), escaped, "{attack:?}");
        }
        let all: String = every_char().collect();
        let escaped = Untrusted::new(all.as_str()).html();
        assert!(!escaped.contains(['<', '>', '"', '\'', '/']));
        assert_eq!(decode_html_entities(&escaped), all);
        for c in every_char() {
            let escaped = Untrusted::new(c.to_string()).html();
            let is_plain = escaped == c.to_string();
            assert_eq!(is_plain, !matches!(c, '&' | '<' | '>' | '"' | '\'' | '/'), "{c:?}");
        }
    }

    #[test]
    fn a_log_has_one_line_in_which_everything_is_seen() {
        let cases = [
            (
                "x\r\n2026-01-01 INFO admin logged in",
                "x\\r\\n2026-01-01 INFO admin logged in",
            ),
            ("x\\n", "x\\\\n"),
            ("\u{1b}[2J\u{1b}]0;owned\u{7}", "\\u{1b}[2J\\u{1b}]0;owned\\u{7}"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("user\u{202e}nimda\u{202c}", "user\\u{202e}nimda\\u{202c}"),
            ("\u{2066}a\u{2069}", "\\u{2066}a\\u{2069}"),
            ("ad\u{200b}min\u{feff}", "ad\\u{200b}min\\u{feff}"),
            (
                "a\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f",
                "a\\u{2028}b\\u{2029}c\\u{85}d\\u{b}e\\u{c}f",
            ),
            ("a\tb\0c\u{8}\u{7f}", "a\\tb\\0c\\u{8}\\u{7f}"),
            ("\" role=\"admin", "\\\" role=\\\"admin"),
            ("' or", "\\' or"),
            (
                "a\u{3164}b\u{2800}c\u{a0}d\u{3000}e",
                "a\\u{3164}b\\u{2800}c\\u{a0}d\\u{3000}e",
            ),
            ("n\u{303}o", "n\\u{303}o"),
            ("Zoë 漢字 🦀 <b>%00", "Zoë 漢字 🦀 <b>%00"),
            ("", ""),
        ];
        for (attack, escaped) in cases {
            assert_eq!(Untrusted::new(attack).log(), escaped, "{attack:?}");
        }
    }

    #[test]
    fn nothing_that_hides_gets_into_a_log() {
        // Bidi_Control of Unicode, and Default_Ignorable_Code_Point.
        let bidi = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
        let ignorable = [
            '\u{ad}'..='\u{ad}',
            '\u{34f}'..='\u{34f}',
            '\u{61c}'..='\u{61c}',
            '\u{115f}'..='\u{1160}',
            '\u{17b4}'..='\u{17b5}',
            '\u{180b}'..='\u{180f}',
            '\u{200b}'..='\u{200f}',
            '\u{202a}'..='\u{202e}',
            '\u{2060}'..='\u{206f}',
            '\u{3164}'..='\u{3164}',
            '\u{fe00}'..='\u{fe0f}',
            '\u{feff}'..='\u{feff}',
            '\u{ffa0}'..='\u{ffa0}',
            '\u{fff0}'..='\u{fff8}',
            '\u{1bca0}'..='\u{1bca3}',
            '\u{1d173}'..='\u{1d17a}',
            '\u{e0000}'..='\u{e0fff}',
        ];
        let hidden = bidi
            .chars()
            .chain(ignorable.into_iter().flatten())
            .chain("\u{2800}".chars());
        let other = every_char().filter(|c| c.is_control() || c.is_whitespace() && *c != ' ');
        for c in hidden.chain(other) {
            let line = Untrusted::new(format!("a{c}b")).log();
            assert!(line.is_ascii() && !line.contains(c) && line.contains('\\'), "{c:?}");
        }
    }

    #[test]
    fn a_log_stays_short() {
        let of = |text: String| Untrusted::new(text).log();
        assert_eq!(of("x".repeat(MAX_LOG)), "x".repeat(MAX_LOG));
        assert_eq!(of("x".repeat(MAX_LOG + 1)), "x".repeat(MAX_LOG - 1) + "…");
        assert_eq!(of("ü".repeat(1 << 20)), "ü".repeat(MAX_LOG - 1) + "…");
        // No escape is cut in two.
        assert_eq!(of("\n".repeat(MAX_LOG / 2)), "\\n".repeat(MAX_LOG / 2));
        assert_eq!(of("\n".repeat(MAX_LOG / 2 + 1)), "\\n".repeat(MAX_LOG / 2 - 1) + "…");
        assert_eq!(of("x".repeat(MAX_LOG - 1) + "\u{202e}"), "x".repeat(MAX_LOG - 1) + "…");
        assert_eq!(
            of("x".repeat(MAX_LOG - 8) + "\u{202e}"),
            "x".repeat(MAX_LOG - 8) + "\\u{202e}"
        );
        assert_eq!(of("x".repeat(MAX_LOG) + "\r\n"), "x".repeat(MAX_LOG - 1) + "…");
        for size in MAX_LOG - 12..MAX_LOG + 2 {
            for tail in ["\n", "\u{e0001}", "\"", "\u{3164}", "a\u{202e}b"] {
                assert!(
                    of("x".repeat(size) + tail).chars().count() <= MAX_LOG,
                    "{size} {tail:?}"
                );
            }
        }
    }

    #[test]
    fn a_url_component_is_one() {
        let cases = [
            ("../../etc/passwd", "..%2F..%2Fetc%2Fpasswd"),
            ("%00", "%2500"),
            ("\0", "%00"),
            ("%2e%2e%2f", "%252e%252e%252f"),
            ("a b+c", "a%20b%2Bc"),
            ("x&admin=1#top?;=", "x%26admin%3D1%23top%3F%3B%3D"),
            ("\r\nHost: evil", "%0D%0AHost%3A%20evil"),
            ("https://evil.example/@a", "https%3A%2F%2Fevil.example%2F%40a"),
            ("javascript:alert(1)", "javascript%3Aalert%281%29"),
            ("\\..\\", "%5C..%5C"),
            ("ü\u{202e}", "%C3%BC%E2%80%AE"),
            ("<script>'\"", "%3Cscript%3E%27%22"),
            ("AZaz09-._~", "AZaz09-._~"),
            ("", ""),
        ];
        for (attack, escaped) in cases {
            assert_eq!(Untrusted::new(attack).url_component(), escaped, "{attack:?}");
        }
        for c in every_char() {
            let escaped = Untrusted::new(c.to_string()).url_component();
            let is_unreserved = c.is_ascii_alphanumeric() || "-._~".contains(c);
            assert_eq!(escaped == c.to_string(), is_unreserved, "{c:?}");
            assert!(
                escaped
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)),
                "{c:?}"
            );
            assert_eq!(percent_decode_str(&escaped).decode_utf8().unwrap(), c.to_string());
        }
    }

    #[test]
    fn a_path_segment_leads_nowhere_else() {
        for nothing in ["", ".", ".."] {
            assert_eq!(Untrusted::new(nothing).path_segment(), None, "{nothing:?}");
        }
        for (text, segment) in [
            ("...", "..."),
            ("../", "..%2F"),
            (".a", ".a"),
            ("%2e%2e", "%252e%252e"),
            (". ", ".%20"),
        ] {
            assert_eq!(
                Untrusted::new(text).path_segment().as_deref(),
                Some(segment),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_bound_parameter_is_the_text() {
        let attack = "'; DROP TABLE users; --";
        assert_eq!(Untrusted::new(attack.to_owned()).sql_parameter(), attack);
    }

    #[test]
    fn checks_let_through_what_they_say() {
        let short = |text: &String| if text.len() < 4 { Ok(()) } else { Err("long") };
        assert_eq!(Untrusted::new("abc".to_owned()).validate(short), Ok("abc".to_owned()));
        assert_eq!(Untrusted::new("abcd".to_owned()).validate(short), Err("long"));
        assert_eq!(Untrusted::new("7").parse::<u8>(), Ok(7));
        assert!(Untrusted::new("7; --").parse::<u8>().is_err());
        assert!(Untrusted::new("7").parse_with(str::parse::<u8>).is_ok());
        assert!(Untrusted::new(300u32).parse_with(u8::try_from).is_err());
        assert_eq!(Untrusted::new("as it is").trust("a test"), "as it is");

        let text = Untrusted::new("äb".to_owned());
        assert_eq!((text.char_count(), text.is_empty()), (2, false));
        assert!(Untrusted::new(Cow::Borrowed("")).is_empty());
        assert!(
            text.by_ref()
                .parse_with(|text| if text == "äb" { Ok(()) } else { Err(()) })
                .is_ok()
        );
        assert_eq!(text.by_ref().html(), text.clone().html());
    }

    #[test]
    fn parts_are_untrusted_as_well() {
        #[derive(Deserialize)]
        struct Item {
            name: String,
            note: Option<String>,
        }
        let answer = r#"[{ "name": "<a>", "note": "<b>" }, { "name": "c", "note": null }]"#;
        let items: Untrusted<Vec<Item>> = serde_json::from_str(answer).unwrap();
        let mut seen = Vec::new();
        for item in items.by_ref().items() {
            let name: Untrusted<&String> = item.by_ref().map(|item| &item.name);
            seen.push(name.html());
            let note: Option<Untrusted<&String>> = item.map(|item| &item.note).items().next();
            seen.extend(note.map(|note| note.html()));
        }
        assert_eq!(seen, ["&lt;a&gt;", "&lt;b&gt;", "c"]);
        assert_eq!(items.items().count(), 2);
        let pairs: Vec<(String, Untrusted<String>)> = serde_urlencoded::from_str("bio=%3Cb%3E").unwrap();
        assert_eq!(pairs[0].1.html(), "&lt;b&gt;");
        assert!(serde_json::from_str::<Untrusted>("7").is_err());
    }

    #[test]
    fn it_takes_the_rules_of_what_it_holds() {
        let text = Untrusted::new("hü".to_owned());
        assert_eq!(text.text(), Some("hü"));
        assert!(text.within((2, 2)).is_ok());
        assert!(text.within((3, 9)).is_err());
        assert!(text.within((0, 1)).is_err());
        assert!(Untrusted::new(vec![1, 2]).within((3, 3)).is_err());
        #[derive(Deserialize)]
        struct Profile {
            bio: Untrusted,
            link: Untrusted<String>,
            tags: Untrusted<Vec<String>>,
            notes: Untrusted<BTreeMap<String, String>>,
        }
        impl Input for Profile {
            fn check(&self, report: &mut Report<'_>) {
                let short = |text: &String, report: &mut Report<'_>| rules::length::check(text, None, Some(2), report);
                rules::length::check(&self.bio, None, Some(2), &mut report.at("bio"));
                rules::url::check(&self.link, &mut report.at("link"));
                rules::inner::check(&self.tags, &mut report.at("tags"), short);
                rules::inner::check(&self.notes, &mut report.at("notes"), short);
                Untrusted::new(f64::NAN).check(report);
            }
        }
        let body =
            json!({ "bio": "<b>", "link": "javascript:alert(1)", "tags": ["a", "long"], "notes": { "k": "long" } });
        let expected = [
            ("length", "#/bio"),
            ("url", "#/link"),
            ("length", "#/tags/1"),
            ("length", "#/notes/k"),
            ("finite", "#"),
        ];
        assert_eq!(places(&wrong_with::<Profile>(body)), expected);
        assert_eq!(
            places(&wrong_with::<Untrusted<Vec<u8>>>(json!([1, "x"]))),
            [("type", "#/1")]
        );
        assert!(wrong_with::<Untrusted<Vec<u8>>>(json!([1, 2])).is_empty());
    }

    #[test]
    fn it_looks_like_what_it_holds() {
        #[derive(Deserialize, JsonSchema)]
        #[expect(dead_code, reason = "only its schema is looked at")]
        struct Bio {
            text: Untrusted<String>,
        }
        let generator = &mut SchemaGenerator::default();
        assert_eq!(
            generator.subschema_for::<Untrusted<String>>(),
            json!({ "type": "string" })
        );
        assert_eq!(
            <Untrusted<String> as Input>::schema(generator),
            json!({ "type": "string" })
        );
        assert_eq!(
            <Untrusted<String> as Output>::schema(generator),
            json!({ "type": "string" })
        );
        assert_eq!(
            generator.subschema_for::<Untrusted<Bio>>(),
            json!({ "$ref": "#/$defs/Bio" })
        );
        assert_eq!(generator.subschema_for::<Bio>(), json!({ "$ref": "#/$defs/Bio" }));
        assert_eq!(
            generator.definitions()["Bio"]["properties"]["text"],
            json!({ "type": "string" })
        );
    }

    #[test]
    fn json_escapes_it() {
        let attack = "\", \"admin\": true, \"x\": \"\\\r\n\u{1b}\0";
        let shown = BTreeMap::from([("bio".to_owned(), Untrusted::new(attack.to_owned()))]);
        let text = serde_json::to_string(&Shown::new(&shown, &Viewer::new(None))).unwrap();
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            json!({ "bio": attack })
        );
        assert!(!text.contains(char::is_control));
    }
}
