use secure_runtime::gate::{Arrived, Gate};

fn early(gate: Gate<'_, Arrived>) {
    let _ = gate.authorize();
}

fn main() {}
