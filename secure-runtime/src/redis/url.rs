use std::fmt;

use ::redis::{ConnectionAddr, ConnectionInfo, IntoConnectionInfo as _};

/// The text is not the URL of a Redis server. It is not repeated, since it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RedisUrlError(pub(super) &'static str);

impl fmt::Display for RedisUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for RedisUrlError {}

pub(super) const UNREADABLE: RedisUrlError =
    RedisUrlError("not a URL of a Redis server, as in `redis://127.0.0.1:6379/0`");

/// What a URL says, of which TLS without a check is no part.
pub(super) fn read(url: &str) -> Result<ConnectionInfo, RedisUrlError> {
    let info = url.into_connection_info().map_err(|_| UNREADABLE)?;
    match info.addr() {
        ConnectionAddr::TcpTls { insecure: true, .. } => {
            return Err(RedisUrlError(
                "TLS to a Redis server without a check of its certificate; remove `#insecure` from its URL",
            ));
        }
        ConnectionAddr::TcpTls { .. } if rustls::crypto::CryptoProvider::get_default().is_none() => {
            // The client takes the process's provider. If another thread was faster, there is one.
            rustls::crypto::aws_lc_rs::default_provider().install_default().ok();
        }
        _ => {}
    }
    Ok(info)
}

/// Several, of which there must be one.
pub(super) fn read_all<U: AsRef<str>>(urls: impl IntoIterator<Item = U>) -> Result<Vec<ConnectionInfo>, RedisUrlError> {
    let infos: Vec<_> = urls
        .into_iter()
        .map(|url| read(url.as_ref()))
        .collect::<Result<_, _>>()?;
    if infos.is_empty() {
        return Err(RedisUrlError("no URL at all, and one at least is needed"));
    }
    Ok(infos)
}

pub(super) fn is_tls(info: &ConnectionInfo) -> bool {
    matches!(info.addr(), ConnectionAddr::TcpTls { .. })
}
