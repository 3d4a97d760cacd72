use secure_runtime::input;

#[input]
struct Order {
    #[input(length(max = 5), inner(scope = "admin"))]
    ids: Vec<u32>,
}

fn main() {}
