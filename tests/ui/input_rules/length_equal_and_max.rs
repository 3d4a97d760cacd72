use secure_runtime::input;

#[input]
struct Order {
    #[input(length(equal = 8, max = 80))]
    code: String,
}

fn main() {}
