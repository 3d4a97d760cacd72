use axum::http::HeaderMap;
use secure_policy::Source;

use super::Part;
use super::chunks::{Allowance, Paced, refused};
use super::head::Head;
use super::place::Place;
use crate::Problem;
use crate::input::body::{expect_type, limited, media_type};
use crate::input::refusals::malformed;
use crate::input::{Argument, Extract, Intake, Read};

/// How many parts a form may have.
const MAX_PARTS: usize = 100;

/// A form with files (`multipart/form-data`, RFC 7578), streamed part by part.
///
/// The endpoint's `max_body` holds for the whole (1 MiB unless said otherwise), as do its `body_timeout` (10 s) and `timeout`
/// (30 s). A form has at most 100 parts, each with a
/// name, at most 32 header fields and a head of 8 KiB; a name that comes twice is refused unless it
/// [may repeat](Self::may_repeat). What a part's content may be is said where it is read: [`Part::text`], [`Part::file`].
///
/// ```
/// use secure_runtime::policy::ByteSize;
/// use secure_runtime::{FileRules, FileType, Multipart, Problem, secure};
///
/// const SCAN: FileRules = FileRules::new(ByteSize::new(5 << 20), &[FileType::Pdf]);
///
/// /// Takes a document with its title.
/// #[secure(post = "/documents", scope = "write:documents", max_body = "6MiB", timeout = "2m", body_timeout = "2m")]
/// async fn add(mut form: Multipart) -> Result<(), Problem> {
///     let (mut title, mut scan) = (None, None);
///     while let Some(part) = form.next().await? {
///         match part.name() {
///             "title" => title = Some(part.text(80).await?),
///             "scan" => scan = Some(part.file(&SCAN).await?.bytes().await?),
///             _ => return Err(part.unknown()),
///         }
///     }
///     let title = title.ok_or_else(|| Multipart::missing("title"))?;
///     let scan = scan.ok_or_else(|| Multipart::missing("scan"))?;
///     println!("{title}: {} bytes", scan.len());
///     Ok(())
/// }
/// ```
#[derive(Debug)]
pub struct Multipart {
    form: multer::Multipart<'static>,
    allowance: Allowance,
    /// The part that is being read.
    open: Option<multer::Field<'static>>,
    count: usize,
    names: Vec<String>,
    may_repeat: Vec<&'static str>,
}

impl Multipart {
    /// The next part; `None` after the last. What was not read of the part before is passed over.
    ///
    /// # Errors
    ///
    /// 400 for what is no such form, or breaks off; 408 for what does not come in time; 413 above the endpoint's `max_body`;
    /// 422 for a name that comes twice, and for the 101st part.
    pub async fn next(&mut self) -> Result<Option<Part<'_>>, Problem> {
        self.allowance.end_head();
        if let Some(open) = &mut self.open {
            while open.chunk().await.map_err(refused)?.is_some() {}
        }
        // The parser hands out a part when the one before is gone.
        self.open = None;
        self.allowance.begin_head();
        let next = self.form.next_field().await.map_err(refused)?;
        self.allowance.end_head();
        let Some(field) = next else {
            return Ok(None);
        };
        self.count += 1;
        if self.count > MAX_PARTS {
            return Err(Place::body().breaks("length", format!("has more than {MAX_PARTS} parts")));
        }
        let head = Head::read(field.headers())?;
        let place = Place::part(&head.name);
        if !self.may_repeat.contains(&head.name.as_str()) {
            if self.names.contains(&head.name) {
                return Err(place.breaks("unique", "is given more than once"));
            }
            self.names.push(head.name.clone());
        }
        Ok(Some(Part::new(self.open.insert(field), head, place)))
    }

    /// Parts of this name form a list. Say it before the first of them comes.
    pub fn may_repeat(&mut self, name: &'static str) {
        self.may_repeat.push(name);
    }

    /// 422: the form lacks the part of this name.
    #[must_use]
    pub fn missing(name: &str) -> Problem {
        Place::part(name).breaks("required", "is required")
    }
}

impl Argument for Multipart {
    const SOURCE: Source = Source::Body;
}

impl<S: Sync> Extract<S> for Multipart {
    async fn extract(intake: &mut Intake<'_>, _: &S, _: Read<Self>) -> Result<Self, Problem> {
        expect_type(intake.parts, "multipart/form-data", |media| {
            media.essence_str() == mime::MULTIPART_FORM_DATA.essence_str()
        })?;
        let boundary = boundary(&intake.parts.headers);
        let boundary =
            boundary.ok_or_else(|| malformed("the form names no boundary between its parts, or no good one"))?;
        let allowance = Allowance::unlimited();
        let body = Paced::new(limited(intake)?, allowance.clone());
        Ok(Self {
            form: multer::Multipart::new(body, boundary),
            allowance,
            open: None,
            count: 0,
            names: Vec::new(),
            may_repeat: Vec::new(),
        })
    }
}

/// RFC 2046 §5.1.1: 1 to 70 characters of a small set, the last of them no blank.
fn boundary(headers: &HeaderMap) -> Option<String> {
    let media = media_type(headers)?;
    let mut all = media.params().filter(|(name, _)| *name == mime::BOUNDARY);
    let (boundary, another) = (all.next()?.1.as_str(), all.next());
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    let good = (1..=70).contains(&boundary.len()) && boundary.bytes().all(allowed) && !boundary.ends_with(' ');
    (good && another.is_none()).then(|| boundary.to_owned())
}
