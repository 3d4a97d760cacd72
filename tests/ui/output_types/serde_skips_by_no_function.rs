use secure_runtime::output;

#[output]
struct Order {
    #[expose]
    #[serde(skip_serializing_if = "is none")]
    note: Option<String>,
}

fn main() {}
