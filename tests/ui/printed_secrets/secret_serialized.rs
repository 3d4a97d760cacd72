use secure_runtime::Secret;

fn show(password: &Secret<String>) -> String {
    serde_json::to_string(password).unwrap()
}

fn main() {}
