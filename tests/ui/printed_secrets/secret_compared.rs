use secure_runtime::Secret;

fn is_same(one: &Secret<String>, other: &Secret<String>) -> bool {
    one == other
}

fn main() {}
