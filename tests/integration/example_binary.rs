//! The example as a reader of the README meets it: started from the command line, tried with the lines that it prints.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
#[cfg(target_os = "linux")]
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
#[cfg(target_os = "linux")]
use std::time::Duration;

/// The last line that the server prints before it is silent.
const LAST: &str = "for i in ";

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| env!("CARGO").into(), Into::into)
}

/// Builds the example, and says where it is.
pub(crate) fn build() -> PathBuf {
    let build = Command::new(cargo())
        // With the test beside it, so that dependencies are those of the test, and are not built a second time.
        .args(["build", "-q", "--workspace", "--all-features", "--message-format=json"])
        .args(["--bin", "profile-api", "--test", "integration"])
        // And of the same profile: what is measured in release is not a debug build.
        .args((!cfg!(debug_assertions)).then_some("--release"))
        .current_dir(root())
        .output()
        .unwrap();
    assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
    let messages = String::from_utf8(build.stdout).unwrap();
    let messages = messages
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let programs = messages.filter(|message| message["target"]["name"] == "profile-api");
    let mut programs = programs.filter_map(|message| message["executable"].as_str().map(PathBuf::from));
    programs.next().unwrap()
}

/// A directory of the test's own, gone when the test is.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("profile-api-test-{}-{number}", std::process::id()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }
}

impl Scratch {
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A server that ends with the test, whichever way that ends.
pub(crate) struct Server {
    child: Child,
    printed: Vec<String>,
}

impl Server {
    fn start(program: &Path, data: &Path) -> Self {
        Self::start_with(program, data, &["--data".as_ref(), data])
    }

    pub(crate) fn start_with(program: &Path, folder: &Path, arguments: &[&Path]) -> Self {
        let mut command = Command::new(program);
        command.args(["--addr", "127.0.0.1:0"]).args(arguments);
        Self::run(command, folder)
    }

    fn run(mut command: Command, folder: &Path) -> Self {
        let log = folder.join("stderr.log");
        let child = command
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut server = Self {
            child,
            printed: Vec::new(),
        };
        let lines = BufReader::new(server.child.stdout.take().unwrap()).lines();
        for line in lines.map(Result::unwrap) {
            let is_last = line.starts_with(LAST);
            server.printed.push(line);
            if is_last {
                return server;
            }
        }
        let (printed, log) = (server.printed.join("\n"), std::fs::read_to_string(log));
        panic!("it ended before it was ready: {printed}\n{log:?}");
    }
}

impl Server {
    /// Where it listens.
    pub(crate) fn address(&self) -> String {
        self.printed[0].strip_prefix("listening on http://").unwrap().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What this line prints in a shell, as it would in a terminal at the workspace's root.
fn sh(line: &str, token: &str) -> String {
    let cargo = cargo();
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let paths = cargo
        .parent()
        .map(Path::to_owned)
        .into_iter()
        .chain(std::env::split_paths(&paths));
    let output = Command::new("sh")
        .args(["-c", line])
        .env("PATH", std::env::join_paths(paths).unwrap())
        .env("TOKEN", token)
        // A proxy of the machine's is not for its own loopback.
        .env("no_proxy", "*")
        .env("NO_PROXY", "*")
        .current_dir(root())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}\n{stderr}");
    String::from_utf8(output.stdout).unwrap()
}

/// The status of the last answer, whether curl printed its head or, told to, its status alone.
fn last_status(printed: &str) -> &str {
    let mut statuses = printed.lines().filter_map(|line| match line.strip_prefix("HTTP/1.1 ") {
        Some(status) => status.get(..3),
        None => (line.len() == 3 && line.bytes().all(|byte| byte.is_ascii_digit())).then_some(line),
    });
    statuses
        .next_back()
        .unwrap_or_else(|| panic!("no status in {printed:?}"))
}

#[test]
fn the_printed_lines_do_what_their_comments_say() {
    let curl = Command::new("curl").arg("--version").output();
    assert!(
        curl.is_ok_and(|curl| curl.status.success()),
        "curl is missing, and the example's lines need it: apt-get install curl, or brew install curl"
    );
    let (program, data) = (build(), Scratch::new());
    let server = Server::start(&program, &data.0);

    let address = server.printed[0]
        .strip_prefix("listening on http://127.0.0.1:")
        .unwrap();
    assert_ne!(
        address.parse::<u16>().unwrap(),
        0,
        "the port that was chosen, not the one that was asked for"
    );

    let token = server.printed.iter().find(|line| line.starts_with("TOKEN=")).unwrap();
    let token = sh(&format!("{token}\nprintf %s \"$TOKEN\""), "");
    assert_eq!(token.split('.').count(), 3, "{token:?}");

    let mut seen = BTreeSet::new();
    for pair in server.printed.windows(2) {
        let [comment, line] = pair else { unreachable!() };
        let Some((status, what)) = comment.strip_prefix("# ").and_then(|comment| comment.split_once(": ")) else {
            continue;
        };
        let printed = sh(line, &token);
        assert_eq!(last_status(&printed), status, "{what}: {line}\n{printed}");
        if line.starts_with(LAST) {
            let allowed = printed.lines().filter(|line| *line == "200").count();
            assert_eq!((allowed, printed.lines().count()), (10, 11), "{printed}");
        }
        seen.insert(status.to_owned());
    }
    assert_eq!(
        seen.iter().map(String::as_str).collect::<Vec<_>>(),
        ["200", "401", "403", "413", "429"]
    );
}

#[test]
fn the_key_is_the_owners_alone_and_survives_a_restart() {
    let (program, data) = (build(), Scratch::new());
    let token = |user: &str| {
        let run = Command::new(&program)
            .arg("--data")
            .arg(&data.0)
            .args(["token", user, "--scope", "read:profile"])
            .output();
        run.unwrap()
    };
    let first = token("alice");
    assert!(first.status.success());
    let key = data.0.join("identity-provider.pem");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&key).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let before = std::fs::read(&key).unwrap();
    let server = Server::start(&program, &data.0);
    assert_eq!(std::fs::read(&key).unwrap(), before);
    // A token from before the server's start.
    let first = String::from_utf8(first.stdout).unwrap();
    let address = server.printed[0].strip_prefix("listening on ").unwrap();
    let curl = format!("curl -s -i -H \"Authorization: Bearer $TOKEN\" {address}/users/alice/profile");
    assert_eq!(last_status(&sh(&curl, first.trim())), "200");
    // Nobody gets a token by a name that the provider does not know, and the message names those that it does.
    let nobody = token("mallory");
    assert!(!nobody.status.success() && nobody.stdout.is_empty());
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("alice"));
}

/// More clients than the process has file descriptors: it waits, and goes on when there are some.
#[cfg(target_os = "linux")]
#[test]
fn l11_a_process_without_descriptors_goes_on_when_there_are_some() {
    let (program, data) = (build(), Scratch::new());
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -n 48; exec \"$0\" --addr 127.0.0.1:0 --data \"$1\""])
        .args([&program, &data.0]);
    let server = Server::run(command, &data.0);
    let address = server.printed[0].strip_prefix("listening on http://").unwrap();
    let clients: Vec<_> = (0..100).map(|_| TcpStream::connect(address).unwrap()).collect();
    // In hundredths of a second, as the kernel counts for everybody.
    let used = || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", server.child.id())).unwrap();
        let times: Vec<u64> = stat
            .rsplit(") ")
            .next()
            .unwrap()
            .split(' ')
            .skip(11)
            .take(2)
            .map(|n| n.parse().unwrap())
            .collect();
        times[0] + times[1]
    };
    std::thread::sleep(Duration::from_millis(300));
    let before = used();
    std::thread::sleep(Duration::from_secs(3));
    let spent = used() - before;
    assert!(spent < 100, "{spent} hundredths of a second in three seconds");
    let log = std::fs::read_to_string(data.0.join("stderr.log")).unwrap();
    let count = log
        .lines()
        .filter(|line| line.contains("could not be accepted"))
        .count();
    assert!((2..=6).contains(&count), "{count} times\n{log}");
    drop(clients);
    let curl = format!("curl -s -i --max-time 20 http://{address}/users/alice/profile");
    assert_eq!(last_status(&sh(&curl, "")), "401");
}

/// `--config example.toml`: the same application, its security from a file, and API keys beside tokens.
#[test]
fn a_file_says_its_security() {
    let (program, folder) = (build(), Scratch::new());
    let example = std::fs::read_to_string(root().join("examples/profile-api/example.toml")).unwrap();
    let config = folder.0.join("example.toml");
    std::fs::write(&config, &example).unwrap();
    let server = Server::start_with(&program, &folder.0, &["--config".as_ref(), &config]);
    let data = folder.0.join("profile-api-data");
    let printed = |arguments: &[&str]| {
        let run = Command::new(&program)
            .arg("--data")
            .arg(&data)
            .args(arguments)
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap().trim().to_owned()
    };
    let token = printed(&["token", "alice", "--scope", "read:profile"]);
    let key = printed(&["key", "reporting", "--scope", "read:reports", "--tenant", "acme"]);
    assert!(key.starts_with("profile_"), "{key}");
    let address = server.printed[0].strip_prefix("listening on ").unwrap();
    let status = |header: &str, path: &str| {
        let line = format!("curl -s -i -H '{header}' {address}{path}");
        last_status(&sh(&line, "")).to_owned()
    };
    let bearer = format!("Authorization: Bearer {token}");
    assert_eq!(status(&bearer, "/users/alice/profile"), "200");
    assert_eq!(status(&bearer, "/users/bob/profile"), "403");
    let key_field = format!("X-API-Key: {key}");
    assert_eq!(status(&key_field, "/organisations/acme/report"), "200");
    assert_eq!(status(&key_field, "/organisations/globex/report"), "403");
    assert_eq!(status(&key_field, "/users/alice/profile"), "403");
    let other = if key.ends_with('x') { 'y' } else { 'x' };
    assert_eq!(
        status(
            &format!("X-API-Key: {}{other}", &key[..key.len() - 1]),
            "/organisations/acme/report"
        ),
        "401"
    );
    assert_eq!(status("Accept: */*", "/.well-known/oauth-protected-resource"), "200");
    let line = server.printed.iter().find(|line| line.contains("X-API-Key")).unwrap();
    assert_eq!(last_status(&sh(&format!("KEY={key}; {line}"), "")), "200");
    drop(server);

    // A file with faults: all of them, each with its line, and it does not start.
    let broken = example.replace("realm =", "realmm =").replace("\"ES256\"", "\"none\"");
    std::fs::write(&config, broken).unwrap();
    let run = Command::new(&program).arg("--config").arg(&config).output().unwrap();
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(!run.status.success(), "{told}");
    let line_of = |what: &str| 1 + example.lines().position(|line| line.starts_with(what)).unwrap();
    for place in [
        format!("example.toml:{}, `realmm`", line_of("realm =")),
        format!("example.toml:{}, `jwt[0].key[0].algorithm`", line_of("algorithm =")),
    ] {
        assert!(told.contains(&place), "{place} in {told}");
    }
}
