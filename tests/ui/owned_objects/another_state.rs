use secure_runtime::{Owned, Problem, Resource, SecureRouter, Security, secure};

#[derive(Clone)]
struct Db;

struct Order {
    owner: String,
}

impl Resource for Order {
    type Id = u32;
    type State = Db;
    type Owner = String;
    type Error = Problem;

    async fn load(_: u32, _: &Db) -> Result<Option<Self>, Problem> {
        Ok(None)
    }

    fn owner(&self) -> &String {
        &self.owner
    }
}

#[secure(get = "/orders/{order_id}", authenticated)]
async fn show(order: Owned<Order>) -> String {
    order.into_inner().owner
}

fn routes(security: Security) -> SecureRouter<u32> {
    SecureRouter::new(security).mount(show)
}

fn main() {}
