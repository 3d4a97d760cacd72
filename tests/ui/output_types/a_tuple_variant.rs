use secure_runtime::output;

#[output]
enum Found {
    Nothing,
    Between(#[expose] u32, #[expose] u32),
}

fn main() {}
