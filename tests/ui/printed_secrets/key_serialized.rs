use secure_runtime::jwt::Key;

fn show(key: Key) -> String {
    serde_json::to_string(&key).unwrap()
}

fn main() {}
