use secure_runtime::{Callers, Routes, secure};

#[secure(get = "/open", optional)]
async fn open() {}

fn routes() -> Routes<(), Callers> {
    Routes::for_callers().demand_scope("admin").mount(open)
}

fn main() {}
