use secure_runtime::SecureRouter;

fn routes() -> SecureRouter {
    SecureRouter::new()
}

fn main() {}
