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

#[secure(get = "/orders", scope = !scopes::READ_ORDERS)]
async fn list() {}

fn main() {}
