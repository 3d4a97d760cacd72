use secure_runtime::secure;

#[secure(get = "/orders", authenticated)]
async fn list(text: impl Into<String>) {
    drop(text);
}

fn main() {}
