use secure_runtime::output;

#[output]
struct User {
    #[cfg_attr(all(), expose(scope = "admin"))]
    email: String,
}

fn main() {}
