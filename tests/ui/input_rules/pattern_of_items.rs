use secure_runtime::input;

#[input]
struct Order {
    #[input(length(max = 5), inner(pattern = "[a-z]{1,8}"))]
    codes: Vec<String>,
}

fn main() {}
