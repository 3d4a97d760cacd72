use secure_runtime::input;

#[input]
struct Order {
    #[input(pattern = "^(?i)[a-z]{1,8}$")]
    code: String,
}

fn main() {}
