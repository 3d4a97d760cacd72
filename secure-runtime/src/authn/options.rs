use secure_policy::ByteSize;

use super::authenticator::{Authenticator, Way};
use super::authenticators::Authenticators;
use super::cache::TokenCache;
#[cfg(feature = "mtls")]
use super::certificate::ClientCertHeader;
use super::denylist::{Denials, Denylist};
use super::dpop::Dpop;
use super::jwt::Verifier;
#[cfg(feature = "oauth")]
use super::opaque::OpaqueTokens;
use super::possession::Possession;
use super::tokens::Tokens;
use crate::authz::RoleHierarchy;
use crate::clock::Clock;
use crate::startup::{Fault, Placed};

/// What is said once for all ways in.
pub(crate) struct Options {
    pub(crate) accepted: Vec<Placed<Authenticator>>,
    pub(crate) dpop: Option<Placed<Dpop>>,
    #[cfg(feature = "mtls")]
    pub(crate) client_cert_header: Option<Placed<ClientCertHeader>>,
    #[cfg(feature = "redis")]
    pub(crate) shared_denylist: Option<super::RedisDenylist>,
    /// The issuers whose users own objects.
    pub(crate) owners: Option<Vec<String>>,
    pub(crate) roles: RoleHierarchy,
    pub(crate) clock: Clock,
    /// How much the cache of verified tokens may hold; `None` for no cache.
    pub(crate) cache: Option<ByteSize>,
}

impl Options {
    /// All ways in, ready for use; `None` if, and only if, there are faults.
    pub(crate) fn prepare(self, faults: &mut Vec<Fault>) -> Option<Authenticators> {
        let before = faults.len();
        let clock = self.clock;
        let (mut jwts, mut api_keys) = (Vec::<Verifier>::new(), Vec::new());
        #[cfg(feature = "oauth")]
        let mut introspections = Vec::new();
        #[cfg(feature = "mtls")]
        let mut certificates = Vec::new();
        for accepted in self.accepted {
            accepted.prepare(faults, |Authenticator(way), faults| match way {
                Way::Jwt(jwt) => jwts.extend(jwt.prepare(&clock, faults)),
                #[cfg(feature = "oauth")]
                Way::Introspection(introspection) => {
                    introspections.extend(OpaqueTokens::prepare(*introspection, &clock, faults));
                }
                Way::ApiKeys(keys) => api_keys.extend(keys.prepare(faults)),
                #[cfg(feature = "mtls")]
                Way::Certificates(trust) => certificates.extend(trust.prepare(faults)),
            });
        }
        let cache = self.cache.and_then(|size| {
            let fault = |_| Fault::new("SecurityBuilder", "the system has no random numbers", "start it again");
            TokenCache::new(size).map_err(|error| faults.push(fault(error))).ok()
        });
        #[cfg(feature = "oauth")]
        if introspections.len() > 1 {
            let fault = "tokens are introspected at two places, and an opaque token does not say which it is for";
            faults.push(Fault::new("Introspection", fault, "keep one of them"));
        }
        for (index, jwt) in jwts.iter_mut().enumerate() {
            jwt.index = index;
        }
        let mut tokens = Tokens {
            jwts,
            #[cfg(feature = "oauth")]
            opaque: introspections.pop(),
            cache,
        };
        tokens.check(faults);
        tokens.settle_owners(self.owners.as_deref(), faults);
        if let Some(issuer) = tokens
            .issuers()
            .find(|issuer| api_keys.iter().any(|keys| keys.issuer() == *issuer))
        {
            faults.push(Fault::new(
                "ApiKeys",
                format!("the issuer {issuer:?} is one of tokens as well"),
                "leave it out, so that a client is never taken for a user of the same name",
            ));
        }
        if api_keys.len() > 1 {
            faults.push(Fault::new(
                "ApiKeys",
                "API keys are accepted twice",
                "keep them in one store, under one prefix",
            ));
        }
        #[cfg(feature = "mtls")]
        if certificates.len() > 1 {
            let help = "name all roots in one trust";
            faults.push(Fault::new(
                "ClientCertificates",
                "certificates are accepted twice",
                help,
            ));
        }
        let possession = Possession {
            proofs: self
                .dpop
                .and_then(|dpop| dpop.prepare(faults, |dpop, faults| dpop.prepare(&clock, faults))),
            #[cfg(feature = "mtls")]
            peers: self
                .client_cert_header
                .and_then(|header| header.prepare(faults, ClientCertHeader::prepare)),
        };
        (faults.len() == before).then(|| Authenticators {
            tokens,
            api_keys: api_keys.pop(),
            #[cfg(feature = "mtls")]
            certificates: certificates.pop(),
            possession,
            denials: Denials {
                local: Denylist::new(clock.clone()),
                #[cfg(feature = "redis")]
                shared: self.shared_denylist.map(|list| list.clock(clock.clone())),
            },
            roles: self.roles,
            clock,
        })
    }
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;
    use crate::authn::IntoAuthenticator as _;
    use crate::authn::credential::Token;
    use crate::authn::jwt::Jwt;
    use crate::testing::{AUDIENCE, TestIssuer};

    /// One issuer's tokens, and a cache of this size.
    fn with_cache(issuer: &TestIssuer, size: &str) -> Option<Authenticators> {
        of_issuers([issuer.jwt()], size)
    }

    fn of_issuers<const N: usize>(issuers: [Jwt; N], size: &str) -> Option<Authenticators> {
        let options = Options {
            accepted: issuers.map(|jwt| Placed::in_code(jwt.into_authenticator())).into(),
            dpop: None,
            #[cfg(feature = "mtls")]
            client_cert_header: None,
            #[cfg(feature = "redis")]
            shared_denylist: None,
            owners: Some(Vec::new()),
            roles: RoleHierarchy::new(),
            clock: Clock::default(),
            cache: ByteSize::parse(size).ok(),
        };
        options.prepare(&mut Vec::new())
    }

    /// The cache is of use: what was verified is found again, and not what was refused.
    #[test]
    fn what_was_verified_is_known_again() {
        let issuer = TestIssuer::default();
        let authenticators = with_cache(&issuer, "1MiB").unwrap();
        let cache = authenticators.tokens.cache.as_ref().unwrap();
        let (good, bad) = (
            issuer.token("alice").sign(),
            issuer.token("alice").expires_in(-60).sign(),
        );
        assert!(cache.get(&cache.presented(good.as_bytes())).is_none());
        let now = Clock::default().unix_seconds();
        // Nothing has to be fetched, so nothing is waited for.
        authenticators
            .verify(Token::of(&good), now)
            .now_or_never()
            .unwrap()
            .unwrap();
        authenticators
            .verify(Token::of(&bad), now)
            .now_or_never()
            .unwrap()
            .unwrap_err();
        let kept = cache.get(&cache.presented(good.as_bytes())).unwrap();
        assert_eq!(kept.subject(), "alice");
        assert!(cache.get(&cache.presented(bad.as_bytes())).is_none());
    }

    /// Whatever is changed of a token that is known, it is another one: each byte of it, what stands before and behind, and what is
    /// missing.
    #[test]
    fn nothing_but_the_very_token_is_known_again() {
        let issuer = TestIssuer::default();
        let authenticators = with_cache(&issuer, "1MiB").unwrap();
        let cache = authenticators.tokens.cache.as_ref().unwrap();
        let token = issuer.token("alice").sign();
        let now = Clock::default().unix_seconds();
        let caller = authenticators.verify(Token::of(&token), now).now_or_never();
        caller.unwrap().unwrap();
        let known = |token: &[u8]| cache.get(&cache.presented(token)).is_some();
        assert!(known(token.as_bytes()));
        for place in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[place] ^= 1;
            assert!(!known(&changed), "byte {place}");
            assert!(!known(&token.as_bytes()[..place]), "the first {place}");
        }
        let around = [
            format!("{token}="),
            format!("{token}."),
            format!(".{token}"),
            token.repeat(2),
        ];
        for other in around {
            assert!(!known(other.as_bytes()), "{other}");
        }
    }

    /// What is known of a token says which verifier has to accept it still: that of its issuer, and no other.
    #[test]
    fn a_known_token_stays_with_its_own_verifier() {
        let issuer = TestIssuer::default();
        let names = ["https://one.example.com", "https://other.example.com"];
        let jwts = names.map(|name| Jwt::issuer(name).audience(AUDIENCE).key(issuer.key()));
        let authenticators = of_issuers(jwts, "1MiB").unwrap();
        let now = Clock::default().unix_seconds();
        for (index, name) in names.into_iter().enumerate() {
            let token = issuer.token("alice").claim("iss", name).sign();
            let caller = authenticators.verify(Token::of(&token), now).now_or_never();
            let by = caller.unwrap().unwrap().signed_by();
            assert_eq!(by.map(|by| by.verifier), Some(index), "{name}");
        }
    }

    /// Tokens count by their size: a few large ones take the room of many.
    #[test]
    fn the_cache_keeps_within_its_memory() {
        let issuer = TestIssuer::default();
        let authenticators = with_cache(&issuer, "128KiB").unwrap();
        let cache = authenticators.tokens.cache.as_ref().unwrap();
        let now = Clock::default().unix_seconds();
        for i in 0..200 {
            let large = issuer
                .token("alice")
                .claim("padding", format!("{i}{}", "x".repeat(8000)));
            authenticators
                .verify(Token::of(&large.sign()), now)
                .now_or_never()
                .unwrap()
                .unwrap();
        }
        // Each has 8 KiB of claims, and a principal has them and parts of them again.
        assert!((1..=8).contains(&cache.len()), "{}", cache.len());
    }
}
