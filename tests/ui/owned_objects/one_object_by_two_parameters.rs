use secure_runtime::{Owned, Problem, Resource, secure};

struct Order {
    owner: String,
}

impl Resource for Order {
    type Id = u32;
    type State = ();
    type Owner = String;
    type Error = Problem;

    async fn load(_: u32, _: &()) -> Result<Option<Self>, Problem> {
        Ok(None)
    }

    fn owner(&self) -> &String {
        &self.owner
    }
}

#[secure(get = "/users/{user_id}/orders/{order_id}", authenticated, owner = "order_id", owner = "user_id")]
async fn show(order: Owned<Order>) -> String {
    order.into_inner().owner
}

fn main() {}
