use secure_runtime::input;

#[input]
enum Payment {
    Card { number: String },
}

fn main() {}
