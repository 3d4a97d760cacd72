use axum::Json;
use axum::extract::State;
use secure_runtime::secure;

#[secure(post = "/orders", authenticated)]
async fn create(Json(text): Json<String>, State(db): State<String>) {
    drop((text, db));
}

fn main() {}
