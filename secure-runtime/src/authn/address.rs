use std::net::{Ipv4Addr, Ipv6Addr};

use fluent_uri::Uri;

/// What is wrong with an address that must identify a server: `https` with a host, and nothing behind its path. `http` will do
/// on this machine, where nobody listens in.
///
/// # Errors
///
/// The fault, and what to write.
pub(crate) fn check(address: &str) -> Result<Uri<&str>, (&'static str, &'static str)> {
    let help = "write it as in `https://api.example.com`";
    let uri = Uri::parse(address).map_err(|_| ("is not an absolute URL", help))?;
    let Some(authority) = uri.authority() else {
        return Err(("has no host", help));
    };
    if authority.host().is_empty() || authority.has_userinfo() {
        return Err(("has no host, or names a user", help));
    }
    if uri.has_query() || uri.has_fragment() {
        return Err(("has a query or a fragment", help));
    }
    let (scheme, host) = (uri.scheme().as_str().to_ascii_lowercase(), authority.host());
    match &*scheme {
        "https" => Ok(uri),
        "http" if is_loopback(host) || host == "localhost" => Ok(uri),
        _ => Err((
            "is not https, so whoever listens in could read and change what is said",
            "serve it over https; `http` will do on 127.0.0.1, [::1] and localhost only",
        )),
    }
}

/// Is this the literal address of this very machine? `localhost` is a name like any other, and what it stands for is decided
/// elsewhere.
pub(super) fn is_loopback(host: &str) -> bool {
    let v6 = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        || v6.is_some_and(|host| host.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback()))
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn k3_https_or_this_machine() {
        for fine in [
            "https://id.example.com",
            "https://id.example.com:8443/tenant/",
            "http://127.0.0.1:3000",
            "http://[::1]/x",
            "http://localhost:1",
            "HTTPS://id.example.com",
            "http://127.1.2.3",
        ] {
            assert!(check(fine).is_ok(), "{fine}");
        }
        for wrong in [
            "",
            "id.example.com",
            "/path",
            "https:///path",
            "https:opaque",
            "ftp://id.example.com",
            "http://id.example.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://128.0.0.1",
            "http://[127.0.0.1]",
            "http://[::2]",
            "https://user@id.example.com",
            "https://id.example.com?x",
            "https://id.example.com#x",
            "https://id.example .com",
        ] {
            assert!(check(wrong).is_err(), "{wrong}");
        }
    }
}
