use secure_runtime::input;

struct Item {
    id: u32,
}

fn is_there(item: &Item) -> Result<(), &'static str> {
    if item.id > 0 { Ok(()) } else { Err("must be there") }
}

#[input]
struct Order {
    #[input(length(max = 10), inner(custom = is_there))]
    items: Vec<Item>,
}

fn main() {}
