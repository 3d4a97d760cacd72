use secure_runtime::Owned;

fn forged() -> Owned<String> {
    Owned { value: String::new() }
}

fn main() {}
