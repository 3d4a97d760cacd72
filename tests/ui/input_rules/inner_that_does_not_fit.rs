use secure_runtime::input;

#[input]
struct Order {
    #[input(length(max = 80), inner(length(max = 80)))]
    ids: Vec<u32>,
}

fn main() {}
