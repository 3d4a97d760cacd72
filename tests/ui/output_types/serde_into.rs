use secure_runtime::output;

#[output]
#[serde(into = "u32")]
struct Order {
    #[expose]
    id: u32,
}

fn main() {}
