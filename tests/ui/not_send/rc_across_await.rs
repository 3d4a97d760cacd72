use secure_runtime::secure;

async fn later() {}

#[secure(get = "/orders", authenticated)]
async fn list() {
    let shared = std::rc::Rc::new(1);
    later().await;
    drop(shared);
}

fn main() {}
