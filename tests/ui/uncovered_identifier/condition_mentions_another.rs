use axum::extract::Path;
use secure_runtime::secure;

#[secure(get = "/users/{user_id}/{year}", authenticated, when = *year > 2000)]
async fn show(Path((user_id, year)): Path<(String, u32)>) {
    drop((user_id, year));
}

fn main() {}
