use secure_runtime::output;

#[output]
enum Payment {
    OnAccount,
    Card(#[expose(scope = "read:cards")] u64),
}

fn main() {}
