use secure_runtime::secure;

#[secure(get = "/orders", authenticated)]
async fn list() {}

fn router() -> axum::Router {
    axum::Router::new().route("/orders", axum::routing::get(list))
}

fn main() {}
