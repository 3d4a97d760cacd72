//! One object, two parameters.

use secure_runtime::{Owned, Problem, Resource, input, secure};

#[input]
struct OrderId(u32);

struct Order {
    owner: String,
}

impl Resource for Order {
    type Id = OrderId;
    type State = ();
    type Owner = String;
    type Error = Problem;

    async fn load(_: OrderId, _: &()) -> Result<Option<Self>, Problem> {
        Ok(None)
    }

    fn owner(&self) -> &String {
        &self.owner
    }
}

#[secure(get = "/users/{user_id}/orders/{order_id}", authenticated)]
async fn get_order(order: Owned<Order>) {}

fn main() {}
