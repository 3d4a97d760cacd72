use secure_runtime::secure;

#[secure(get = "/orders", authenticated)]
async fn list(limit: &'static str) {
    drop(limit);
}

fn main() {}
