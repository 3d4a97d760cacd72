use secure_runtime::input;

#[input]
struct Order {
    #[input(length(max = 80))]
    #[input(length(max = 90))]
    note: String,
}

fn main() {}
