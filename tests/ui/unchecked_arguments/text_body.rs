use secure_runtime::{SecureRouter, Security, secure};

#[secure(post = "/orders", authenticated)]
async fn create(argument: String) {
    drop(argument);
}

fn routes(security: Security) -> SecureRouter {
    SecureRouter::new(security).mount(create)
}

fn main() {}
