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
    match uri.scheme().as_str() {
        "https" => Ok(uri),
        "http" if is_loopback(authority.host()) => Ok(uri),
        _ => Err((
            "is not https, so whoever listens in could read and change what is said",
            "serve it over https; `http` will do on 127.0.0.1, [::1] and localhost only",
        )),
    }
}

fn is_loopback(host: &str) -> bool {
    let literal = host.trim_start_matches('[').trim_end_matches(']');
    let address = literal.parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
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
            "https://user@id.example.com",
            "https://id.example.com?x",
            "https://id.example.com#x",
            "https://id.example .com",
        ] {
            assert!(check(wrong).is_err(), "{wrong}");
        }
    }
}
