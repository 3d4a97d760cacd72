use crate::jwt::{MacAlgorithm, SignatureAlgorithm};

pub(super) const SECRETS: [(&str, MacAlgorithm); 3] = [
    ("HS256", MacAlgorithm::Hs256),
    ("HS384", MacAlgorithm::Hs384),
    ("HS512", MacAlgorithm::Hs512),
];

pub(super) const KEY_PAIRS: [(&str, SignatureAlgorithm); 9] = [
    ("RS256", SignatureAlgorithm::Rs256),
    ("RS384", SignatureAlgorithm::Rs384),
    ("RS512", SignatureAlgorithm::Rs512),
    ("PS256", SignatureAlgorithm::Ps256),
    ("PS384", SignatureAlgorithm::Ps384),
    ("PS512", SignatureAlgorithm::Ps512),
    ("ES256", SignatureAlgorithm::Es256),
    ("ES384", SignatureAlgorithm::Es384),
    ("EdDSA", SignatureAlgorithm::EdDsa),
];
