use aws_lc_rs::digest;
use aws_lc_rs::rsa::PublicKeyComponents;
use aws_lc_rs::signature::{self, ParsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::jwt::{Family, SignatureAlgorithm};

/// A public key in JSON (RFC 7517, RFC 7518 §6, RFC 8037 §2).
///
/// Nothing is believed of it before [`key`](Self::key) has parsed it.
#[derive(Deserialize)]
pub(crate) struct Jwk {
    kty: String,
    /// Only a set has keys that are told apart by it.
    #[cfg(feature = "oauth")]
    pub(crate) kid: Option<String>,
    r#use: Option<String>,
    key_ops: Option<Vec<String>>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
    // What only a private or a symmetric key has.
    d: Option<IgnoredAny>,
    p: Option<IgnoredAny>,
    q: Option<IgnoredAny>,
    dp: Option<IgnoredAny>,
    dq: Option<IgnoredAny>,
    qi: Option<IgnoredAny>,
    oth: Option<IgnoredAny>,
    k: Option<IgnoredAny>,
}

impl Jwk {
    /// Does it hold what must never be sent?
    pub(crate) fn is_private(&self) -> bool {
        let private = [
            &self.d, &self.p, &self.q, &self.dp, &self.dq, &self.qi, &self.oth, &self.k,
        ];
        private.iter().any(|member| member.is_some())
    }

    /// May it verify signatures (RFC 7517 §4.2, §4.3)?
    pub(crate) fn is_for_signatures(&self) -> bool {
        let operations = self.key_ops.as_ref();
        self.r#use.as_deref().is_none_or(|usage| usage == "sig")
            && operations.is_none_or(|operations| operations.iter().any(|operation| operation == "verify"))
    }

    /// The one algorithm of this key, if it is among those that are `allowed`: the one that the key names, or, if it names
    /// none, the first that goes with its type and curve.
    pub(crate) fn algorithm(&self, allowed: &[SignatureAlgorithm]) -> Option<SignatureAlgorithm> {
        let fitting = allowed.iter().copied().filter(|algorithm| self.fits(*algorithm));
        let mut named = fitting.filter(|algorithm| self.alg.as_deref().is_none_or(|alg| alg == algorithm.name()));
        named.next()
    }

    fn fits(&self, algorithm: SignatureAlgorithm) -> bool {
        let curve = self.crv.as_deref();
        match (algorithm.family(), self.kty.as_str()) {
            (Family::Rsa, "RSA") => true,
            (Family::Ec, "EC") => {
                curve
                    == Some(if algorithm == SignatureAlgorithm::Es256 {
                        "P-256"
                    } else {
                        "P-384"
                    })
            }
            (Family::Ed, "OKP") => curve == Some("Ed25519"),
            _ => false,
        }
    }

    /// The key, parsed for this algorithm. RSA needs 2048 bits, and a point must lie on its curve.
    pub(crate) fn key(&self, algorithm: SignatureAlgorithm) -> Option<ParsedPublicKey> {
        if !self.fits(algorithm) {
            return None;
        }
        let implementation = algorithm.implementation();
        match algorithm.family() {
            Family::Rsa => {
                let (n, e) = (decode(self.n.as_ref()?)?, decode(self.e.as_ref()?)?);
                let bits = (n.len() * 8).checked_sub(n.first()?.leading_zeros() as usize)?;
                // RFC 7518 §6.3.1.1: as few octets as the number needs.
                if bits < 2048 || n[0] == 0 || !sound_exponent(&e) {
                    return None;
                }
                let components = PublicKeyComponents { n, e };
                components.to_parsed_public_key(algorithm.rsa_parameters()?).ok()
            }
            Family::Ec => {
                let size = if algorithm == SignatureAlgorithm::Es256 { 32 } else { 48 };
                let (x, y) = (decode(self.x.as_ref()?)?, decode(self.y.as_ref()?)?);
                // RFC 7518 §6.2.1.2: as many octets as the field has.
                if x.len() != size || y.len() != size {
                    return None;
                }
                ParsedPublicKey::new(implementation, [&[4], &x[..], &y[..]].concat()).ok()
            }
            Family::Ed => {
                let x = decode(self.x.as_ref()?)?;
                (x.len() == signature::ED25519_PUBLIC_KEY_LEN)
                    .then(|| ParsedPublicKey::new(implementation, x).ok())
                    .flatten()
            }
        }
    }

    /// The key's thumbprint by SHA-256 (RFC 7638 §3), in base64url.
    pub(crate) fn thumbprint(&self) -> Option<String> {
        // Each of these is base64url or a name that was compared, so nothing needs an escape.
        let text = |value: &Option<String>| value.clone().filter(|value| decode(value).is_some());
        let members = match (self.kty.as_str(), self.crv.as_deref()) {
            ("RSA", _) => format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, text(&self.e)?, text(&self.n)?),
            ("EC", Some(crv @ ("P-256" | "P-384"))) => {
                let (x, y) = (text(&self.x)?, text(&self.y)?);
                format!(r#"{{"crv":"{crv}","kty":"EC","x":"{x}","y":"{y}"}}"#)
            }
            ("OKP", Some("Ed25519")) => format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, text(&self.x)?),
            _ => return None,
        };
        Some(URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, members.as_bytes())))
    }
}

/// With an exponent of one a signature is the padded hash itself; an even one has no inverse.
fn sound_exponent(exponent: &[u8]) -> bool {
    let magnitude = exponent
        .iter()
        .position(|byte| *byte != 0)
        .map_or(&[][..], |at| &exponent[at..]);
    magnitude.last().is_some_and(|last| last % 2 == 1) && magnitude != [1]
}

fn decode(text: &String) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| !bytes.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use SignatureAlgorithm::{EdDsa, Es256, Es384, Ps256, Rs256};

    /// RFC 7638 §3.1.
    const RSA: &str = r#"{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}"#;
    /// RFC 8037 §A.2 and §A.3.
    const ED: &str = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    /// RFC 7517 §A.1.
    const EC: &str = r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#;

    fn jwk(text: &str) -> Jwk {
        crate::json::from_str(text).unwrap()
    }

    #[test]
    fn d6_thumbprints_are_those_of_the_rfcs() {
        assert_eq!(
            jwk(RSA).thumbprint().unwrap(),
            "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
        );
        assert_eq!(
            jwk(ED).thumbprint().unwrap(),
            "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
        );
    }

    #[test]
    fn j2_a_key_has_one_algorithm() {
        let all = [Rs256, Ps256, Es256, Es384, EdDsa];
        assert_eq!(jwk(RSA).algorithm(&all), Some(Rs256));
        assert_eq!(jwk(RSA).algorithm(&[Ps256, Es256]), None);
        assert_eq!(jwk(&RSA.replace("RS256", "PS256")).algorithm(&all), Some(Ps256));
        assert_eq!(jwk(&RSA.replace("RS256", "none")).algorithm(&all), None);
        assert_eq!(jwk(&RSA.replace("RS256", "HS256")).algorithm(&all), None);
        let unnamed = RSA.replace(r#","alg":"RS256""#, "");
        assert_eq!(jwk(&unnamed).algorithm(&[Es256, Ps256, Rs256]), Some(Ps256));
        assert_eq!(jwk(EC).algorithm(&all), Some(Es256));
        assert_eq!(jwk(&EC.replace("P-256", "P-384")).algorithm(&all), Some(Es384));
        assert_eq!(jwk(ED).algorithm(&all), Some(EdDsa));
        assert_eq!(jwk(&ED.replace("Ed25519", "X25519")).algorithm(&all), None);
        assert!(jwk(EC).key(EdDsa).is_none() && jwk(EC).key(Rs256).is_none() && jwk(RSA).key(Es256).is_none());
    }

    #[test]
    fn j17_sizes_and_points_are_checked() {
        assert!(jwk(RSA).key(Rs256).is_some() && jwk(RSA).key(Ps256).is_some());
        assert!(jwk(EC).key(Es256).is_some() && jwk(ED).key(EdDsa).is_some());
        for (text, algorithm) in [
            (RSA.replace("0vx7agoebGcQSuuP", ""), Rs256), // 1952 bits
            (RSA.replace("\"0vx7", "\"AAAA0vx7"), Rs256), // leading zeros
            (RSA.replace("AQAB", "AQ"), Rs256),           // an exponent of one
            (RSA.replace("-kEgU8awapJzKnqDKgw", "-kEgU8awapJzKnqDKg="), Rs256), // padding
            (EC.replace("MKBCTN", "MKBCTO"), Es256),      // not on the curve
            (EC.replace("P-256", "P-384"), Es384),        // another curve
            (EC.replace("\"y\"", "\"z\""), Es256),        // half a point
            (ED.replace("11qYAYK", "11qY"), EdDsa),       // too short
        ] {
            assert!(jwk(&text).key(algorithm).is_none(), "{text}");
        }
    }

    #[test]
    fn k6_use_and_operations_count() {
        let with = |member: &str| jwk(&ED.replace("{", &format!("{{{member},")));
        assert!(jwk(ED).is_for_signatures() && !jwk(ED).is_private());
        assert!(with(r#""use":"sig""#).is_for_signatures() && with(r#""key_ops":["verify"]"#).is_for_signatures());
        assert!(!with(r#""use":"enc""#).is_for_signatures() && !with(r#""key_ops":["sign"]"#).is_for_signatures());
        for private in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
            assert!(with(&format!(r#""{private}":"AA""#)).is_private());
        }
    }
}
