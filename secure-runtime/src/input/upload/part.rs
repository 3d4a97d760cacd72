use super::chunks::Chunks;
use super::head::Head;
use super::incoming::Claim;
use super::kind::is_utf8;
use super::place::Place;
use super::{FileRules, Incoming};
use crate::Problem;
use crate::input::refusals::{malformed, unsupported};

/// One part of a form: a text or a file, whichever the handler takes it for.
#[derive(Debug)]
pub struct Part<'m> {
    field: &'m mut multer::Field<'static>,
    head: Head,
    place: Place,
}

impl<'m> Part<'m> {
    pub(super) fn new(field: &'m mut multer::Field<'static>, head: Head, place: Place) -> Self {
        Self { field, head, place }
    }

    /// The name of the form's field.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.head.name
    }

    /// The content as text of at most so many characters (Unicode scalar values): UTF-8, and anything else is as the
    /// client wrote it.
    ///
    /// # Errors
    ///
    /// 422 if it is longer, as soon as its bytes show it; 415 if it is declared to be something else than `text/plain` in
    /// UTF-8; 408 if it does not come in time; 400 if it is not UTF-8, or breaks off.
    pub async fn text(self, max_chars: usize) -> Result<String, Problem> {
        let plain = |media: &mime::Mime| media.essence_str() == mime::TEXT_PLAIN.essence_str() && is_utf8(media);
        if !self.head.declared.as_ref().is_none_or(plain) {
            let problem = unsupported("a part of the form is not the text that this endpoint reads there");
            return Err(self.place.blame(problem, "media_type", "must be text in UTF-8"));
        }
        let too_long = || {
            self.place
                .breaks("length", format!("is longer than {max_chars} characters"))
        };
        let mut bytes = Vec::new();
        let mut chunks = Chunks::Part(self.field);
        while let Some(chunk) = chunks.next().await? {
            // No character has more than four bytes.
            if bytes.len() + chunk.len() > max_chars.saturating_mul(4) {
                return Err(too_long());
            }
            bytes.extend_from_slice(&chunk);
        }
        let text = String::from_utf8(bytes).map_err(|_| malformed("a text in the form is not UTF-8"))?;
        if text.chars().count() > max_chars {
            return Err(too_long());
        }
        Ok(text)
    }

    /// The content as a file, after a look at its first bytes.
    ///
    /// # Errors
    ///
    /// As for [`Upload::file`](super::Upload::file).
    pub async fn file(self, rules: &FileRules) -> Result<Incoming<'m>, Problem> {
        let claim = Claim {
            declared: self.head.declared,
            file_name: self.head.file_name,
        };
        Incoming::open(Chunks::Part(self.field), claim, self.place, rules).await
    }

    /// 422: the endpoint knows no part of this name.
    #[must_use]
    pub fn unknown(self) -> Problem {
        self.place.breaks("unknown", "is not a part of this form")
    }
}
