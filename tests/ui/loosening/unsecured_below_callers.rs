use secure_runtime::{Callers, Routes};

fn routes() -> Routes<(), Callers> {
    Routes::for_callers().unsecured("static files", axum::Router::new())
}

fn main() {}
