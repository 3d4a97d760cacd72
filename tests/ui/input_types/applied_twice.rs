use secure_runtime::input;

#[input]
#[input]
struct Order {
    #[input(length(max = 80))]
    note: String,
}

fn main() {}
