use secure_runtime::output;

#[output]
enum Payment {
    Card(u64),
}

fn main() {}
