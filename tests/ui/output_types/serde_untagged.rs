use secure_runtime::output;

#[output]
#[serde(untagged)]
enum Id {
    Number(#[expose] u32),
    Letter(#[expose] char),
}

fn main() {}
