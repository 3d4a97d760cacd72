use futures_util::stream;
use secure_runtime::{Lines, Problem, secure};

struct Order {
    id: u32,
}

#[secure(get = "/orders", authenticated)]
async fn list() -> Lines<stream::Iter<std::vec::IntoIter<Result<Order, Problem>>>> {
    Lines(stream::iter(vec![Ok(Order { id: 1 })]))
}

fn main() {}
