struct User {
    #[expose]
    name: String,
}

fn main() {}
