use axum::extract::Path;
use secure_runtime::secure;

mod rules {
    pub fn team(_: &secure_runtime::Principal) -> bool {
        true
    }
}

#[secure(get = "/teams/{team}", authenticated, when = rules::team(caller))]
async fn show(Path(team): Path<u32>) {
    drop(team);
}

fn main() {}
