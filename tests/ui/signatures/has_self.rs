use secure_runtime::secure;

struct Orders;

impl Orders {
    #[secure(get = "/orders", authenticated)]
    async fn list(self) {}
}

fn main() {}
