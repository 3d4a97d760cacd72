use secure_runtime::input;

#[input]
#[serde(tag = "kind")]
enum Payment {
    Card { number: u64 },
    #[serde(other)]
    Other,
}

fn main() {}
