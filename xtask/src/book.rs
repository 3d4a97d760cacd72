use crate::run::run;
use crate::tools::tool;

/// Builds the book with mdbook, of the version that it is written for: plugins and themes differ between minor versions.
pub(crate) fn build() -> Result<(), String> {
    let mdbook = tool("mdbook", "0.5.4", &["--no-default-features"])?;
    run(mdbook, &["build", "book"], &[])
}
