use secure_runtime::input;

#[input]
enum Change {
    Price(#[input(role = "support")] Option<u32>),
}

fn main() {}
