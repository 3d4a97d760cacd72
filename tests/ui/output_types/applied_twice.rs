use secure_runtime::output;

#[output]
#[output]
struct Order {
    #[expose]
    id: u32,
}

fn main() {}
