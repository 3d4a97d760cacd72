//! A PostgreSQL server of the test's own: fresh, on a free port, and gone when the test is.

use std::fs::{File, Permissions};
use std::hash::{BuildHasher as _, RandomState};
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const INSTALL: &str = "PostgreSQL is not installed: apt-get install -y postgresql";
/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server.
pub(crate) struct Postgres {
    programs: Programs,
    folder: Folder,
    child: Child,
    port: u16,
    password: String,
}

impl Postgres {
    /// A new database, and the server over it.
    pub(crate) fn start() -> Self {
        let programs = Programs::find();
        let random = RandomState::new().hash_one(std::process::id());
        let folder = std::env::temp_dir().join(format!("secure-postgres-{random:016x}"));
        std::fs::create_dir(&folder).unwrap();
        let folder = Folder(folder);
        std::fs::set_permissions(&folder.0, Permissions::from_mode(0o700)).unwrap();
        let password = format!("{:016x}", RandomState::new().hash_one(random));
        std::fs::write(folder.0.join("password"), &password).unwrap();
        if let Some((user, group)) = programs.user {
            for path in [folder.0.clone(), folder.0.join("password")] {
                chown(path, Some(user), Some(group)).unwrap();
            }
        }
        programs.make_database(&folder.0);
        let (child, port) = programs.serve(&folder.0);
        Self {
            programs,
            folder,
            child,
            port,
            password,
        }
    }

    /// Where it is, with its password.
    pub(crate) fn url(&self) -> String {
        format!("postgres://keys:{}@127.0.0.1:{}/postgres", self.password, self.port)
    }

    /// Ends it. Its data stay until it is dropped.
    pub(crate) fn stop(&mut self) {
        let mut stop = self.programs.command("pg_ctl");
        stop.arg("stop")
            .args(["-m", "immediate", "-w", "-D"])
            .arg(self.folder.0.join("data"));
        let stopped = stop.stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !stopped.is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Removed after the server has stopped, and also if it never started.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Where the server's programs are, and who runs them: the server refuses to be run by root.
struct Programs {
    folder: PathBuf,
    user: Option<(u32, u32)>,
}

impl Programs {
    fn find() -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        // Debian has them in a folder for each version, with links to some of them elsewhere.
        let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let candidates = std::env::split_paths(&path).filter_map(|folder| {
            let server = folder.join("postgres").canonicalize().ok()?;
            server.parent().map(Path::to_owned)
        });
        let is_whole = |folder: &PathBuf| {
            ["initdb", "pg_ctl", "pg_isready", "postgres"]
                .iter()
                .all(|name| folder.join(name).is_file())
        };
        let mut all = candidates.chain(versions.map(|version| version.path().join("bin")));
        let folder = all.find(is_whole).expect(INSTALL);
        let is_root = id(&["-u"]) == Some(0);
        let user = is_root.then(|| {
            let of = |name: &str| Some((id(&["-u", name])?, id(&["-g", name])?));
            of("postgres").or_else(|| of("nobody")).expect("a user who is not root")
        });
        Self { folder, user }
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.folder.join(program));
        command
            .env_clear()
            .env("LC_ALL", "C")
            .current_dir("/")
            .stdin(Stdio::null());
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        command
    }

    fn make_database(&self, folder: &Path) {
        let mut password = std::ffi::OsString::from("--pwfile=");
        password.push(folder.join("password"));
        let mut initdb = self.command("initdb");
        initdb.args([
            "-U",
            "keys",
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]);
        let made = initdb
            .arg(password)
            .arg("-D")
            .arg(folder.join("data"))
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }

    /// The port is free when it is chosen, and may be taken when it is used: then another is.
    fn serve(&self, folder: &Path) -> (Child, u16) {
        let log = folder.join("log");
        for _ in 0..5 {
            let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
            let output = File::create(&log).unwrap();
            let mut server = self.command("postgres");
            server
                .arg("-D")
                .arg(folder.join("data"))
                .arg("-p")
                .arg(port.to_string());
            for setting in ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"] {
                server.arg("-c").arg(setting);
            }
            server.stdout(output.try_clone().unwrap()).stderr(output);
            let mut child = server.spawn().unwrap();
            if self.is_ready(&mut child, port) {
                return (child, port);
            }
            let _ = child.kill();
            let _ = child.wait();
        }
        panic!(
            "PostgreSQL does not start: {}",
            std::fs::read_to_string(log).unwrap_or_default()
        );
    }

    fn is_ready(&self, child: &mut Child, port: u16) -> bool {
        let began = Instant::now();
        while began.elapsed() < PATIENCE && child.try_wait().unwrap().is_none() {
            let mut ask = self.command("pg_isready");
            ask.args(["-q", "-h", "127.0.0.1", "-p"]).arg(port.to_string());
            if ask.status().unwrap().success() {
                return child.try_wait().unwrap().is_none();
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        false
    }
}

fn id(args: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(args).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}
