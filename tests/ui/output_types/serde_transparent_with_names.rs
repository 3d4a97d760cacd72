use secure_runtime::output;

#[output]
#[serde(transparent)]
struct Order {
    #[expose]
    id: u32,
}

fn main() {}
