use std::fmt::Write as _;

use super::table::shown;
use super::{Figures, Row};
use crate::{Loaded, Peer};

/// What is to be reached, and what was.
struct Target {
    what: String,
    bound: Bound,
    measured: Option<f64>,
}

#[derive(Clone, Copy)]
enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

/// Each target, met or missed.
pub(super) fn table(figures: &Figures) -> String {
    let mut text = "## What was to be reached\n\n| | target | measured | |\n|---|--:|--:|---|".to_owned();
    for Target { what, bound, measured } in targets(figures) {
        let (bound, met) = match bound {
            Bound::AtMost(most) => (format!("≤ {most}"), measured.map(|measured| measured <= most)),
            Bound::AtLeast(least) => (format!("≥ {least}"), measured.map(|measured| measured >= least)),
        };
        let met = met.map_or("not measured", |met| if met { "met" } else { "**missed**" });
        let _ = write!(text, "\n| {what} | {bound} | {} | {met} |", shown(measured, 2));
    }
    text
}

fn targets(figures: &Figures) -> Vec<Target> {
    let mut all = Vec::new();
    let plain = figures.plain();
    // Times plain axum in time and in instructions, and allocations beyond it.
    let costs: [(&str, f64, Option<f64>, Option<f64>); 11] = [
        ("ours, cached, HS256", 1.5, Some(1.4), Some(4.0)),
        ("ours, cached, ES256", 1.5, Some(1.4), Some(4.0)),
        ("ours, verified, HS256", 2.8, Some(4.4), Some(6.0)),
        ("ours, verified, ES256", 56.0, None, None),
        ("ours, verified, RS256", 20.0, None, None),
        ("ours, verified, EdDSA", 43.0, None, None),
        ("ours, cached, audit lines", 1.9, None, None),
        ("ours, bad signature", 1.5, None, None),
        ("ours, no token68", 1.2, None, None),
        ("ours, unknown kid", 1.2, None, None),
        ("ours, unknown alg", 1.2, None, None),
    ];
    for (name, time, instructions, allocations) in costs {
        let row = figures.row(name);
        let mut push = |what: &str, most: Option<f64>, measured| {
            let Some(most) = most else { return };
            all.push(Target {
                what: format!("{name}: {what}"),
                bound: Bound::AtMost(most),
                measured,
            });
        };
        push("time", Some(time), time_of(row));
        push(
            "instructions",
            instructions,
            row.and_then(|row| row.instructions_by(plain)),
        );
        push(
            "allocations more",
            allocations,
            row.and_then(|row| row.allocations_beyond(plain)),
        );
    }
    all.extend(scale(figures));
    all.extend(peers(figures));
    all.extend(load(&figures.load));
    all
}

fn time_of(row: Option<&Row>) -> Option<f64> {
    row?.time.map(|time| time.middle)
}

/// More callers and endpoints, beside one of each: both as multiples of plain axum asked the same.
fn scale(figures: &Figures) -> Option<Target> {
    let many = "ours, cached, 100000 callers, 200 endpoints";
    let one = time_of(figures.row("ours, cached, HS256"));
    Some(Target {
        what: "200 endpoints and 100,000 callers, by 1 and 1".to_owned(),
        bound: Bound::AtMost(1.15),
        measured: time_of(figures.row(many)).and_then(|many| Some(many / one?)),
    })
}

/// What others add to plain axum, by what we add.
fn peers(figures: &Figures) -> Vec<Target> {
    let added = |name: &str| time_of(figures.row(name)).map(|time| time - 1.0);
    let mut all = Vec::new();
    for peer in [Peer::AxumJwtAuth, Peer::JwtAuthorizer, Peer::OAuth2ResourceServer] {
        for (ours, least) in [("cached", 8.0), ("verified", 3.0)] {
            let theirs = added(&format!("{}, HS256", peer.name()));
            all.push(Target {
                what: format!("added cost of {} by ours, {ours}", peer.name()),
                bound: Bound::AtLeast(least),
                measured: added(&format!("ours, {ours}, HS256")).and_then(|ours| Some(theirs? / ours)),
            });
        }
    }
    all
}

fn load(load: &[Loaded]) -> Vec<Target> {
    let mut all = Vec::new();
    for (name, least) in [
        ("ours, cached, HS256", 0.97),
        ("ours, verified, HS256", 0.80),
        ("ours, cached, audit lines", 0.85),
    ] {
        let loaded = load.iter().find(|loaded| loaded.name == name);
        all.push(Target {
            what: format!("{name}: throughput over sockets"),
            bound: Bound::AtLeast(least),
            measured: loaded.map(|loaded| loaded.ratio(|seen| seen.rate).middle),
        });
        if name == "ours, cached, HS256" {
            all.push(Target {
                what: format!("{name}: p99 over sockets"),
                bound: Bound::AtMost(1.1),
                measured: loaded.map(|loaded| loaded.ratio(|seen| seen.p99).middle),
            });
        }
    }
    all
}
