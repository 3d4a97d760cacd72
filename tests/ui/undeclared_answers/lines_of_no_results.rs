use futures_util::stream;
use secure_runtime::{Lines, secure};

#[secure(get = "/numbers", authenticated)]
async fn list() -> Lines<stream::Iter<std::vec::IntoIter<u32>>> {
    Lines(stream::iter(vec![1]))
}

fn main() {}
