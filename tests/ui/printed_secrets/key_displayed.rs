use secure_runtime::jwt::Key;

fn show(key: Key) -> String {
    key.to_string()
}

fn main() {}
