use secure_runtime::input;

const MOST: usize = 80;

#[input]
struct Order {
    #[input(length(max = MOST))]
    note: String,
}

fn main() {}
