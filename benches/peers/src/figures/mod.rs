//! What was measured, as tables and a plot.

mod about;
mod load;
mod plot;
mod table;
mod targets;

pub use plot::plot;

use std::collections::HashMap;
use std::path::Path;

use secure_benches::scenario::{Group, Scenario};
use secure_benches::{Instructions, part_of};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{Loaded, Round, Timed, scenarios};

/// Everything that was measured, or is not there.
#[derive(Debug)]
pub struct Figures {
    rows: Vec<Row>,
    load: Vec<Loaded>,
}

/// One scenario.
#[derive(Debug)]
struct Row {
    name: String,
    group: Group,
    /// Time as a multiple of plain axum's.
    time: Option<Spread>,
    /// Nanoseconds of plain axum, asked the same.
    plain: Option<Spread>,
    /// Instructions of a request.
    instructions: Option<f64>,
    /// Allocations of a request.
    allocations: Option<f64>,
}

/// The middle of all rounds, and between what the middle half of them lies.
#[derive(Clone, Copy, Debug)]
struct Spread {
    low: f64,
    middle: f64,
    high: f64,
}

impl Spread {
    fn of(values: impl Iterator<Item = f64> + Clone) -> Self {
        let part = |part| part_of(values.clone(), part);
        Self {
            low: part(0.25),
            middle: part(0.5),
            high: part(0.75),
        }
    }
}

#[derive(Deserialize)]
struct Allocated {
    name: String,
    times: f64,
}

impl Figures {
    /// Reads what the measuring programs printed into this folder.
    ///
    /// # Errors
    ///
    /// If a file is there and is none of theirs.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let mut rounds: HashMap<String, Vec<Round>> = HashMap::new();
        for Timed { name, rounds: more } in lines(&folder.join("time.jsonl"))? {
            rounds.entry(name).or_default().extend(more);
        }
        let allocated: Vec<Allocated> = lines(&folder.join("allocations.jsonl"))?;
        let counted = text(&folder.join("instructions.jsonl"))?;
        let counted: HashMap<String, f64> = match counted.as_deref().map(Instructions::read).transpose()? {
            Some(Instructions { of_one }) => names(crate::counted()).zip(of_one).collect(),
            None => HashMap::new(),
        };
        let row = |scenario: Scenario| {
            let rounds = rounds.get(&scenario.name);
            let allocated = allocated.iter().find(|allocated| allocated.name == scenario.name);
            Row {
                time: rounds.map(|rounds| Spread::of(rounds.iter().map(Round::ratio))),
                plain: rounds.map(|rounds| Spread::of(rounds.iter().map(|round| round.plain - round.make))),
                instructions: counted.get(&scenario.name).copied(),
                allocations: allocated.map(|allocated| allocated.times),
                name: scenario.name,
                group: scenario.group,
            }
        };
        Ok(Self {
            rows: scenarios().into_iter().map(row).collect(),
            load: lines(&folder.join("load.jsonl"))?,
        })
    }

    /// The page of the book.
    #[must_use]
    pub fn page(&self) -> String {
        let plot = "![Time of a request as a multiple of plain axum's](ratios.svg)";
        let parts = [
            "# Figures".to_owned(),
            about::about(),
            targets::table(self),
            plot.to_owned(),
            table::tables(self),
            load::table(&self.load),
        ];
        let mut page = parts.join("\n\n");
        page.truncate(page.trim_end().len());
        page + "\n"
    }

    fn row(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == name)
    }

    fn plain(&self) -> Option<&Row> {
        self.row("plain axum")
    }
}

impl Row {
    fn instructions_by(&self, plain: Option<&Self>) -> Option<f64> {
        Some(self.instructions? / plain?.instructions?)
    }

    fn allocations_beyond(&self, plain: Option<&Self>) -> Option<f64> {
        Some(self.allocations? - plain?.allocations?)
    }
}

fn names(scenarios: Vec<Scenario>) -> impl Iterator<Item = String> {
    scenarios.into_iter().map(|scenario| scenario.name)
}

/// Nothing where there is no such file.
fn text(file: &Path) -> Result<Option<String>, String> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{}: {error}", file.display())),
    }
}

fn lines<T: DeserializeOwned>(file: &Path) -> Result<Vec<T>, String> {
    let text = text(file)?.unwrap_or_default();
    text.lines()
        .map(|line| serde_json::from_str(line).map_err(|error| format!("{}: {error}", file.display())))
        .collect()
}
