//! The project's own commands: `cargo xtask test` and its siblings.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a command")]

mod bench;
mod book;
mod compile_time;
mod peers;
mod run;
mod suites;
mod tools;

use std::process::ExitCode;
use std::time::Instant;

use run::cargo;

/// A step of the gate: its name, and what it does.
type Step = (&'static str, fn() -> Result<(), String>);

/// Everything that must hold, the quick ones first.
const STEPS: [Step; 8] = [
    ("fmt", || cargo(&["fmt", "--all", "--check"], &[])),
    ("clippy", || {
        let args = "clippy --workspace --all-targets --all-features --locked -- -D warnings";
        cargo(&args.split(' ').collect::<Vec<_>>(), &[])
    }),
    ("features", || {
        // The defaults, and each feature alone: unification in the workspace must not be what makes them compile.
        [
            "", "config", "gzip", "mtls", "oauth", "postgres", "redis", "sqlite", "testing", "upload", "uuid",
        ]
        .into_iter()
        .try_for_each(|features| {
            let args = [
                "clippy",
                "-p",
                "secure-runtime",
                "--locked",
                "--features",
                features,
                "--",
                "-D",
                "warnings",
            ];
            cargo(&args, &[])
        })
    }),
    ("peers", peers::install),
    ("test", || {
        cargo(&["test", "--workspace", "--all-features", "--locked"], &[])
    }),
    ("bounds", bench::bounds),
    ("doc", || {
        let args = ["doc", "--workspace", "--all-features", "--no-deps", "--locked"];
        cargo(&args, &[("RUSTDOCFLAGS", "-Dwarnings")])
    }),
    ("book", book::build),
];

const USAGE: &str = "\
usage: cargo xtask <command>

  test            everything: fmt, clippy, tests, bounds, docs, book
  test <step>…    only these steps: fmt, clippy, features, peers, test, bounds, doc, book
  bench           what a request costs, ours beside everybody else's; writes the tables and the plot of the book
  bench --quick   the same in a minute, without instructions, and only printed
  load            what servers take over loopback sockets, ours beside everybody else's; writes the tables of the book
  load --quick    the same in a minute, and only printed
  peers           installs what the servers and libraries that the tests run against need, into tests/peers
  compile-time    what 200 handlers cost while compiling, beside plain axum and protect-axum, in target/compile-time
  compile-time <step>…
                  only these steps: check, edit, dev, release, size, passes
  book            builds the book into book/book; installs mdbook into target/tools if it is not there
  json-suite      reads the texts of github.com/nst/JSONTestSuite, fetched into target if they are not there
  json-suite DIR  the same, from this folder
  wycheproof      asks about the signed texts of github.com/C2SP/wycheproof, fetched into target if they are not there
  wycheproof DIR  the same, from this folder";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args.as_slice() {
        ["test", steps @ ..] => test(steps),
        ["bench"] => bench::bench(false),
        ["bench", "--quick"] => bench::bench(true),
        ["load"] => bench::load(false),
        ["load", "--quick"] => bench::load(true),
        ["book"] => book::build(),
        ["peers"] => peers::install(),
        ["compile-time", steps @ ..] => compile_time::measure(steps),
        ["json-suite"] => suites::JSON.check(None),
        ["json-suite", folder] => suites::JSON.check(Some(folder)),
        ["wycheproof"] => suites::WYCHEPROOF.check(None),
        ["wycheproof", folder] => suites::WYCHEPROOF.check(Some(folder)),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the steps in order and stops at the first that fails.
fn test(only: &[&str]) -> Result<(), String> {
    if let Some(unknown) = only.iter().find(|name| STEPS.iter().all(|(step, _)| step != *name)) {
        return Err(format!("unknown step `{unknown}`\n{USAGE}"));
    }
    let mut times = Vec::new();
    for (name, step) in STEPS {
        if !only.is_empty() && !only.contains(&name) {
            continue;
        }
        println!("=== {name}");
        let began = Instant::now();
        step().map_err(|fault| format!("=== {name} failed: {fault}"))?;
        times.push(format!("{name} {} s", began.elapsed().as_secs()));
    }
    println!("=== all passed: {}", times.join(", "));
    Ok(())
}
