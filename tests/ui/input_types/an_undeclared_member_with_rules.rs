use secure_runtime::input;

struct Item {
    id: u32,
}

fn is_there(item: &Option<Item>) -> Result<(), &'static str> {
    if item.is_some() { Ok(()) } else { Err("must be there") }
}

#[input]
struct Order {
    #[input(scope = "admin", custom = is_there)]
    item: Option<Item>,
}

fn main() {}
