use secure_runtime::{Problem, Resource};

#[derive(serde::Deserialize)]
struct OrderId(u32);

struct Order {
    owner: String,
}

impl Resource for Order {
    type Id = OrderId;
    type State = ();
    type Owner = String;
    type Error = Problem;

    async fn load(id: OrderId, _: &()) -> Result<Option<Self>, Problem> {
        drop(id.0.to_string());
        Ok(None)
    }

    fn owner(&self) -> &String {
        &self.owner
    }
}

fn main() {}
