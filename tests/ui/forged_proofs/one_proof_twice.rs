use secure_runtime::gate::{Bound, Gate};

fn twice(gate: Gate<'_, Bound>) {
    let _ = gate.clear();
    let _ = gate.clear();
}

fn main() {}
