use secure_runtime::{Callers, Routes};

fn routes(inner: Routes) -> Routes<(), Callers> {
    Routes::for_callers().nest("/inner", inner)
}

fn main() {}
