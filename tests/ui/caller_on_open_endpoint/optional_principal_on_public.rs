use secure_runtime::{Principal, secure};

#[secure(get = "/orders", public = "a demo")]
async fn list(caller: Option<Principal>) {
    drop(caller);
}

fn main() {}
