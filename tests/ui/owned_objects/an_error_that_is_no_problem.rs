use secure_runtime::Resource;

struct Order {
    owner: String,
}

impl Resource for Order {
    type Id = u32;
    type State = ();
    type Owner = String;
    type Error = std::io::Error;

    async fn load(_: u32, _: &()) -> Result<Option<Self>, std::io::Error> {
        Ok(None)
    }

    fn owner(&self) -> &String {
        &self.owner
    }
}

fn main() {}
