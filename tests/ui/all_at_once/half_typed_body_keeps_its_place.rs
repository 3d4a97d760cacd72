use secure_runtime::secure;

#[secure(get = "/orders")]
async fn list() -> u32 {
    let orders = 1;
    orders.
}

fn main() {}
