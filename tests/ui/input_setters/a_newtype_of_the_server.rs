use secure_runtime::input;

#[input]
struct Price(#[input(server)] u32);

fn main() {}
