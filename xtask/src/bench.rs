//! Figures: what is bounded, for the gate; and everything beside everybody else, for the book.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{root, succeed};
use crate::tools::tool;

/// Of the library in the benches; the two must not differ.
const GUNGRAUN: &str = "0.20.0";

/// Rounds of the time measurement, and in how many processes: what a process finds in memory differs from one to the next.
struct Effort {
    rounds: &'static str,
    processes: usize,
    load_rounds: &'static str,
    load_seconds: &'static str,
}

const FULL: Effort = Effort {
    rounds: "201",
    processes: 5,
    load_rounds: "11",
    load_seconds: "2",
};
const QUICK: Effort = Effort {
    rounds: "21",
    processes: 1,
    load_rounds: "3",
    load_seconds: "1",
};

/// Instructions and allocations of the scenarios in `benches/bounds.toml`.
pub(crate) fn bounds() -> Result<(), String> {
    let counted = folder("bounds")?.join("instructions.jsonl");
    let package = ["-p", "secure-benches", "--locked"];
    count_instructions(&root(), &package, &counted)?;
    let input = File::open(&counted).map_err(|error| format!("{}: {error}", counted.display()))?;
    let mut compare = cargo(&root(), "run", &package);
    succeed(compare.args(["--release", "--quiet", "--bin", "bounds"]).stdin(input))?;
    succeed(cargo(&root(), "bench", &package).args(["--quiet", "--bench", "allocations"]))
}

/// Time, instructions and allocations of all scenarios, beside plain axum, and the tables of that.
pub(crate) fn bench(quick: bool) -> Result<(), String> {
    let effort = if quick { QUICK } else { FULL };
    let results = folder(if quick { "figures-quick" } else { "figures" })?;
    let programs = build_peers()?;
    let allocations = written(&results, "allocations.jsonl")?;
    succeed(Command::new(programs.join("allocations")).stdout(allocations))?;
    let time = written(&results, "time.jsonl")?;
    for process in 1..=effort.processes {
        eprintln!("time, process {process} of {}", effort.processes);
        for heard in [&[][..], &["--audit"]] {
            let time = time.try_clone().map_err(|error| error.to_string())?;
            let mut measure = Command::new(programs.join("time"));
            succeed(measure.args(heard).arg(effort.rounds).stdout(time))?;
        }
    }
    if !quick {
        count_instructions(&peers(), &["--locked"], &results.join("instructions.jsonl"))?;
    }
    show(&programs, &results, quick)
}

/// Servers under load, beside plain axum, and the table of that.
pub(crate) fn load(quick: bool) -> Result<(), String> {
    let effort = if quick { QUICK } else { FULL };
    require("wrk", "wrk")?;
    let results = folder(if quick { "figures-quick" } else { "figures" })?;
    let programs = build_peers()?;
    let mut load = Command::new(programs.join("load"));
    load.args([effort.load_rounds, effort.load_seconds]);
    succeed(load.stdout(written(&results, "load.jsonl")?))?;
    show(&programs, &results, quick)
}

/// Prints the tables of all results so far; only those of a full run are for the book.
fn show(programs: &Path, results: &Path, quick: bool) -> Result<(), String> {
    let mut figures = Command::new(programs.join("figures"));
    figures.arg(results);
    if !quick {
        let book = root().join("book/src/performance");
        std::fs::create_dir_all(&book).map_err(|error| format!("{}: {error}", book.display()))?;
        figures.arg(book);
    }
    succeed(&mut figures)
}

/// Builds what measures the others, and makes sure that all do the same work: the folder with the programs.
fn build_peers() -> Result<PathBuf, String> {
    succeed(cargo(&peers(), "build", &["--locked"]).arg("--release"))?;
    let programs = root().join("target/release");
    succeed(&mut Command::new(programs.join("same")))?;
    Ok(programs)
}

/// Runs the bench `instructions` of a package under valgrind; what was counted goes into the file, one JSON line for each scenario.
fn count_instructions(workspace: &Path, package: &[&str], into: &Path) -> Result<(), String> {
    require("valgrind", "valgrind")?;
    let runner = tool("gungraun-runner", GUNGRAUN, &["--debug"])?;
    let counted = File::create(into).map_err(|error| format!("{}: {error}", into.display()))?;
    let mut count = cargo(workspace, "bench", package);
    count.args([
        "--quiet",
        "--bench",
        "instructions",
        "--",
        "--output-format=json",
        "--parallel=auto",
    ]);
    succeed(count.env("GUNGRAUN_RUNNER", runner).stdout(counted))
}

/// A cargo command about what is in this folder.
fn cargo(workspace: &Path, command: &str, package: &[&str]) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.arg(command).args(package).current_dir(workspace);
    cargo
}

fn require(program: &str, package: &str) -> Result<(), String> {
    let found = Command::new(program).arg("--version").output();
    found
        .map(drop)
        .map_err(|error| format!("`{program}` did not start: {error}; `apt-get install {package}`"))
}

fn peers() -> PathBuf {
    root().join("benches/peers")
}

fn folder(name: &str) -> Result<PathBuf, String> {
    let folder = root().join("target").join(name);
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

fn written(folder: &Path, name: &str) -> Result<File, String> {
    let file = folder.join(name);
    File::create(&file).map_err(|error| format!("{}: {error}", file.display()))
}
