//! What 200 handlers cost while compiling: ours beside plain axum and beside protect-axum.

mod crates;
mod stopwatch;

use std::fs;

use crates::{OTHERS, PLAIN, Variant, workspace};
use stopwatch::{Cost, cargo};

/// One thing that is measured.
struct Step {
    name: &'static str,
    title: &'static str,
    /// How often, in turns with plain axum.
    rounds: usize,
    /// What ours may take, as a multiple of plain axum.
    target: Option<f64>,
    run: fn(&Variant, u32) -> Result<Cost, String>,
}

const STEPS: [Step; 4] = [
    Step {
        name: "check",
        title: "check, from clean",
        rounds: 9,
        target: Some(2.25),
        run: |variant, _| {
            cargo(&["clean", "--quiet", "--offline", "--package", variant.name])?;
            cargo(&["check", "--offline", "--lib", "--package", variant.name])
        },
    },
    Step {
        name: "edit",
        title: "check, after an edit",
        rounds: 11,
        target: None,
        run: |variant, edition| {
            variant.edit(edition)?;
            cargo(&["check", "--offline", "--lib", "--package", variant.name])
        },
    },
    Step {
        name: "dev",
        title: "dev build",
        rounds: 5,
        target: Some(1.3),
        run: |variant, _| {
            cargo(&["clean", "--quiet", "--offline", "--package", variant.name])?;
            cargo(&["build", "--offline", "--package", variant.name])
        },
    },
    Step {
        name: "release",
        title: "release build",
        rounds: 5,
        target: Some(1.3),
        run: |variant, _| {
            cargo(&["clean", "--quiet", "--offline", "--release", "--package", variant.name])?;
            cargo(&["build", "--offline", "--release", "--package", variant.name])
        },
    },
];

/// Generates the crates and measures them.
pub(crate) fn measure(only: &[&str]) -> Result<(), String> {
    if let Some(unknown) = only.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
        let known: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        return Err(format!("unknown step `{unknown}`: there are {}", known.join(", ")));
    }
    crates::write()?;
    cargo(&["fetch"])?;
    for step in STEPS.iter().filter(|step| only.is_empty() || only.contains(&step.name)) {
        println!("=== {}", step.title);
        step.measure()?;
    }
    Ok(())
}

impl Step {
    fn measure(&self) -> Result<(), String> {
        let all = || [&PLAIN].into_iter().chain(&OTHERS);
        // The dependencies, and what is kept from one build to the next.
        for variant in all() {
            (self.run)(variant, 1)?;
        }
        let mut plain = Vec::new();
        let mut others: Vec<Vec<(Cost, Cost)>> = OTHERS.iter().map(|_| Vec::new()).collect();
        let mut edition = 1;
        for _ in 0..self.rounds {
            for (variant, taken) in OTHERS.iter().zip(&mut others) {
                edition += 1;
                let base = (self.run)(&PLAIN, edition)?;
                plain.push(base);
                taken.push(((self.run)(variant, edition)?, base));
            }
        }
        let wall: Vec<f64> = plain.iter().map(|cost| cost.wall.as_secs_f64()).collect();
        println!("{:<40} {:.2} s", PLAIN.title, median(wall));
        for (variant, taken) in OTHERS.iter().zip(others) {
            let wall: Vec<f64> = taken
                .iter()
                .map(|(a, b)| a.wall.as_secs_f64() / b.wall.as_secs_f64())
                .collect();
            let cpu: Vec<f64> = taken
                .iter()
                .filter_map(|(a, b)| Some(a.cpu?.as_secs_f64() / b.cpu?.as_secs_f64()))
                .collect();
            println!(
                "{:<40} {:.2} cpu {:.2}  {:?}",
                variant.title,
                median(wall.clone()),
                median(cpu),
                wall
            );
        }
        if self.name == "release" {
            for variant in all() {
                let file = workspace().join("target/release").join(variant.name);
                println!(
                    "{:<40} {}",
                    variant.title,
                    fs::metadata(file).map_err(|e| e.to_string())?.len()
                );
            }
        }
        Ok(())
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
