//! What is left on the disk.

use std::fs;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::{FutureExt as _, StreamExt as _};

use super::*;

const LARGE: FileRules = FileRules::new(ByteSize::new(1 << 20), &[FileType::Png]);

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!(
            "secure-upload-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn path(&self) -> PathBuf {
        self.0.join("photo.png")
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

async fn save(body: Body, path: &Path) -> Result<super::super::Saved, Problem> {
    upload("image/png", body).file(&PICTURE).await?.save(path).await
}

fn picture(length: usize) -> Vec<u8> {
    let mut picture = PNG.to_vec();
    picture.resize(length, 7);
    picture
}

#[test]
fn a_file_is_saved_whole() {
    let folder = Folder::new();
    for size in [1, 10, 5000] {
        let saved = run(save(chunked(&picture(1000), size, false), &folder.path())).unwrap();
        assert_eq!((saved.path(), saved.size()), (folder.path().as_path(), 1000));
        assert_eq!(saved.file_type(), FileType::Png);
        assert_eq!(fs::read(folder.path()).unwrap(), picture(1000));
        assert_eq!(folder.names(), ["photo.png"]);
    }
    let again = run(save(picture(100).into(), &folder.path())).unwrap();
    assert_eq!(
        (again.size(), fs::read(folder.path()).unwrap().len()),
        (100, 100),
        "the newer one replaces it"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn nothing_is_left_of_a_file_that_is_refused() {
    let folder = Folder::new();
    let too_large = run(save(chunked(&picture(5000), 100, false), &folder.path()));
    assert_eq!(refusal(too_large), is(413, "size #"));
    let cut = run(save(chunked(&picture(500), 100, true), &folder.path()));
    assert_eq!(refusal(cut), is(400, ""));
    let text = ["a".repeat(900).as_bytes(), b"\0"].concat();
    let file = upload("text/plain", chunked(&text, 100, false)).file(&TEXT);
    let text = run(async { file.await?.save(folder.path()).await });
    assert_eq!(refusal(text), is(415, "media_type #"));
    let cut = &parts(&[("name=a", &picture(900))])[..800];
    let mut form = form(chunked(cut, 100, false));
    let part = run(async {
        form.next()
            .await?
            .unwrap()
            .file(&PICTURE)
            .await?
            .save(folder.path())
            .await
    });
    assert_eq!(refusal(part), is(400, ""));
    assert!(folder.names().is_empty(), "{:?}", folder.names());
}

#[test]
fn a_file_that_is_refused_replaces_none() {
    let folder = Folder::new();
    fs::write(folder.path(), "before").unwrap();
    assert!(run(save(chunked(&picture(500), 100, true), &folder.path())).is_err());
    assert_eq!(
        (fs::read_to_string(folder.path()).unwrap().as_str(), folder.names()),
        ("before", vec!["photo.png".to_owned()])
    );
}

#[test]
fn nothing_is_left_of_a_handler_that_is_cancelled() {
    let folder = Folder::new();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    // More than is looked at for the type, so that writing begins; and then nothing comes any more.
    let body = || {
        let sent = futures_util::stream::iter([Ok::<_, std::io::Error>(Bytes::from(picture(5000)))]);
        Body::from_stream(sent.chain(futures_util::stream::pending()))
    };
    // Cancelled after each number of polls, of which the first few come while the file is being made.
    let mut began = false;
    for polls in 0..20 {
        runtime.block_on(async {
            let mut saving = pin!(async {
                let file = upload("image/png", body()).file(&LARGE).await?;
                file.save(folder.path()).await
            });
            for _ in 0..polls {
                assert!(saving.as_mut().now_or_never().is_none());
                tokio::task::yield_now().await;
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            began |= !folder.names().is_empty();
        });
    }
    drop(runtime);
    assert!(began, "the file was there in between");
    assert!(folder.names().is_empty(), "{:?}", folder.names());
}

#[test]
fn a_folder_that_is_missing_is_our_fault() {
    let folder = Folder::new();
    let saved = run(save(picture(100).into(), &folder.0.join("missing/photo.png")));
    assert_eq!(refusal(saved), is(500, ""));
    let onto_a_folder = run(save(picture(100).into(), &folder.0));
    assert_eq!(refusal(onto_a_folder), is(500, ""));
    assert!(folder.names().is_empty(), "{:?}", folder.names());
}
