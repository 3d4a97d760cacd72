use secure_runtime::input;

#[input]
struct Order {
    #[input(role = "support", length(max = 80))]
    ids: Vec<u32>,
}

fn main() {}
