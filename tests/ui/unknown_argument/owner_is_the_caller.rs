use secure_runtime::{Principal, secure};

#[secure(get = "/orders", authenticated, owner = "caller")]
async fn list(caller: Principal) {
    drop(caller);
}

fn main() {}
