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

#[secure(get = "/orders/{order_id}", authenticated, shared = "order_id")]
async fn show(order_id: Option<Owned<Order>>) {
    drop(order_id);
}

fn main() {}
