//! The attribute ties it by its written type.

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

type Mine = Owned<Order>;

#[secure(get = "/orders/{order_id}", authenticated, shared = "order_id")]
async fn get_order(order_id: Mine) {}

fn main() {}
