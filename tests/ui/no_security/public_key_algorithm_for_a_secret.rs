use secure_runtime::jwt::{Key, SignatureAlgorithm};

fn key() -> Key {
    Key::secret(SignatureAlgorithm::Rs256, *b"a secret of at least 32 bytes ok")
}

fn main() {}
