use std::fmt;

use fluent_uri::Uri;
use reqwest::Url;

use crate::authn::address::is_loopback;

/// Where something is fetched: over https, or over http on this very machine, by its literal address.
///
/// `localhost` is a name like any other, and what it stands for is decided elsewhere; `127.0.0.1` is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    url: Url,
    is_loopback: bool,
}

/// Why an address is none that anything is fetched from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceFault {
    NoUrl,
    Insecure,
    Credentials,
    Fragment,
    /// Only an issuer has none (RFC 8414 §2).
    Query,
}

impl Place {
    /// RFC 3986 to the letter first: what follows repairs what it is given, and a repaired address is another one.
    pub(super) fn parse(text: &str) -> Result<Self, PlaceFault> {
        let uri = Uri::parse(text).map_err(|_| PlaceFault::NoUrl)?;
        let authority = uri.authority().ok_or(PlaceFault::NoUrl)?;
        if authority.userinfo().is_some() {
            return Err(PlaceFault::Credentials);
        }
        if uri.fragment().is_some() {
            return Err(PlaceFault::Fragment);
        }
        let host = authority.host();
        let is_loopback = match uri.scheme().as_str() {
            "https" => false,
            "http" if is_loopback(host) => true,
            _ => return Err(PlaceFault::Insecure),
        };
        let url = Url::parse(text).map_err(|_| PlaceFault::NoUrl)?;
        let has_host = !host.is_empty() && url.host_str().is_some_and(|host| !host.is_empty());
        has_host.then_some(Self { url, is_loopback }).ok_or(PlaceFault::NoUrl)
    }

    /// An issuer identifier: also without a query (RFC 8414 §2).
    pub(super) fn of_issuer(text: &str) -> Result<Self, PlaceFault> {
        let place = Self::parse(text)?;
        place.url.query().map_or(Ok(place.clone()), |_| Err(PlaceFault::Query))
    }

    /// A place that this issuer's metadata names. One on this machine counts only where the issuer is on this machine too:
    /// whoever may open a port here must not become the issuer's key set.
    pub(super) fn named_by(issuer: &Self, text: &str) -> Result<Self, PlaceFault> {
        let place = Self::parse(text)?;
        if place.is_loopback && !issuer.is_loopback {
            return Err(PlaceFault::Insecure);
        }
        Ok(place)
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    /// The same host, another path.
    pub(super) fn with_path(&self, path: &str) -> Self {
        let mut place = self.clone();
        place.url.set_path(path);
        place
    }
}

impl fmt::Display for PlaceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoUrl => "it is no absolute URL",
            Self::Insecure => "it is not https",
            Self::Credentials => "it has a user name in it",
            Self::Fragment => "it has a fragment",
            Self::Query => "it has a query",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k3_only_https_and_literal_loopback_are_places() {
        for fine in [
            "https://id.example.com",
            "https://id.example.com:8443/realms/a?x=y",
            "https://[2001:db8::1]/keys",
            "http://127.0.0.1:8080/keys",
            "http://127.1.2.3/keys",
            "http://[::1]:8080/keys",
        ] {
            assert!(Place::parse(fine).is_ok(), "{fine}");
        }
        for (text, fault) in [
            ("http://id.example.com/keys", PlaceFault::Insecure),
            ("http://localhost:8080/keys", PlaceFault::Insecure),
            ("http://127.0.0.1.example.com/keys", PlaceFault::Insecure),
            ("http://127.1/keys", PlaceFault::Insecure),
            ("http://0x7f.0.0.1/keys", PlaceFault::Insecure),
            ("http://0.0.0.0/keys", PlaceFault::Insecure),
            ("http://[::ffff:127.0.0.1]/keys", PlaceFault::Insecure),
            ("ftp://127.0.0.1/keys", PlaceFault::Insecure),
            ("file:///etc/keys", PlaceFault::Insecure),
            ("http://127.0.0.1@evil.example/keys", PlaceFault::Credentials),
            ("https://user:pass@id.example.com", PlaceFault::Credentials),
            ("https://id.example.com/#a", PlaceFault::Fragment),
            ("https:\\\\id.example.com", PlaceFault::NoUrl),
            ("https://id.example.com\\@evil.example", PlaceFault::NoUrl),
            ("https:id.example.com", PlaceFault::NoUrl),
            (" https://id.example.com", PlaceFault::NoUrl),
            ("https://id.exam\nple.com", PlaceFault::NoUrl),
            ("https://", PlaceFault::NoUrl),
            ("https:///keys", PlaceFault::NoUrl),
            ("//id.example.com", PlaceFault::NoUrl),
            ("", PlaceFault::NoUrl),
        ] {
            assert_eq!(Place::parse(text), Err(fault), "{text:?}");
        }
    }

    #[test]
    fn k1_an_issuer_has_no_query_and_no_fragment() {
        assert!(Place::of_issuer("https://id.example.com/realms/a").is_ok());
        assert_eq!(Place::of_issuer("https://id.example.com/?a=b"), Err(PlaceFault::Query));
        assert_eq!(Place::of_issuer("https://id.example.com/?"), Err(PlaceFault::Query));
        assert_eq!(Place::of_issuer("https://id.example.com/#"), Err(PlaceFault::Fragment));
    }

    #[test]
    fn k3_a_remote_issuer_names_no_place_on_this_machine() {
        let remote = Place::of_issuer("https://id.example.com").unwrap();
        let local = Place::of_issuer("http://127.0.0.1:9000").unwrap();
        assert!(Place::named_by(&local, "http://127.0.0.1:9000/keys").is_ok());
        assert!(Place::named_by(&remote, "https://keys.example.net/keys").is_ok());
        assert_eq!(
            Place::named_by(&remote, "http://127.0.0.1:9000/keys"),
            Err(PlaceFault::Insecure)
        );
    }
}
