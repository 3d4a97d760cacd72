//! What 200 handlers cost while compiling: ours beside plain axum and beside protect-axum.

mod crates;
mod figures;
mod passes;
mod stopwatch;

use crates::{OTHERS, PLAIN, Variant};
use figures::{Figure, Paired};
use stopwatch::{Cost, cargo};

/// One thing that is measured.
struct Step {
    name: &'static str,
    title: &'static str,
    /// How often, in turns with plain axum.
    rounds: usize,
    /// What ours may take, as a multiple of plain axum.
    target: Option<f64>,
    /// Once, with the number of the round.
    run: fn(&Variant, usize) -> Result<Cost, String>,
}

const STEPS: [Step; 4] = [
    Step {
        name: "check",
        title: "`cargo check`, from clean",
        rounds: 9,
        target: Some(2.25),
        run: |variant, _| {
            clean(variant, &[])?;
            cargo(&["check", "--offline", "--lib", "--package", variant.name])
        },
    },
    Step {
        name: "edit",
        title: "`cargo check`, after an edit of one handler",
        rounds: 9,
        target: None,
        run: |variant, round| {
            variant.edit(round)?;
            cargo(&["check", "--offline", "--lib", "--package", variant.name])
        },
    },
    Step {
        name: "dev",
        title: "dev build",
        rounds: 5,
        target: Some(1.3),
        run: |variant, _| {
            clean(variant, &[])?;
            cargo(&["build", "--offline", "--package", variant.name])
        },
    },
    Step {
        name: "release",
        title: "release build",
        rounds: 3,
        target: Some(1.3),
        run: |variant, _| {
            clean(variant, &["--release"])?;
            cargo(&["build", "--offline", "--release", "--package", variant.name])
        },
    },
];

/// Those that are no [`Step`], because nothing is repeated.
const SIZE: &str = "size";
const PASSES: &str = "passes";

/// What a binary of ours may have, as a multiple of plain axum.
const SIZE_TARGET: f64 = 1.3;

/// Generates the crates and measures them.
pub(crate) fn measure(only: &[&str]) -> Result<(), String> {
    let known: Vec<&str> = STEPS.iter().map(|step| step.name).chain([SIZE, PASSES]).collect();
    if let Some(unknown) = only.iter().find(|name| !known.contains(name)) {
        return Err(format!("unknown step `{unknown}`: there are {}", known.join(", ")));
    }
    let wanted = |name: &str| only.is_empty() || only.contains(&name);
    crates::write()?;
    cargo(&["fetch"])?;
    for step in STEPS.iter().filter(|step| wanted(step.name)) {
        step.measure()?;
    }
    if wanted(SIZE) {
        sizes()?;
    }
    if wanted(PASSES) {
        passes::print()?;
    }
    Ok(())
}

impl Step {
    fn measure(&self) -> Result<(), String> {
        // The dependencies, and what is kept from one build to the next.
        for variant in crates::all() {
            (self.run)(variant, 0)?;
        }
        let mut taken: Vec<Paired> = OTHERS.iter().map(|_| Paired::default()).collect();
        let mut turn = 0;
        for _ in 0..self.rounds {
            for (variant, taken) in OTHERS.iter().zip(&mut taken) {
                turn += 1;
                let plain = (self.run)(&PLAIN, turn)?;
                taken.push(plain, (self.run)(variant, turn)?);
            }
        }
        let plain = Figure::of(taken.iter().flat_map(Paired::plain_seconds));
        println!("\n{}: plain axum {} s", self.title, plain.plainly());
        println!("| × plain axum | wall | CPU | |\n|---|---|---|---|");
        for (variant, taken) in OTHERS.iter().zip(&taken) {
            let wall = Figure::of(taken.wall());
            let verdict = figures::verdict(self.target.filter(|_| variant.is_ours()), wall.median);
            println!(
                "| {} | {wall} | {} | {verdict} |",
                variant.title,
                Figure::of(taken.cpu())
            );
        }
        Ok(())
    }
}

/// A binary has what it links once, and what each handler adds: a second one with a single handler tells them apart.
fn sizes() -> Result<(), String> {
    let build = |variant: &Variant| {
        cargo(&["build", "--offline", "--release", "--package", variant.name])?;
        variant.binary_size()
    };
    let mut rows = Vec::new();
    for variant in crates::all() {
        let whole = build(variant)?;
        variant.shorten()?;
        let single = build(variant);
        variant.edit(0)?;
        rows.push((variant, whole, single?));
    }
    let Some((_, plain, plain_single)) = rows.first().copied() else {
        return Ok(());
    };
    let each = |whole: u64, single: u64| whole.saturating_sub(single) / (crates::HANDLERS as u64 - 1);
    println!("\nrelease binary, in KiB, and bytes that a handler adds");
    println!(
        "| | whole | × plain axum | one handler | a handler more | × plain axum | |\n|---|---|---|---|---|---|---|"
    );
    for (variant, whole, single) in rows {
        let ratio = |a: u64, b: u64| a as f64 / b.max(1) as f64;
        let (more, plain_more) = (each(whole, single), each(plain, plain_single));
        let verdict = figures::verdict(Some(SIZE_TARGET).filter(|_| variant.is_ours()), ratio(whole, plain));
        println!(
            "| {} | {} | {:.2} | {} | {more} | {:.2} | {verdict} |",
            variant.title,
            whole / 1024,
            ratio(whole, plain),
            single / 1024,
            ratio(more, plain_more),
        );
    }
    Ok(())
}

fn clean(variant: &Variant, profile: &[&str]) -> Result<(), String> {
    let args = ["clean", "--quiet", "--offline", "--package", variant.name];
    cargo(&[&args, profile].concat()).map(|_| ())
}
