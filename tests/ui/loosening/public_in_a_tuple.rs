use secure_runtime::{Callers, Routes, secure};

#[secure(get = "/open", public = "a demo")]
async fn open() {}

#[secure(get = "/mine", authenticated)]
async fn mine() {}

fn routes() -> Routes<(), Callers> {
    Routes::for_callers().mount((mine, open))
}

fn main() {}
