use secure_runtime::Owned;

struct Order {
    owner: String,
}

fn change(mut order: Owned<Order>) -> Owned<Order> {
    order.owner = "alice".to_owned();
    order
}

fn main() {}
