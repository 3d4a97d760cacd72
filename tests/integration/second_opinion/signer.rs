//! Real keys, which sign whatever they are given.

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm,
    Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding,
};
use secure_runtime::jwt::Key;

use crate::peers::jwk;

/// The algorithms of the run.
pub(super) const ALGORITHMS: [&str; 5] = ["ES256", "ES384", "EdDSA", "RS256", "PS256"];

/// A private key for one algorithm.
pub(super) struct Signer {
    pub(super) algorithm: &'static str,
    pub(super) pem: String,
    pair: Pair,
}

enum Pair {
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
    Rsa(RsaKeyPair, &'static dyn RsaEncoding),
}

impl Signer {
    pub(super) fn new(algorithm: &'static str) -> Self {
        let pair = match algorithm {
            "ES256" => ec(&ECDSA_P256_SHA256_FIXED_SIGNING),
            "ES384" => ec(&ECDSA_P384_SHA384_FIXED_SIGNING),
            "EdDSA" => Pair::Ed(Ed25519KeyPair::generate().unwrap()),
            "RS256" => Pair::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap(), &RSA_PKCS1_SHA256),
            "PS256" => Pair::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap(), &RSA_PSS_SHA256),
            _ => panic!("no key for {algorithm}"),
        };
        let der: PublicKeyX509Der<'_> = match &pair {
            Pair::Ec(pair) => pair.public_key().as_der().unwrap(),
            Pair::Ed(pair) => pair.public_key().as_der().unwrap(),
            Pair::Rsa(pair, _) => pair.public_key().as_der().unwrap(),
        };
        let pem = pem::encode(&pem::Pem::new("PUBLIC KEY", der.as_ref()));
        Self { algorithm, pem, pair }
    }

    pub(super) fn id(&self) -> String {
        format!("key-{}", self.algorithm)
    }

    /// What verifies its signatures.
    pub(super) fn key(&self) -> Key {
        Key::public_pem(jwk::algorithm(self.algorithm).unwrap(), self.pem.as_str()).with_id(self.id())
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Ec(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Pair::Ed(pair) => pair.sign(message).as_ref().to_vec(),
            Pair::Rsa(pair, encoding) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(*encoding, &random, message, &mut signature).unwrap();
                signature
            }
        }
    }

    /// The classic confusion: the public key, which everybody has, as the secret of a MAC.
    pub(super) fn mac_by_public_key(&self, message: &[u8]) -> Vec<u8> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.pem.as_bytes());
        hmac::sign(&key, message).as_ref().to_vec()
    }
}

fn ec(curve: &'static EcdsaSigningAlgorithm) -> Pair {
    Pair::Ec(EcdsaKeyPair::generate(curve).unwrap())
}
