use secure_runtime::secure;

#[secure(get = "/orders", authenticated)]
async fn list(limit: u32) {
    drop(limit);
}

fn main() {}
