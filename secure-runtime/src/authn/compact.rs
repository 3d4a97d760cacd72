use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use crate::json;

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
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        let three = !payload.contains('.') && !header.is_empty() && !payload.is_empty() && !signature.is_empty();
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

    pub(super) fn signature(&self) -> Option<Vec<u8>> {
        decode(self.signature)
    }
}

/// Base64url without padding, white space or stray bits at the end.
fn decode(segment: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(segment).ok()
}

/// An object without duplicate members.
pub(super) fn read<'j, T: Deserialize<'j>>(json: &'j [u8]) -> Option<T> {
    json::from_str(std::str::from_utf8(json).ok()?).ok()
}
