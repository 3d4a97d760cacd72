use secure_runtime::{Principal, output};

#[output]
struct Session {
    #[expose]
    caller: Principal,
}

fn main() {}
