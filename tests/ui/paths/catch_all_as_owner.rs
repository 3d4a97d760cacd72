use axum::extract::Path;
use secure_runtime::secure;

#[secure(get = "/files/{*rest}", authenticated, owner = "rest")]
async fn show(Path(rest): Path<String>) {
    drop(rest);
}

fn main() {}
