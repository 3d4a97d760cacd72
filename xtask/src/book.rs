use crate::run::{cargo, root, run};

/// The version that the book is written for: plugins and themes differ between minor versions.
const MDBOOK: &str = "0.5.4";

/// Builds the book with mdbook, which is installed into `target/tools` if it is not there.
pub(crate) fn build() -> Result<(), String> {
    let tools = root().join("target/tools");
    let mdbook = tools.join("bin/mdbook");
    if !mdbook.exists() {
        let tools = tools.to_string_lossy();
        let args = [
            "install",
            "mdbook",
            "--version",
            MDBOOK,
            "--locked",
            "--no-default-features",
            "--root",
            &tools,
        ];
        cargo(&args, &[])?;
    }
    run(mdbook, &["build", "book"], &[])
}
