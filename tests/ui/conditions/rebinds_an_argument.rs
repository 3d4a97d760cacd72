use axum::extract::Path;
use secure_runtime::secure;

#[secure(get = "/teams/{team}", authenticated, when = [1, 2].iter().any(|team| *team == 1))]
async fn show(Path(team): Path<u32>) {
    drop(team);
}

fn main() {}
