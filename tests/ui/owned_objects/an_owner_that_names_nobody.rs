use secure_runtime::{Problem, Resource};

struct Order {
    owner: Option<String>,
}

impl Resource for Order {
    type Id = u32;
    type State = ();
    type Owner = Option<String>;
    type Error = Problem;

    async fn load(_: u32, _: &()) -> Result<Option<Self>, Problem> {
        Ok(None)
    }

    fn owner(&self) -> &Option<String> {
        &self.owner
    }
}

fn main() {}
