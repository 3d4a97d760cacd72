use std::fmt;

use super::stopwatch::Cost;

/// A step of plain axum and of another crate, one right after the other, again and again.
#[derive(Default)]
pub(crate) struct Paired(Vec<(Cost, Cost)>);

impl Paired {
    pub(crate) fn push(&mut self, plain: Cost, other: Cost) {
        self.0.push((plain, other));
    }

    pub(crate) fn plain_seconds(&self) -> impl Iterator<Item = f64> {
        self.0.iter().map(|(plain, _)| plain.wall.as_secs_f64())
    }

    /// As multiples of plain axum.
    pub(crate) fn wall(&self) -> impl Iterator<Item = f64> {
        let pairs = self.0.iter();
        pairs.map(|(plain, other)| other.wall.as_secs_f64() / plain.wall.as_secs_f64())
    }

    /// As multiples of plain axum, where the system tells.
    pub(crate) fn cpu(&self) -> impl Iterator<Item = f64> {
        let pairs = self.0.iter();
        pairs.filter_map(|(plain, other)| Some(other.cpu?.as_secs_f64() / plain.cpu?.as_secs_f64()))
    }
}

/// The middle of several, and between which values the middle half lies.
pub(crate) struct Figure {
    pub(crate) median: f64,
    spread: Option<(f64, f64)>,
}

impl Figure {
    pub(crate) fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        let at = |quarter: usize| values.get((values.len().saturating_sub(1) * quarter + 2) / 4).copied();
        Self {
            median: at(2).unwrap_or(f64::NAN),
            spread: at(1).zip(at(3)),
        }
    }

    /// Without the spread.
    pub(crate) fn plainly(&self) -> String {
        format!("{:.2}", self.median)
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.spread {
            Some((low, high)) => write!(f, "{:.2} ({low:.2} to {high:.2})", self.median),
            None => f.write_str("unknown"),
        }
    }
}

/// Whether a target is met, where there is one.
pub(crate) fn verdict(target: Option<f64>, value: f64) -> String {
    match target {
        Some(target) if value <= target => format!("≤ {target}: met"),
        Some(target) => format!("≤ {target}: missed"),
        None => String::new(),
    }
}
