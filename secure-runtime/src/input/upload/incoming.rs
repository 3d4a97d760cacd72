use std::path::Path;

use axum::body::Bytes;
use axum::http::StatusCode;
use mime::Mime;
use secure_policy::ByteSize;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};

use super::chunks::Chunks;
use super::name::suggestion;
use super::place::Place;
use super::save::Temporary;
use super::text::TextCheck;
use super::{FileRules, FileType, Saved};
use crate::Problem;
use crate::audit::Reason;
use crate::input::refusals::unsupported;

/// So many bytes of a file are looked at to know its type: more than any browser looks at (1445, says the WHATWG's MIME
/// Sniffing, §5.2).
pub(super) const SNIFFED: usize = 2048;

/// A file on its way in, whose first bytes are of the type that they should be. The rest is still to come.
///
/// Its size, and where it is text each character, is checked while it streams: until [`save`](Self::save),
/// [`copy_to`](Self::copy_to) or [`bytes`](Self::bytes) returned, nobody knows whether it is a good one.
#[derive(Debug)]
pub struct Incoming<'b> {
    chunks: Chunks<'b>,
    ended: bool,
    /// What was looked at, and what came with it.
    head: Bytes,
    rest: Bytes,
    kind: FileType,
    types: String,
    text: Option<TextCheck>,
    max: ByteSize,
    left: u64,
    suggestion: Option<String>,
    place: Place,
}

/// What the client says of a file.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) declared: Option<Mime>,
    pub(super) file_name: Option<String>,
}

impl<'b> Incoming<'b> {
    pub(super) async fn open(
        chunks: Chunks<'b>,
        claim: Claim,
        place: Place,
        rules: &FileRules,
    ) -> Result<Self, Problem> {
        let mut incoming = Self {
            chunks,
            ended: false,
            head: Bytes::new(),
            rest: Bytes::new(),
            // Until it is known.
            kind: FileType::PlainText,
            types: rules.names(),
            text: None,
            max: rules.max(),
            left: rules.max().bytes(),
            suggestion: claim.file_name.as_deref().and_then(suggestion),
            place,
        };
        let mut head = Vec::new();
        while head.len() < SNIFFED
            && let Some(mut chunk) = incoming.fetch().await?
        {
            head.extend_from_slice(&chunk.split_to(chunk.len().min(SNIFFED - head.len())));
            incoming.rest = chunk;
        }
        if head.is_empty() {
            return Err(incoming.place.breaks("required", "has no content"));
        }
        let kind = rules.decide(&head, claim.declared.as_ref());
        incoming.kind = kind.ok_or_else(|| incoming.wrong_type())?;
        incoming.head = head.into();
        incoming.text = incoming.kind.is_text().then(TextCheck::default);
        Ok(incoming)
    }

    /// What it is, by its first bytes.
    #[must_use]
    pub fn file_type(&self) -> FileType {
        self.kind
    }

    /// The name that the client gives the file, fit to be shown and to be part of a path: no separators, no control or
    /// invisible characters, no dot or blank at either end, at most 128 characters. `None` if nothing is left, and for a
    /// body without a form around it.
    ///
    /// It is a suggestion. Two clients may suggest the same name, and the name's ending says nothing of the content: keep
    /// files under names of your own, and this one beside them.
    #[must_use]
    pub fn suggested_name(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }

    /// Writes it to a file of that path, which appears when it is complete; a file that is there already is replaced.
    ///
    /// Until then it is a file named `.upload-…` in the same folder, which must exist. That is removed whatever goes
    /// wrong, also if the handler is cancelled. Files are readable by their owner alone (mode 0600, where there are modes),
    /// and synchronised before they get their name, so that no crash leaves half of one under it.
    ///
    /// # Errors
    ///
    /// 413 above the size of the rules; 415 for what is no text where it should be; 408 if it does not come in time; 400 if the
    /// body breaks off; 500 if it cannot be written.
    pub async fn save(mut self, path: impl AsRef<Path> + Send) -> Result<Saved, Problem> {
        let path = path.as_ref().to_owned();
        let (file, temporary) = Temporary::create(&path).await.map_err(Problem::internal)?;
        // Dropped before the temporary file is removed.
        let mut file = tokio::fs::File::from_std(file);
        let size = self.pour(&mut file).await?;
        let file = file.into_std().await;
        temporary.settle(file, &path).await.map_err(Problem::internal)?;
        Ok(Saved::new(path, size, self.kind))
    }

    /// Writes it somewhere else, which learns last whether it was good: undo it after an error. Returns the number of
    /// bytes.
    ///
    /// # Errors
    ///
    /// As for [`save`](Self::save).
    pub async fn copy_to(mut self, sink: &mut (impl AsyncWrite + Unpin + Send + ?Sized)) -> Result<u64, Problem> {
        self.pour(sink).await
    }

    /// All of it, in memory: as much as the rules let in.
    ///
    /// # Errors
    ///
    /// As for [`save`](Self::save), but for the 500.
    pub async fn bytes(mut self) -> Result<Bytes, Problem> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.into())
    }

    async fn pour(&mut self, sink: &mut (impl AsyncWrite + Unpin + Send + ?Sized)) -> Result<u64, Problem> {
        let mut size = 0;
        while let Some(chunk) = self.chunk().await? {
            sink.write_all(&chunk).await.map_err(Problem::internal)?;
            size += chunk.len() as u64;
        }
        sink.flush().await.map_err(Problem::internal)?;
        Ok(size)
    }

    /// The next bytes, checked.
    async fn chunk(&mut self) -> Result<Option<Bytes>, Problem> {
        let kept = [&mut self.head, &mut self.rest]
            .into_iter()
            .find(|kept| !kept.is_empty());
        let chunk = match kept {
            Some(kept) => Some(std::mem::take(kept)),
            None => self.fetch().await?,
        };
        let fine = match (&mut self.text, &chunk) {
            (Some(text), Some(chunk)) => text.take(chunk),
            (Some(text), None) => text.is_whole(),
            (None, _) => true,
        };
        if fine { Ok(chunk) } else { Err(self.wrong_type()) }
    }

    /// The next bytes, counted.
    async fn fetch(&mut self) -> Result<Option<Bytes>, Problem> {
        while !self.ended {
            let Some(chunk) = self.chunks.next().await? else {
                self.ended = true;
                break;
            };
            let left = self.left.checked_sub(chunk.len() as u64);
            self.left = left.ok_or_else(|| self.too_large())?;
            if !chunk.is_empty() {
                return Ok(Some(chunk));
            }
        }
        Ok(None)
    }

    fn too_large(&self) -> Problem {
        let problem = Problem::refusal(StatusCode::PAYLOAD_TOO_LARGE, Reason::BodySize);
        let problem = problem.detail("the file is larger than this endpoint takes");
        self.place
            .blame(problem, "size", format!("is larger than {}", self.max))
    }

    fn wrong_type(&self) -> Problem {
        let problem =
            unsupported("the file is not of a type that this endpoint takes, or not of the one it is declared to be");
        self.place
            .blame(problem, "media_type", format!("must be one of {}", self.types))
    }
}
