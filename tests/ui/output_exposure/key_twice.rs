use secure_runtime::output;

#[output]
struct User {
    #[expose(scope = "admin", scope = "root")]
    email: String,
}

fn main() {}
