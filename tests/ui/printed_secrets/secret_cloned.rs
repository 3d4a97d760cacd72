use secure_runtime::Secret;

fn twice(password: &Secret<String>) -> [Secret<String>; 2] {
    [password.clone(), password.clone()]
}

fn main() {}
