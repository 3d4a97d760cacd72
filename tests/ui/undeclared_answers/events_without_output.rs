use futures_util::stream;
use secure_runtime::{Events, Problem, secure};

struct Order {
    id: u32,
}

#[secure(get = "/orders", authenticated)]
async fn list() -> Events<stream::Iter<std::vec::IntoIter<Result<Order, Problem>>>> {
    Events(stream::iter(vec![Ok(Order { id: 1 })]))
}

fn main() {}
