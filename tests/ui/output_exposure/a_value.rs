use secure_runtime::output;

#[output]
struct User {
    #[expose = "everybody"]
    name: String,
}

fn main() {}
