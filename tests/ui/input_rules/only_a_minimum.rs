use secure_runtime::input;

#[input]
struct Order {
    #[input(length(min = 1))]
    note: String,
}

fn main() {}
