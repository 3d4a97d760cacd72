use secure_runtime::Routes;

fn routes() -> Routes {
    Routes::new().demand_scope("admin")
}

fn main() {}
