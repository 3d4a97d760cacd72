use secure_runtime::{Callers, Routes, get, secure};

#[secure(public = "a demo")]
async fn open() {}

fn routes() -> Routes<(), Callers> {
    Routes::for_callers().route("/open", get(open))
}

fn main() {}
