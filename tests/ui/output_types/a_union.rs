use secure_runtime::output;

#[output]
union Order {
    number: u32,
    letter: char,
}

fn main() {}
