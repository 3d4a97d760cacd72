use axum::extract::Path;
use secure_runtime::secure;

#[secure(get = "/teams/{team}", authenticated, when = match 1 { team => team == 1 })]
async fn show(Path(team): Path<u32>) {
    drop(team);
}

fn main() {}
