use fluent_uri::Uri;
use fluent_uri::normalize::Normalizer;
use percent_encoding::percent_decode_str;

use crate::authn::address;

/// Where clients reach this API: scheme, host and port, and the prefix of the path that a proxy strips.
///
/// It is configured, and never read from `Host` or a forwarding header: those are written by whoever sends the request, and
/// a proof that was made for another server would name that one.
pub(super) struct Origin(String);

impl Origin {
    /// An `https` URL without user, query and fragment; `http` on a loopback host only, for development.
    pub(super) fn parse(url: &str) -> Option<Self> {
        address::check(url).ok()?;
        let origin = normal(url)?;
        Some(Self(origin.strip_suffix('/').unwrap_or(&origin).to_owned()))
    }

    /// The URL of a request, in its normal form, from its path as it was received.
    pub(super) fn url(&self, path: &str) -> Option<String> {
        // A segment of dots is no name. Who routes by the text sees another resource there than who removes it.
        let has_dots = path
            .split('/')
            .any(|segment| matches!(&*percent_decode_str(segment).collect::<Vec<_>>(), b"." | b".."));
        if has_dots || !path.starts_with('/') {
            return None;
        }
        normal(&format!("{}{path}", self.0))
    }
}

/// A URL without query and fragment (RFC 9449 §4.3, step 9), by syntax (RFC 3986 §6.2.2) and scheme (§6.2.3).
pub(super) fn normal(url: &str) -> Option<String> {
    let uri = Uri::parse(url).ok()?;
    let authority = uri.authority()?;
    if authority.has_userinfo() || authority.host().is_empty() {
        return None;
    }
    let normal = Normalizer::new().allow_path_underflow(false).normalize(&uri).ok()?;
    let scheme = normal.scheme().as_str();
    if !matches!(scheme, "https" | "http") {
        return None;
    }
    let authority = normal.authority()?.as_str();
    // RFC 3986 §6.2.3: for these schemes an empty path is the root.
    let path = Some(normal.path().as_str()).filter(|path| !path.is_empty());
    Some(format!("{scheme}://{authority}{}", path.unwrap_or("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d3_urls_are_compared_in_their_normal_form() {
        let origin = Origin::parse("https://API.example.com:443/").unwrap();
        let url = origin.url("/users/%41%2fb").unwrap();
        for same in [
            "https://api.example.com/users/A%2Fb",
            "HTTPS://api.EXAMPLE.com:443/users/%41%2fb",
            "https://api.example.com:/users/A%2fb",
            "https://%61pi.example.com/users/A%2fb?a=b",
            "https://api.example.com/users/A%2Fb#there",
            "https://api.example.com/x/../users/./A%2Fb",
        ] {
            assert_eq!(normal(same).as_ref(), Some(&url), "{same}");
        }
        for other in [
            "https://api.example.com/users/A/b",
            "https://api.example.com/users/a%2Fb",
            "https://api.example.com/users/A%2Fb/",
            "https://api.example.com//users/A%2Fb",
            "https://api.example.com/users/A%252Fb",
            "http://api.example.com/users/A%2Fb",
            "https://api.example.com:8443/users/A%2Fb",
            "https://api.example.com./users/A%2Fb",
            "https://api.example.com.evil.test/users/A%2Fb",
            "https://evil.test/users/A%2Fb",
            "https://alice@api.example.com/users/A%2Fb",
            "https://:@api.example.com/users/A%2Fb",
            "https://api.example.com\\@evil.test/users/A%2Fb",
            "https:/users/A%2Fb",
            "https:///users/A%2Fb",
            "/users/A%2Fb",
            "//api.example.com/users/A%2Fb",
            "wss://api.example.com/users/A%2Fb",
            "https://api.example.com/../users/A%2Fb",
            " https://api.example.com/users/A%2Fb",
            "",
        ] {
            assert_ne!(normal(other).as_ref(), Some(&url), "{other}");
        }
        assert_eq!(origin.url("/"), normal("https://api.example.com"));
    }

    #[test]
    fn d3_a_request_that_climbs_has_no_url() {
        let origin = Origin::parse("https://api.example.com/v1").unwrap();
        assert_eq!(origin.url("/a").as_deref(), Some("https://api.example.com/v1/a"));
        assert_eq!(origin.url("//a").as_deref(), Some("https://api.example.com/v1//a"));
        for path in [
            "/a/../b",
            "/%2e%2E/b",
            "/a/.%2e",
            "/./a",
            "/..",
            "a",
            "*",
            "",
            "@evil.test/",
        ] {
            assert_eq!(origin.url(path), None, "{path}");
        }
    }

    #[test]
    fn d3_an_origin_is_one_place() {
        for fine in [
            "https://a.test",
            "https://a.test:8443/v1/",
            "http://localhost:3000",
            "http://[::1]:1",
        ] {
            assert!(Origin::parse(fine).is_some(), "{fine}");
        }
        for wrong in [
            "a.test",
            "http://a.test",
            "http://localhost.a.test",
            "ftp://a.test",
            "ftp://localhost",
            "https://u@a.test",
            "https://a.test?b",
            "https://a.test#b",
            "https://",
            "https://a.test/../b",
        ] {
            assert!(Origin::parse(wrong).is_none(), "{wrong}");
        }
    }
}
