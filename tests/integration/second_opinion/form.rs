//! How a token is written: its texts, its segments, its signature.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::edits::Expected::{self, Bad, Good, Stricter};
use super::generator::Members;
use super::random::Random;
use super::signer::Signer;

/// Members as an object.
pub(super) fn written(members: &Members) -> String {
    let members = members.iter().map(|(name, value)| format!("\"{name}\":{value}"));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

pub(super) fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is done to the whole text of the header or the claims.
#[derive(Debug)]
pub(super) enum Shape {
    Spaced,
    SpacedAtTheEnd,
    Shallow,
    Deep,
    Long,
    ByteOrderMark,
    NotUtf8,
    InAList,
    Text,
    Followed(&'static str),
    Commented,
    Comma,
    Empty,
    CutOff,
}

impl Shape {
    pub(super) fn any(random: &mut Random) -> Self {
        match random.below(14) {
            0 => Self::Spaced,
            1 => Self::SpacedAtTheEnd,
            2 => Self::Shallow,
            3 => Self::Deep,
            4 => Self::Long,
            5 => Self::ByteOrderMark,
            6 => Self::NotUtf8,
            7 => Self::InAList,
            8 => Self::Text,
            9 => Self::Followed(["{}", "x", "\0", ",", "null", "}"][random.below(6)]),
            10 => Self::Commented,
            11 => Self::Comma,
            12 => Self::Empty,
            _ => Self::CutOff,
        }
    }

    pub(super) fn expected(&self) -> Expected {
        match self {
            Self::Spaced | Self::SpacedAtTheEnd | Self::Shallow => Good,
            // Whatever is longer than the limit is told by its length.
            Self::Long => Good,
            Self::Deep => Stricter("more than 64 levels"),
            Self::ByteOrderMark => Stricter("a byte order mark"),
            Self::NotUtf8 => Stricter("text that is not UTF-8"),
            _ => Bad,
        }
    }

    pub(super) fn of(&self, text: String) -> Vec<u8> {
        let within = |member: String| text.replacen('{', &format!("{{{member},"), 1).into_bytes();
        let nested = |levels: usize| within(format!("\"deep\":{}{}", "[".repeat(levels), "]".repeat(levels)));
        match self {
            Self::Spaced => format!(" \t\r\n{}", text.replacen('{', "{\n ", 1)).into_bytes(),
            Self::SpacedAtTheEnd => format!("{text}\n\n ").into_bytes(),
            Self::Shallow => nested(60),
            Self::Deep => nested(70),
            Self::Long => within(format!("\"long\":\"{}\"", "x".repeat(17_000))),
            Self::ByteOrderMark => format!("\u{feff}{text}").into_bytes(),
            Self::NotUtf8 => {
                let text = within("\"other\":\"?\"".to_owned());
                let at = text.iter().position(|byte| *byte == b'?').unwrap();
                [&text[..at], &[0xff], &text[at + 1..]].concat()
            }
            Self::InAList => format!("[{text}]").into_bytes(),
            Self::Text => serde_json::Value::from(text).to_string().into_bytes(),
            Self::Followed(more) => format!("{text}{more}").into_bytes(),
            Self::Commented => format!("{text}/* */").into_bytes(),
            Self::Comma => text.replace('}', ",}").into_bytes(),
            Self::Empty => Vec::new(),
            Self::CutOff => text.as_bytes()[..text.len() - 1].to_vec(),
        }
    }
}

/// Whose signature it is, and over what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signature {
    Right,
    ByAStranger,
    ByAnotherAlgorithm,
    MacByPublicKey,
    OfAnotherText,
    Empty,
    Shorter,
    Longer,
    LongerInFront,
    Zeros,
    AnyBytes,
    OneBitOff,
    Twice,
}

impl Signature {
    /// Any but the right one.
    pub(super) fn any(random: &mut Random) -> Self {
        *random.one_of(&[
            Self::ByAStranger,
            Self::ByAnotherAlgorithm,
            Self::MacByPublicKey,
            Self::OfAnotherText,
            Self::Empty,
            Self::Shorter,
            Self::Longer,
            Self::LongerInFront,
            Self::Zeros,
            Self::AnyBytes,
            Self::OneBitOff,
            Self::Twice,
        ])
    }

    pub(super) fn make(
        self,
        message: &[u8],
        right: &Signer,
        stranger: &Signer,
        other: &Signer,
        random: &mut Random,
    ) -> Vec<u8> {
        let mut signature = match self {
            Self::ByAStranger => return stranger.sign(message),
            Self::ByAnotherAlgorithm => return other.sign(message),
            Self::MacByPublicKey => return right.mac_by_public_key(message),
            _ => right.sign(message),
        };
        let length = signature.len();
        match self {
            Self::Empty => signature.clear(),
            Self::Shorter => signature.truncate(length - 1 - random.below(length / 2)),
            Self::Longer => signature.push(0),
            Self::LongerInFront => signature.insert(0, 0),
            Self::Zeros => signature.fill(0),
            Self::AnyBytes => signature = random.bytes(length),
            Self::OneBitOff => signature[random.below(length)] ^= 1 << random.below(8),
            Self::Twice => signature.extend_from_within(..),
            _ => {}
        }
        signature
    }
}

/// The token with another payload under the same signature.
pub(super) fn with_another_payload(token: &str) -> String {
    let mut segments: Vec<_> = token.split('.').collect();
    let payload = URL_SAFE_NO_PAD.decode(segments[1]).unwrap_or_default();
    let payload = encoded(&[payload.as_slice(), b" "].concat());
    segments[1] = &payload;
    segments.join(".")
}

/// How a segment is written that is not the one way it should be.
#[derive(Debug)]
pub(super) enum Encoding {
    Padded,
    StrayBits,
    PlainAlphabet,
    Tab,
    Space,
    Foreign(char),
    OneMore,
}

const LENIENT: &str = "base64url with padding, stray bits, white space or another alphabet (J5)";

impl Encoding {
    pub(super) fn any(random: &mut Random) -> Self {
        match random.below(7) {
            0 => Self::Padded,
            1 => Self::StrayBits,
            2 => Self::PlainAlphabet,
            3 => Self::Tab,
            4 => Self::Space,
            5 => Self::Foreign(*random.one_of(&['!', '*', '%', ',', '"', '~', '\\', '{', '@'])),
            _ => Self::OneMore,
        }
    }

    /// Changes the segment, and says what becomes of the token.
    pub(super) fn apply(&mut self, segment: &mut String, random: &mut Random) -> Expected {
        let (unused, lenient) = (segment.len() % 4, Stricter(LENIENT));
        let middle = random.below(segment.len().max(2) - 1) + 1;
        match self {
            Self::Padded if unused == 0 => {
                segment.push('=');
                Bad
            }
            Self::Padded => {
                segment.push_str(&"=".repeat(4 - unused));
                lenient
            }
            Self::StrayBits if unused == 0 => Good,
            Self::StrayBits => {
                // The last character of these has two or four bits that mean nothing, and are zero.
                let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
                let Some(last) = segment.pop() else { return Good };
                let value = alphabet.find(last).unwrap();
                segment.push(alphabet.as_bytes()[value + 1].into());
                lenient
            }
            Self::PlainAlphabet => {
                let plain = segment.replace('-', "+").replace('_', "/");
                let same = plain == *segment;
                *segment = plain;
                if same { Good } else { lenient }
            }
            Self::Tab => {
                segment.insert(middle.min(segment.len()), '\t');
                lenient
            }
            Self::Space => {
                segment.insert(middle.min(segment.len()), ' ');
                Bad
            }
            Self::Foreign(character) => {
                segment.insert(middle.min(segment.len()), *character);
                Bad
            }
            Self::OneMore => {
                segment.push_str("AAAAA"[..if unused == 0 { 1 } else { 5 - unused }].trim());
                Bad
            }
        }
    }
}

/// More or fewer segments than three, or another serialization (RFC 7515 §7.2).
pub(super) fn other_segments(token: &str, random: &mut Random) -> (&'static str, String) {
    let parts: Vec<_> = token.split('.').collect();
    let (header, payload, signature) = (parts[0], parts[1], parts[2]);
    match random.below(9) {
        0 => ("two segments", format!("{header}.{payload}")),
        1 => ("one segment", header.to_owned()),
        2 => ("four segments", format!("{token}.")),
        3 => ("four segments, one in front", format!(".{token}")),
        4 => ("five segments", format!("{token}.{payload}.{signature}")),
        5 => ("an empty header", format!(".{payload}.{signature}")),
        6 => ("an empty payload", format!("{header}..{signature}")),
        7 => ("no dots", token.replace('.', "")),
        _ => (
            "the JSON serialization",
            format!(r#"{{"protected":"{header}","payload":"{payload}","signature":"{signature}"}}"#),
        ),
    }
}
