use std::collections::BTreeMap;
use std::process::Command;

use serde::Deserialize;

/// What is compared, beside axum.
const COMPARED: [&str; 11] = [
    "axum",
    "jsonwebtoken",
    "governor",
    "tower-http",
    "metrics",
    "quick_cache",
    "axum-jwt-auth",
    "jwt-authorizer",
    "tower-oauth2-resource-server",
    "protect-axum",
    "tower_governor",
];

#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
}

/// On what machine, by which compiler, and which versions were compared.
pub(super) fn about() -> String {
    let rustc = Command::new("rustc").arg("--version").output();
    let rustc = rustc.map_or_else(
        |error| format!("an unknown rustc ({error})"),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    );
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "Written by `cargo xtask bench` and `cargo xtask load`; [how](method.md). On {}, {processors} processors, {rustc}, release profile as \
         cargo has it. Compared: {}.",
        processor(),
        versions()
    )
}

fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.trim().strip_prefix(':'));
    name.map_or_else(|| std::env::consts::ARCH.to_owned(), |name| name.trim().to_owned())
}

fn versions() -> String {
    let lock: Lock = toml::from_str(include_str!("../../Cargo.lock")).expect("cargo's own file");
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in &lock.package {
        found.entry(&package.name).or_default().push(&package.version);
    }
    let version = |name: &&str| {
        format!(
            "{name} {}",
            found
                .get(name)
                .map_or_else(String::new, |versions| versions.join(" and "))
        )
    };
    COMPARED.iter().map(version).collect::<Vec<_>>().join(", ")
}
