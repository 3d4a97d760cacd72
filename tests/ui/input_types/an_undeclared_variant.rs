use secure_runtime::input;

#[derive(serde::Deserialize)]
struct Card {
    number: u64,
}

#[input]
enum Payment {
    Card(Card),
}

fn main() {}
