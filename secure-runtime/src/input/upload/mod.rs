//! Files: a body that is one, and forms that carry some (RFC 7578). Streamed, with their rules stated once.

mod chunks;
mod head;
mod incoming;
mod kind;
mod multipart;
mod name;
mod part;
mod place;
mod rules;
mod save;
#[cfg(test)]
mod tests;
mod text;

pub use incoming::Incoming;
pub use kind::FileType;
pub use multipart::Multipart;
pub use part::Part;
pub use rules::FileRules;
pub use save::Saved;

use mime::Mime;
use secure_policy::Source;

use self::chunks::Chunks;
use self::incoming::Claim;
use self::place::Place;
use super::body::{limited, media_type};
use super::refusals::unsupported;
use super::{Argument, Extract, Intake, Read};
use crate::Problem;

/// A body that is one file, streamed: no more of it is in memory than a few chunks.
///
/// It must have a `Content-Type`; no `Content-Encoding` is read. The endpoint's `max_body` holds (1 MiB unless said
/// otherwise), as do its `body_timeout` (10 s) and `timeout` (30 s), and so do the [`FileRules`], without which there is no
/// way to the content.
///
/// ```
/// use secure_runtime::policy::ByteSize;
/// use secure_runtime::{FileRules, FileType, Problem, Upload, secure};
///
/// const PHOTO: FileRules = FileRules::new(ByteSize::new(5 << 20), &[FileType::Png, FileType::Jpeg]);
///
/// /// Takes a photo.
/// #[secure(
///     put = "/photos/{photo_id}",
///     scope = "write:photos",
///     shared = "photo_id",
///     max_body = "5MiB",
///     timeout = "2m",
///     body_timeout = "2m"
/// )]
/// async fn put_photo(axum::extract::Path(photo_id): axum::extract::Path<u64>, upload: Upload) -> Result<(), Problem> {
///     let photo = upload.file(&PHOTO).await?;
///     let name = format!("/srv/photos/{photo_id}.{}", photo.file_type().extension());
///     photo.save(name).await?;
///     Ok(())
/// }
/// ```
#[derive(Debug)]
pub struct Upload {
    chunks: Chunks<'static>,
    declared: Mime,
}

impl Upload {
    /// The file, after a look at its first bytes.
    ///
    /// # Errors
    ///
    /// 415 if the content is none of the types of `rules`, or is declared to be another; 413 if its first bytes are too
    /// many already; 422 if there is none; 408 if they do not come in time; 400 if the body breaks off.
    pub async fn file(self, rules: &FileRules) -> Result<Incoming<'static>, Problem> {
        let claim = Claim {
            declared: Some(self.declared),
            file_name: None,
        };
        let opened = Incoming::open(self.chunks, claim, Place::body(), rules).await;
        opened.map_err(|problem| rules.offer(problem))
    }
}

impl Argument for Upload {
    const SOURCE: Source = Source::Body;
}

impl<S: Sync> Extract<S> for Upload {
    async fn extract(intake: &mut Intake<'_>, _: &S, _: Read<Self>) -> Result<Self, Problem> {
        let declared = media_type(&intake.parts.headers);
        let declared = declared.ok_or_else(|| unsupported("this endpoint reads a file, which needs a Content-Type"))?;
        let chunks = Chunks::Body(limited(intake)?.into_data_stream());
        Ok(Self { chunks, declared })
    }
}
