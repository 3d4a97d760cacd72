use secure_runtime::secure;

mod scopes {
    secure_runtime::scopes! {
        pub READ_ORDERS = "read:orders";
        pub WRITE_ORDERS = "write:orders";
    }
}

mod roles {
    secure_runtime::roles! {
        pub MANAGER = "manager";
    }
}

const READ: &str = "read:orders";

#[secure(get = "/orders", scope = READ)]
async fn list() {}

fn main() {}
