use secure_runtime::secure;

async fn later() {}

#[secure(get = "/orders", authenticated)]
async fn list() {
    let lock = std::sync::Mutex::new(1);
    let guard = lock.lock().unwrap();
    later().await;
    drop(guard);
}

fn main() {}
