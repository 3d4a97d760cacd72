use std::process::Command;

use serde::Deserialize;

/// What is compared.
const COMPARED: [&str; 12] = [
    "axum",
    "jsonwebtoken",
    "governor",
    "tower-http",
    "metrics",
    "metrics-exporter-prometheus",
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
    /// Each a name, and where that has several versions, a space and the version.
    #[serde(default)]
    dependencies: Vec<String>,
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

/// Of what we depend on ourselves, as cargo chose.
fn versions() -> String {
    let lock: Lock = toml::from_str(include_str!("../../Cargo.lock")).expect("cargo's own file");
    let us = lock
        .package
        .iter()
        .find(|package| package.name == env!("CARGO_PKG_NAME"));
    let dependencies = us.map_or(&[][..], |us| &us.dependencies);
    let named = |dependency: &&String| {
        let name = dependency.split(' ').next();
        COMPARED.iter().any(|compared| name == Some(compared))
    };
    let version = |dependency: &String| {
        let package = lock.package.iter().find(|package| package.name == *dependency);
        package.map_or_else(
            || dependency.clone(),
            |package| format!("{dependency} {}", package.version),
        )
    };
    dependencies
        .iter()
        .filter(named)
        .map(version)
        .collect::<Vec<_>>()
        .join(", ")
}
