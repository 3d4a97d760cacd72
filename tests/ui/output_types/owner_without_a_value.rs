use secure_runtime::output;

#[output(owner)]
struct Order {
    #[expose]
    user_id: String,
}

fn main() {}
