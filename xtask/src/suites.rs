use std::path::{Path, PathBuf, absolute};

use crate::run::{cargo, root, run};

/// Test data that others publish, and that is read and not committed.
pub(crate) struct Suite {
    url: &'static str,
    /// What is run is what was looked at: a commit names its files by their hashes.
    commit: &'static str,
    /// The folder that has the data.
    within: &'static str,
    test: &'static str,
    /// Tells the test the folder.
    variable: &'static str,
}

/// JSON texts. Its other folders have results of parsers.
pub(crate) const JSON: Suite = Suite {
    url: "https://github.com/nst/JSONTestSuite",
    commit: "1ef36fa01286573e846ac449e8683f8833c5b26a",
    within: "test_parsing",
    test: "json_suite::b3_the_public_suite_is_decided_as_it_says",
    variable: "JSON_TEST_SUITE",
};

/// Signed texts and keys, among much else.
pub(crate) const WYCHEPROOF: Suite = Suite {
    url: "https://github.com/C2SP/wycheproof",
    commit: "dac1dd4729fd1f8dd9e1e9f3dce51d783da6c166",
    within: "testvectors_v1",
    test: "wycheproof::j_the_vectors_are_decided_as_they_say",
    variable: "WYCHEPROOF",
};

impl Suite {
    /// Runs its test with the data in this folder, or fetched into `target`.
    pub(crate) fn check(&self, folder: Option<&str>) -> Result<(), String> {
        let folder = match folder {
            Some(folder) => self.given(Path::new(folder))?,
            None => self.fetched()?,
        };
        let args = [
            "test",
            "--package",
            "secure-tests",
            "--locked",
            "--",
            "--ignored",
            "--exact",
            self.test,
            "--show-output",
        ];
        cargo(&args, &[(self.variable, &folder.to_string_lossy())])
    }

    /// The folder itself, or the one in a copy of the whole suite.
    fn given(&self, folder: &Path) -> Result<PathBuf, String> {
        let within = folder.join(self.within);
        let folder = if within.is_dir() { within } else { folder.to_owned() };
        if !folder.is_dir() {
            let place = folder.display();
            return Err(format!(
                "{place} is no folder: the command without one fetches the suite"
            ));
        }
        absolute(&folder).map_err(|error| format!("{}: {error}", folder.display()))
    }

    fn fetched(&self) -> Result<PathBuf, String> {
        let name = self.url.rsplit('/').next().unwrap_or(self.url);
        let place = root().join(format!("target/{name}-{}", self.commit));
        let data = place.join(self.within);
        if !data.is_dir() {
            let place = place.to_string_lossy();
            run("git", &["init", "--quiet", &place], &[])?;
            run(
                "git",
                &["-C", &place, "fetch", "--depth", "1", self.url, self.commit],
                &[],
            )?;
            run(
                "git",
                &["-C", &place, "checkout", "--quiet", "--detach", self.commit],
                &[],
            )?;
        }
        Ok(data)
    }
}
