use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use smallvec::SmallVec;

use super::credential::is_token68;
use crate::json;

/// Bytes of an RSA signature with the longest key that is taken, of 8192 bits.
const LONGEST_SIGNATURE: usize = 1024;

/// Bytes of the longest signature by a curve, P-384's, which is longer than any by a secret.
const CURVE_SIGNATURE: usize = 96;

/// A JWS in its compact serialization (RFC 7515 §7.1), taken apart and not yet believed.
pub(super) struct Compact<'t> {
    /// What the signature is over: header and payload, as they came.
    pub(super) signed: &'t str,
    header: &'t str,
    payload: &'t str,
    signature: &'t str,
}

impl<'t> Compact<'t> {
    /// Three segments that are not empty, in at most `longest` bytes.
    pub(super) fn split(text: &'t str, longest: usize) -> Option<Self> {
        if text.len() > longest {
            return None;
        }
        let mut dots = memchr::memchr_iter(b'.', text.as_bytes());
        let (first, second, none) = (dots.next()?, dots.next()?, dots.next());
        let (signed, signature) = (text.get(..second)?, text.get(second + 1..)?);
        let (header, payload) = (text.get(..first)?, text.get(first + 1..second)?);
        let three = none.is_none() && !header.is_empty() && !payload.is_empty() && !signature.is_empty();
        three.then_some(Self {
            signed,
            header,
            payload,
            signature,
        })
    }

    pub(super) fn header(&self) -> Option<Vec<u8>> {
        decode(self.header)
    }

    pub(super) fn payload(&self) -> Option<Vec<u8>> {
        decode(self.payload)
    }

    /// The payload, in as much memory as it takes.
    pub(super) fn payload_text(&self) -> Option<Box<str>> {
        let mut bytes = vec![0; decoded_length(self.payload)];
        let length = URL_SAFE_NO_PAD.decode_slice(self.payload, &mut bytes).ok()?;
        bytes.truncate(length);
        String::from_utf8(bytes).ok().map(String::into_boxed_str)
    }

    /// The payload: in this room, if it is large enough.
    pub(super) fn payload_in<'b>(&self, room: &'b mut [u8]) -> Option<Cow<'b, [u8]>> {
        if self.payload.len() > room.len() {
            return self.payload().map(Cow::Owned);
        }
        let length = URL_SAFE_NO_PAD.decode_slice(self.payload, room).ok()?;
        room.get(..length).map(Cow::Borrowed)
    }

    /// Has the signature only such characters as signatures have?
    pub(super) fn may_be_signed(&self) -> bool {
        is_token68(self.signature)
    }

    /// Is the signature written as one?
    pub(super) fn has_signature(&self) -> bool {
        self.short_signature().is_some()
    }

    pub(super) fn signature(&self) -> Option<Vec<u8>> {
        decode(self.signature)
    }

    /// The header as it is written, which is the same for most tokens of a key.
    pub(super) fn header_text(&self) -> &'t str {
        self.header
    }

    /// The signature, without asking for memory for those of curves and secrets; `None` if it is longer than any that we know.
    pub(super) fn short_signature(&self) -> Option<SmallVec<[u8; CURVE_SIGNATURE]>> {
        let length = decoded_length(self.signature);
        if length > LONGEST_SIGNATURE {
            return None;
        }
        let mut bytes = SmallVec::from_elem(0, length);
        let length = URL_SAFE_NO_PAD.decode_slice(self.signature, &mut bytes).ok()?;
        bytes.truncate(length);
        Some(bytes)
    }
}

/// Of four characters come three bytes: without padding, that is exact.
const fn decoded_length(segment: &str) -> usize {
    segment.len() / 4 * 3 + segment.len() % 4 * 3 / 4
}

/// Base64url without padding, white space or stray bits at the end.
fn decode(segment: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(segment).ok()
}

/// An object without duplicate members.
pub(super) fn read<'j, T: Deserialize<'j>>(json: &'j [u8]) -> Option<T> {
    json::from_str(std::str::from_utf8(json).ok()?).ok()
}
