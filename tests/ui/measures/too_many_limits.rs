use secure_runtime::secure;

#[secure(
    get = "/orders",
    authenticated,
    rate = "1/s",
    rate = "2/s",
    rate = "3/s",
    rate = "4/s",
    rate = "5/s",
    rate = "6/s",
    rate = "7/s",
    rate = "8/s",
    rate = "9/s",
)]
async fn list() {}

fn main() {}
