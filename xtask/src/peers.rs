use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::run::{root, run};

/// What oidc-provider needs of Node.
const NODE: u32 = 20;

/// Installs what the peers in `tests/peers` need, if it is not there or not what the lock file says.
pub(crate) fn install() -> Result<(), String> {
    let folder = root().join("tests/peers");
    let installed = changed(&folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= changed(&folder.join("package-lock.json")) {
        return Ok(());
    }
    let found = Command::new("node").arg("--version").output();
    let found = found.map_or_else(|_| "none".to_owned(), |output| printed(&output.stdout));
    let major = found.trim_start_matches('v').split('.').next();
    if major
        .and_then(|major| major.parse().ok())
        .is_none_or(|major: u32| major < NODE)
    {
        return Err(format!(
            "the peers of the tests need Node {NODE} or newer, and this is {found}: `apt-get install nodejs npm`, \
             and where that is older, `npm install --global node@{NODE}`"
        ));
    }
    run("npm", &["ci", "--prefix", &folder.to_string_lossy()], &[])
}

fn changed(file: &Path) -> Option<SystemTime> {
    file.metadata().and_then(|metadata| metadata.modified()).ok()
}

fn printed(output: &[u8]) -> String {
    String::from_utf8_lossy(output).trim().to_owned()
}
