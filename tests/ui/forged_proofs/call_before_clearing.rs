use secure_runtime::gate::{Authorized, Gate, declared_answer};

async fn early(gate: Gate<'_, Authorized>) {
    let _ = gate.call(declared_answer(), async {}).await;
}

fn main() {}
