use secure_runtime::input;

#[input]
struct Order {
    #[input(range(max = 80))]
    note: String,
}

fn main() {}
