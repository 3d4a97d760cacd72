use secure_runtime::output;

#[output]
struct Range(#[expose] u32, #[expose] u32);

fn main() {}
