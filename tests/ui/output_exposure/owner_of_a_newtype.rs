use secure_runtime::output;

#[output(owner = "user_id")]
struct Cents(#[expose] i64);

fn main() {}
