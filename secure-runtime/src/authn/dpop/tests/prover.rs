use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::authn::jwk::Jwk;
use crate::jwt::SignatureAlgorithm;

/// A client with a fresh key.
pub(super) struct Prover {
    pair: Pair,
    algorithm: SignatureAlgorithm,
    pub(super) jwk: Value,
}

enum Pair {
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
    Rsa(RsaKeyPair),
}

pub(super) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Prover {
    pub(super) fn new(algorithm: SignatureAlgorithm) -> Self {
        let ec = |signing, curve: &str, size: usize| {
            let pair = EcdsaKeyPair::generate(signing).unwrap();
            let (x, y) = pair.public_key().as_ref()[1..].split_at(size);
            let jwk = json!({"kty": "EC", "crv": curve, "x": encode(x), "y": encode(y)});
            (Pair::Ec(pair), jwk)
        };
        let (pair, jwk) = match algorithm {
            SignatureAlgorithm::Es256 => ec(&ECDSA_P256_SHA256_FIXED_SIGNING, "P-256", 32),
            SignatureAlgorithm::Es384 => ec(&ECDSA_P384_SHA384_FIXED_SIGNING, "P-384", 48),
            SignatureAlgorithm::EdDsa => {
                let pair = Ed25519KeyPair::generate().unwrap();
                let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": encode(pair.public_key())});
                (Pair::Ed(pair), jwk)
            }
            _ => {
                let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
                let public = pair.public_key();
                let n = encode(public.modulus().big_endian_without_leading_zero());
                let e = encode(public.exponent().big_endian_without_leading_zero());
                (Pair::Rsa(pair), json!({"kty": "RSA", "n": n, "e": e}))
            }
        };
        Self { pair, algorithm, jwk }
    }

    pub(super) fn thumbprint(&self) -> String {
        let jwk: Jwk = crate::json::from_str(&self.jwk.to_string()).unwrap();
        jwk.thumbprint().unwrap()
    }

    pub(super) fn header(&self) -> String {
        json!({"typ": "dpop+jwt", "alg": self.algorithm.name(), "jwk": self.jwk}).to_string()
    }

    pub(super) fn proof(&self, claims: &Value) -> String {
        self.sign(&self.header(), &claims.to_string())
    }

    pub(super) fn sign(&self, header: &str, payload: &str) -> String {
        let signed = format!("{}.{}", encode(header), encode(payload));
        format!("{signed}.{}", encode(self.signature(signed.as_bytes())))
    }

    fn signature(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Ec(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Pair::Ed(pair) => pair.sign(message).as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let padding = match self.algorithm {
                    SignatureAlgorithm::Ps256 => &RSA_PSS_SHA256 as &dyn aws_lc_rs::signature::RsaEncoding,
                    SignatureAlgorithm::Rs512 => &RSA_PKCS1_SHA512,
                    _ => &RSA_PKCS1_SHA256,
                };
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(padding, &random, message, &mut signature).unwrap();
                signature
            }
        }
    }
}
