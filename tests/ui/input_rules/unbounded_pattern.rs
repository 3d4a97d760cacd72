use secure_runtime::input;

#[input]
struct Order {
    #[input(pattern = "^[a-z]+$")]
    code: String,
}

fn main() {}
