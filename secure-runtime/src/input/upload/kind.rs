use infer::{archive, image, text, video};
use mime::Mime;

use super::text::TextCheck;

/// A type that a file may have. Its content decides, by its first bytes; its name and its declared type do not.
///
/// First bytes say how a file begins, and not that it is whole or harmless: a picture can be broken, and have a script
/// behind it. Hand files out as the type that they were found to be, from another host than the application's where that
/// can be, and decode a picture anew where it must be nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileType {
    /// `image/png`.
    Png,
    /// `image/jpeg`.
    Jpeg,
    /// `image/gif`.
    Gif,
    /// `image/webp`.
    WebP,
    /// `application/pdf`, from its first byte on.
    Pdf,
    /// `application/zip`, and whatever is one inside, such as office documents.
    Zip,
    /// `video/mp4`.
    Mp4,
    /// `text/plain`: UTF-8 without control characters but tab, line feed and carriage return, checked to the end. What
    /// begins as HTML, XML or a script is none.
    PlainText,
    /// `text/csv`: no more is checked than for [`PlainText`](Self::PlainText).
    Csv,
    /// `application/json`: as [`PlainText`](Self::PlainText), and it begins with `{` or `[`. Whether it is JSON shows when
    /// it is parsed.
    Json,
}

impl FileType {
    /// The media type to hand the file out with.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Zip => "application/zip",
            Self::Mp4 => "video/mp4",
            Self::PlainText => "text/plain",
            Self::Csv => "text/csv",
            Self::Json => "application/json",
        }
    }

    /// What a file's name ends with, without the dot: `png`.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::WebP => "webp",
            Self::Pdf => "pdf",
            Self::Zip => "zip",
            Self::Mp4 => "mp4",
            Self::PlainText => "txt",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    pub(super) const fn is_text(self) -> bool {
        matches!(self, Self::PlainText | Self::Csv | Self::Json)
    }

    /// Does a file of this type begin like that?
    ///
    /// Where `infer` is content with fewer bytes than the format has in its signature, or looks for them further on, the
    /// rest is asked for here.
    pub(super) fn begins(self, head: &[u8]) -> bool {
        match self {
            Self::Png => image::is_png(head) && head.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Jpeg => image::is_jpeg(head),
            // A text that begins like one is no picture, and may be a script.
            Self::Gif => {
                image::is_gif(head) && (head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a")) && !is_text(head)
            }
            Self::WebP => image::is_webp(head) && head.starts_with(b"RIFF"),
            Self::Pdf => archive::is_pdf(head) && head.starts_with(b"%PDF-"),
            Self::Zip => archive::is_zip(head) && (head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")),
            Self::Mp4 => video::is_mp4(head),
            Self::PlainText | Self::Csv => is_text(head) && !is_active(head),
            Self::Json => {
                let first = head.iter().find(|byte| !byte.is_ascii_whitespace());
                is_text(head) && matches!(first, Some(b'{' | b'['))
            }
        }
    }

    /// Is this the type that the client names? One that is no claim, `application/octet-stream`, contradicts nothing.
    pub(super) fn is_called(self, declared: &Mime) -> bool {
        let name = declared.essence_str();
        let other: &[&str] = match self {
            Self::Jpeg => &["image/jpg"],
            // What Windows calls them.
            Self::Zip => &["application/x-zip-compressed"],
            Self::Csv => &["application/csv", "application/vnd.ms-excel"],
            _ => &[],
        };
        let named = name == self.media_type() || other.contains(&name) || name == "application/octet-stream";
        named && (!self.is_text() || is_utf8(declared))
    }
}

/// Is text of this declared type UTF-8, if it says what it is at all?
pub(super) fn is_utf8(declared: &Mime) -> bool {
    let charset = declared.get_param(mime::CHARSET);
    charset.is_none_or(|charset| charset == "utf-8" || charset == "us-ascii")
}

fn is_text(head: &[u8]) -> bool {
    TextCheck::default().take(head)
}

/// Would a browser or a server take this for a page or a script, if it went by the first bytes?
fn is_active(head: &[u8]) -> bool {
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head);
    let trimmed = head.trim_ascii_start();
    let begins = |mark: &&str| {
        let beginning = trimmed.get(..mark.len());
        beginning.is_some_and(|beginning| beginning.eq_ignore_ascii_case(mark.as_bytes()))
    };
    let marks = ["<?", "<%", "<svg"];
    text::is_html(head) || text::is_xml(head) || text::is_shellscript(head) || marks.iter().any(begins)
}
