use secure_runtime::secure;

#[secure(get = "/orders", authenticated)]
async fn list() {}

async fn around() {
    list::unguarded().await;
}

fn main() {}
