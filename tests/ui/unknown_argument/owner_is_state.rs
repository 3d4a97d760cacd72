use axum::extract::State;
use secure_runtime::secure;

#[secure(get = "/orders", authenticated, owner = "db")]
async fn list(State(db): State<String>) {
    drop(db);
}

fn main() {}
