use std::error::Error;
use std::fmt;

use super::fetch::FetchFault;
use super::key_set::KeySetFault;
use super::place::PlaceFault;

/// Why something could not be had from an authorization server. Every word of it is ours: nothing that a server sent
/// stands in it, so it may stand in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RemoteError {
    Fetch(What, FetchFault),
    /// Neither well-known address has metadata: what each said.
    NoMetadata(FetchFault, FetchFault),
    /// The metadata is of another issuer; do the two differ by a slash at the end?
    OtherIssuer {
        by_slash: bool,
    },
    /// The metadata lacks this address, or has one that nothing is fetched from.
    NoPlace(What),
    Place(What, PlaceFault),
    KeySet(KeySetFault),
    /// It is JSON, but not what the standard says.
    Malformed(What),
    /// As many calls as are permitted are under way.
    Busy,
    /// Whoever fetched it was stopped.
    Stopped,
}

/// What is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Metadata,
    Keys,
    Introspection,
}

impl RemoteError {
    /// Will it be so until somebody mends the configuration, here or there?
    pub(super) fn is_lasting(self) -> bool {
        matches!(self, Self::OtherIssuer { .. } | Self::NoPlace(_) | Self::Place(..))
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Metadata => "the issuer's metadata",
            Self::Keys => "the key set",
            Self::Introspection => "the introspection endpoint",
        })
    }
}

impl fmt::Display for RemoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fetch(what, fault) => write!(f, "{what}: {fault}"),
            Self::NoMetadata(inserted, appended) => write!(
                f,
                "there is no metadata: at `/.well-known/oauth-authorization-server` {inserted}; at \
                 `/.well-known/openid-configuration` {appended}"
            ),
            Self::OtherIssuer { by_slash: true } => f.write_str(
                "the metadata is of another issuer: the two differ by a slash at the end, and are compared to the letter",
            ),
            Self::OtherIssuer { by_slash: false } => f.write_str("the metadata is of another issuer"),
            Self::NoPlace(what) => write!(f, "the metadata does not say where {what} is"),
            Self::Place(what, fault) => write!(f, "the metadata's address of {what} is refused: {fault}"),
            Self::KeySet(fault) => write!(f, "{}: {fault}", What::Keys),
            Self::Malformed(what) => write!(f, "{what}: the answer is not what the standard says"),
            Self::Busy => f.write_str("too many calls to the introspection endpoint are under way"),
            Self::Stopped => f.write_str("the call was broken off"),
        }
    }
}

impl Error for RemoteError {}
