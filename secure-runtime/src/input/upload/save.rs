use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use aws_lc_rs::rand;
use tokio::task::spawn_blocking;

use super::FileType;

/// A file that was written to its end.
#[derive(Clone, Debug)]
pub struct Saved {
    path: PathBuf,
    size: u64,
    kind: FileType,
}

impl Saved {
    pub(super) fn new(path: PathBuf, size: u64, kind: FileType) -> Self {
        Self { path, size, kind }
    }

    /// Where.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// What it is, by its first bytes.
    #[must_use]
    pub fn file_type(&self) -> FileType {
        self.kind
    }
}

/// A file that is removed when this is dropped, unless it got its name.
///
/// Whatever may take a while runs to its end on a thread of its own, and this goes with it: a handler that is cancelled
/// in between cannot lose sight of a file that is just being made.
#[derive(Debug)]
pub(super) struct Temporary(Option<PathBuf>);

impl Temporary {
    /// A new file in the folder of `target`.
    pub(super) async fn create(target: &Path) -> io::Result<(File, Self)> {
        let mut random = [0; 16];
        rand::fill(&mut random).map_err(io::Error::other)?;
        let path = target.with_file_name(format!(".upload-{:032x}", u128::from_be_bytes(random)));
        let create = move || {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let file = options.open(&path)?;
            Ok((file, Self(Some(path))))
        };
        spawn_blocking(create).await?
    }

    /// Gives it its name, when it is on the disk.
    pub(super) async fn settle(mut self, file: File, target: &Path) -> io::Result<()> {
        let target = target.to_owned();
        let settle = move || {
            file.sync_all()?;
            drop(file);
            if let Some(path) = &self.0 {
                std::fs::rename(path, target)?;
            }
            self.0.take();
            Ok(())
        };
        spawn_blocking(settle).await?
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Nothing can be waited for here, and one name is removed in no time.
        if let Some(path) = self.0.take()
            && let Err(error) = std::fs::remove_file(&path)
        {
            tracing::error!(path = %path.display(), %error, "a temporary file remains");
        }
    }
}
