//! Text that leaves, each way by its name.

use std::str::FromStr;

use html_escape::encode_safe;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Untrusted, can_refuse};

/// So many characters of a value go into a log, escapes included.
pub(super) const MAX_LOG: usize = 1024;

/// Everything but the unreserved characters of RFC 3986 §2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Letters and signs that look like nothing: what Unicode calls ignorable and the standard library prints as it is, and
/// the blank of Braille.
const BLANK: [char; 5] = ['\u{115f}', '\u{1160}', '\u{3164}', '\u{ffa0}', '\u{2800}'];

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
