use secure_runtime::{Claims, secure};

#[secure(get = "/orders", optional)]
async fn list(claims: Claims<()>) {
    drop(claims);
}

fn main() {}
