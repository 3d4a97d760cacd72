use axum::extract::Path;
use secure_runtime::secure;

#[secure(get = "/files/{*rest}", authenticated)]
async fn show(Path(rest): Path<String>) {
    drop(rest);
}

fn main() {}
