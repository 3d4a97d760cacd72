use secure_runtime::Secret;

fn length(password: &Secret<String>) -> usize {
    password.len()
}

fn main() {}
