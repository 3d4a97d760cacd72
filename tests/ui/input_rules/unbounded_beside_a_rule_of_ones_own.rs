use secure_runtime::input;

#[input]
struct Order {
    #[input(custom = is_fine)]
    note: String,
}

fn is_fine(note: &String) -> Result<(), &'static str> {
    if note.is_empty() { Err("must not be empty") } else { Ok(()) }
}

fn main() {}
