use secure_runtime::output;

#[output]
struct Cents(#[expose(scope = "read:prices")] i64);

fn main() {}
