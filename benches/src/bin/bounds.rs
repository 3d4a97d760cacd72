//! Compares what gungraun counted, from standard input, with `bounds.toml`: `cargo xtask test bounds`.

use std::io::Read as _;

use secure_benches::scenario::bounded;
use secure_benches::{Bounds, Instructions};

fn main() -> Result<(), String> {
    let mut lines = String::new();
    let read = std::io::stdin().read_to_string(&mut lines);
    read.map_err(|error| error.to_string())?;
    let counted = Instructions::read(&lines)?;
    let bounds = Bounds::ours()?;
    let mut ratios = counted.ratios();
    for ((scenario, count), ratio) in bounded(&bounds)?.iter().zip(&counted.of_one).zip(&ratios) {
        println!("{:<24} {count:>9.0} instructions {ratio:>8.3}", scenario.name);
    }
    if !ratios.is_empty() {
        ratios.remove(0);
    }
    let what = "times plain axum's instructions";
    bounds.check(what, |bound| bound.instructions, &ratios)
}
