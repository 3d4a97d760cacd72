use secure_runtime::Untrusted;

fn show(bio: &Untrusted) -> String {
    serde_json::to_string(bio).unwrap()
}

fn main() {}
