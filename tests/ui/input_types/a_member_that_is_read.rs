use secure_runtime::input;

#[input]
struct Order {
    at: std::time::SystemTime,
}

fn main() {}
