use secure_runtime::output;

struct Card {
    number: u64,
}

#[output]
#[serde(tag = "kind", content = "value")]
enum Payment {
    Card {
        #[expose]
        card: Card,
    },
}

fn main() {}
