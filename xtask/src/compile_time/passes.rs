//! Where the compiler's time goes, by its own account: `-Ztime-passes`, which the stable compiler has under `RUSTC_BOOTSTRAP`.

use super::crates::{self, Variant};
use super::stopwatch::{clean_command, first_errors};

/// What is printed of each crate. The macros run in the first.
const PASSES: [(&str, &str); 5] = [
    ("macro_expand_crate", "expansion"),
    ("resolve_crate", "names"),
    ("type_check_crate", "types"),
    ("MIR_borrow_checking", "borrows"),
    ("total", "whole check"),
];

/// How often; the smallest counts, since nothing makes the compiler faster than it is.
const ROUNDS: usize = 5;

pub(crate) fn print() -> Result<(), String> {
    let names: Vec<&str> = PASSES.iter().map(|(_, title)| *title).collect();
    println!("\npasses of `cargo check`, from clean, in ms");
    println!("| | {} |\n|---|{}", names.join(" | "), "---|".repeat(names.len()));
    for variant in crates::all() {
        let mut least = [f64::INFINITY; PASSES.len()];
        for _ in 0..ROUNDS {
            let report = report(variant)?;
            for (least, (pass, _)) in least.iter_mut().zip(PASSES) {
                let taken = taken(&report, pass).ok_or_else(|| format!("rustc tells nothing of `{pass}`"))?;
                *least = least.min(taken);
            }
        }
        let cells: Vec<String> = least.iter().map(|seconds| format!("{:.0}", seconds * 1000.0)).collect();
        println!("| {} | {} |", variant.title, cells.join(" | "));
    }
    Ok(())
}

/// What rustc prints: a line for each pass, as in `time:   0.047; rss: 45MB -> 112MB (+67MB)`, a tab, and the pass.
fn report(variant: &Variant) -> Result<String, String> {
    variant.edit(0)?; // touched, it is checked anew
    let args = [
        "rustc",
        "--offline",
        "--profile",
        "check",
        "--lib",
        "--package",
        variant.name,
    ];
    let mut command = clean_command(&args);
    command.args(["--", "-Ztime-passes"]);
    // From clean also for the compiler: nothing is kept from one time to the next. What is built with the variable is other
    // than what is built without, and has a folder of its own, or the steps would undo each other's work.
    command.env("RUSTC_BOOTSTRAP", "1").env("CARGO_INCREMENTAL", "0");
    command.env("CARGO_TARGET_DIR", "target/passes");
    let output = command
        .output()
        .map_err(|error| format!("cargo did not start: {error}"))?;
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    if output.status.success() {
        Ok(text)
    } else {
        Err(first_errors(&args, &text))
    }
}

fn taken(report: &str, pass: &str) -> Option<f64> {
    let line = report
        .lines()
        .find(|line| line.starts_with("time:") && line.ends_with(&format!("\t{pass}")))?;
    line.strip_prefix("time:")?.split(';').next()?.trim().parse().ok()
}
