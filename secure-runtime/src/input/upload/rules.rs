use axum::http::header::ACCEPT;
use axum::http::{HeaderValue, StatusCode};
use mime::Mime;
use secure_policy::ByteSize;

use super::kind::FileType;
use crate::Problem;

/// What a file must be: how large at most, and of which type. A constant, which stands where whoever reviews looks.
///
/// ```
/// use secure_runtime::policy::ByteSize;
/// use secure_runtime::{FileRules, FileType};
///
/// const AVATAR: FileRules = FileRules::new(ByteSize::new(512 * 1024), &[FileType::Png, FileType::WebP]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FileRules {
    max: ByteSize,
    types: &'static [FileType],
}

impl FileRules {
    /// At most `max` bytes, of one of these types.
    ///
    /// Where a content could be of several of them, as text can, the declared type decides, and if there is none the
    /// first.
    ///
    /// # Panics
    ///
    /// While compiling, if no type is named.
    #[must_use]
    pub const fn new(max: ByteSize, types: &'static [FileType]) -> Self {
        assert!(
            !types.is_empty(),
            "the rules for a file name no type, so they refuse every file"
        );
        Self { max, types }
    }

    pub(super) fn max(&self) -> ByteSize {
        self.max
    }

    /// The type of a file that begins with `head`, if it is one of these.
    pub(super) fn decide(&self, head: &[u8], declared: Option<&Mime>) -> Option<FileType> {
        let fits = |kind: &FileType| declared.is_none_or(|declared| kind.is_called(declared)) && kind.begins(head);
        self.types.iter().copied().find(fits)
    }

    /// `image/png, image/jpeg`.
    pub(super) fn names(&self) -> String {
        let names: Vec<&str> = self.types.iter().map(|kind| kind.media_type()).collect();
        names.join(", ")
    }

    /// A 415 says what would be taken (RFC 9110 §15.5.16).
    pub(super) fn offer(&self, problem: Problem) -> Problem {
        match HeaderValue::try_from(self.names()) {
            Ok(names) if problem.status() == StatusCode::UNSUPPORTED_MEDIA_TYPE => problem.header(ACCEPT, names),
            _ => problem,
        }
    }
}
