use secure_runtime::{Callers, Routes, secure};

#[secure(get = "/open", public = "a demo")]
async fn open() {}

fn routes() -> Routes<(), Callers> {
    Routes::for_callers().mount(open)
}

fn main() {}
