use std::fmt::Write as _;

use secure_benches::scenario::Group;

use super::{Figures, Row, Spread};

/// A table for each group of scenarios.
pub(super) fn tables(figures: &Figures) -> String {
    let groups = [
        (Group::Compared, "The same work, by whom and how"),
        (Group::Scale, "More callers, more endpoints"),
        (Group::Audit, "With a JSON line for each request"),
        (Group::Flood, "Floods of refused tokens"),
        (Group::Stages, "Our gate, check by check"),
    ];
    let mut text = String::new();
    if let Some(plain) = figures.plain() {
        let _ = writeln!(
            text,
            "Plain axum, to which everything is compared: {} ns, {} instructions, {} allocations a request.",
            shown(plain.plain.map(|spread| spread.middle), 0),
            shown(plain.instructions, 0),
            shown(plain.allocations, 0)
        );
    }
    for (group, title) in groups {
        let _ = writeln!(
            text,
            "\n## {title}\n\n| | time | middle half | instructions | allocations |\n|---|--:|:-:|--:|--:|"
        );
        for row in figures.rows.iter().filter(|row| row.group == group) {
            line(&mut text, row, figures.plain());
        }
    }
    text
}

fn line(text: &mut String, row: &Row, plain: Option<&Row>) {
    let between = row.time.map_or_else(String::new, |Spread { low, high, .. }| {
        format!("{} to {}", shown(Some(low), 2), shown(Some(high), 2))
    });
    let _ = writeln!(
        text,
        "| {} | {} | {between} | {} | {} |",
        row.name,
        shown(row.time.map(|time| time.middle), 2),
        shown(row.instructions_by(plain), 2),
        row.allocations_beyond(plain)
            .map_or_else(String::new, |more| format!("{more:+.0}")),
    );
}

/// A number, or nothing where there is none.
pub(super) fn shown(number: Option<f64>, digits: usize) -> String {
    let Some(number) = number else { return String::new() };
    // Three digits are all that anybody measures.
    let digits = if number >= 100.0 {
        0
    } else if number >= 10.0 {
        digits.min(1)
    } else {
        digits
    };
    format!("{number:.digits$}")
}
