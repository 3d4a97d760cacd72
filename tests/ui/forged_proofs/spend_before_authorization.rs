use secure_runtime::gate::{Gate, Identified};

fn early(mut gate: Gate<'_, Identified>) {
    drop(gate.spend(0, 5_u32));
}

fn main() {}
