use secure_runtime::gate::{Authorized, Cleared, Gate};

fn forge(gate: Gate<'_, Authorized>) -> Gate<'_, Cleared> {
    gate
}

fn main() {}
