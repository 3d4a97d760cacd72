use std::path::{Path, PathBuf, absolute};

use crate::run::{cargo, root, run};

const SUITE: &str = "https://github.com/nst/JSONTestSuite";

/// What is run is what was looked at: a commit names its files by their hashes.
const COMMIT: &str = "1ef36fa01286573e846ac449e8683f8833c5b26a";

/// The folder of the suite that has texts to parse, as opposed to results of parsers.
const TEXTS: &str = "test_parsing";

/// Runs the public suite of JSON texts, from this folder or fetched into `target`.
pub(crate) fn check(folder: Option<&str>) -> Result<(), String> {
    let folder = match folder {
        Some(folder) => given(Path::new(folder))?,
        None => fetched()?,
    };
    let test = "json_suite::b3_the_public_suite_is_decided_as_it_says";
    let args = [
        "test",
        "--package",
        "secure-tests",
        "--locked",
        "--",
        "--ignored",
        "--exact",
        test,
        "--show-output",
    ];
    cargo(&args, &[("JSON_TEST_SUITE", &folder.to_string_lossy())])
}

/// The folder itself, or the one in a copy of the whole suite.
fn given(folder: &Path) -> Result<PathBuf, String> {
    let within = folder.join(TEXTS);
    let folder = if within.is_dir() { within } else { folder.to_owned() };
    if !folder.is_dir() {
        let place = folder.display();
        return Err(format!(
            "{place} is no folder: `cargo xtask json-suite` without one fetches the suite"
        ));
    }
    absolute(&folder).map_err(|error| format!("{}: {error}", folder.display()))
}

fn fetched() -> Result<PathBuf, String> {
    let place = root().join(format!("target/JSONTestSuite-{COMMIT}"));
    let texts = place.join(TEXTS);
    if !texts.is_dir() {
        let place = place.to_string_lossy();
        run("git", &["init", "--quiet", &place], &[])?;
        run("git", &["-C", &place, "fetch", "--depth", "1", SUITE, COMMIT], &[])?;
        run("git", &["-C", &place, "checkout", "--quiet", "--detach", COMMIT], &[])?;
    }
    Ok(texts)
}
