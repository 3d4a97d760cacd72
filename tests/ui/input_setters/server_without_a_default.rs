use secure_runtime::input;

struct Id(u32);

#[input]
struct Order {
    #[input(server)]
    id: Id,
}

fn main() {}
