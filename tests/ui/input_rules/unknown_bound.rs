use secure_runtime::input;

#[input]
struct Order {
    #[input(length(maximum = 80))]
    note: String,
}

fn main() {}
