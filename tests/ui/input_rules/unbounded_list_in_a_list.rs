use secure_runtime::input;

#[input]
struct Order {
    #[input(length(max = 5))]
    ids: Vec<Vec<u32>>,
}

fn main() {}
