use axum::Form;
use secure_runtime::secure;

#[secure(delete = "/orders", authenticated)]
async fn remove(Form(text): Form<String>) {
    drop(text);
}

fn main() {}
