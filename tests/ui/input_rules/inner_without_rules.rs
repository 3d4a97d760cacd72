use secure_runtime::input;

#[input]
struct Order {
    #[input(length(max = 80), inner)]
    ids: Vec<u32>,
}

fn main() {}
