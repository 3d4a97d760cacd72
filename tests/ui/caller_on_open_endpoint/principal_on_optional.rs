use secure_runtime::{Principal, secure};

#[secure(get = "/orders", optional)]
async fn list(caller: Principal) {
    drop(caller);
}

fn main() {}
