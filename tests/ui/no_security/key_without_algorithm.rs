use secure_runtime::jwt::Key;

fn key() -> Key {
    Key::secret(*b"a secret of at least 32 bytes ok")
}

fn main() {}
