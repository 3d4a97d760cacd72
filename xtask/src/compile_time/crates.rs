//! The crates that are measured: the same 200 handlers, each time under another attribute.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::run::root;

/// How many handlers each of the crates has.
pub(crate) const HANDLERS: usize = 200;

/// A crate: what stands above its handlers, and how they are mounted.
pub(crate) struct Variant {
    pub(crate) name: &'static str,
    /// For the table.
    pub(crate) title: &'static str,
    dependencies: &'static str,
    /// What stands once: imports, and the type of all answers.
    head: &'static str,
    /// Above each handler; `{n}` is its number.
    attribute: &'static str,
    arguments: &'static str,
    mounting: Mounting,
}

enum Mounting {
    /// A router of axum's, with a path for each handler.
    Axum,
    /// Ours, in tuples.
    Secured,
}

const AXUM: &str = "axum = \"0.8.9\"\nserde = { version = \"1\", features = [\"derive\"] }\n";
const PROTECT: &str =
    "axum = \"0.8.9\"\nprotect-axum = \"0.2\"\nserde = { version = \"1\", features = [\"derive\"] }\n";
const OURS: &str = "axum = \"0.8.9\"\nsecure-runtime = { path = \"{root}/secure-runtime\" }\n";

const PLAIN_HEAD: &str = "\
use axum::extract::Path;
use axum::{Json, Router, routing::get};

#[derive(serde::Serialize)]
pub struct Out {
    user_id: String,
    n: u32,
}
";
const CLAIMS_HEAD: &str = "\
use axum::extract::Path;
use axum::{Extension, Json, Router, routing::get};

#[derive(Clone)]
pub struct Claims {
    pub sub: String,
}

#[derive(serde::Serialize)]
pub struct Out {
    user_id: String,
    n: u32,
}
";
const OUR_HEAD: &str = "\
use axum::Json;
use axum::extract::Path;
use secure_runtime::{SecureApp, SecureRouter, SecurityBuilder, StartupFaults, output, secure};

#[output]
pub struct Out {
    #[expose]
    user_id: String,
    #[expose]
    n: u32,
}
";

/// What all are compared with.
pub(crate) const PLAIN: Variant = Variant {
    name: "plain",
    title: "plain axum",
    dependencies: AXUM,
    head: PLAIN_HEAD,
    attribute: "",
    arguments: "Path(user_id): Path<String>",
    mounting: Mounting::Axum,
};

pub(crate) const OTHERS: [Variant; 4] = [
    Variant {
        name: "secure",
        title: "`#[secure]`: scope, owner, rate, timeout",
        dependencies: OURS,
        head: OUR_HEAD,
        attribute: "#[secure(get = \"/r{n}/users/{user_id}\", scope = \"read:profile\", owner = \"user_id\", rate = \"100/min\", timeout = \"10s\")]\n",
        arguments: "Path(user_id): Path<String>",
        mounting: Mounting::Secured,
    },
    Variant {
        name: "secure-light",
        title: "`#[secure]`: scope, shared",
        dependencies: OURS,
        head: OUR_HEAD,
        attribute: "#[secure(get = \"/r{n}/users/{user_id}\", scope = \"read:profile\", shared = \"user_id\")]\n",
        arguments: "Path(user_id): Path<String>",
        mounting: Mounting::Secured,
    },
    Variant {
        name: "protect",
        title: "`#[protect]`: scope",
        dependencies: PROTECT,
        head: PLAIN_HEAD,
        attribute: "#[protect_axum::protect(\"read:profile\")]\n",
        arguments: "Path(user_id): Path<String>",
        mounting: Mounting::Axum,
    },
    Variant {
        name: "protect-expr",
        title: "`#[protect]`: scope, owner as `expr`",
        dependencies: PROTECT,
        head: CLAIMS_HEAD,
        attribute: "#[protect_axum::protect(\"read:profile\", expr = \"user_id == claims.sub\")]\n",
        arguments: "Path(user_id): Path<String>, Extension(claims): Extension<Claims>",
        mounting: Mounting::Axum,
    },
];

/// Where they are: a workspace of their own, so that what they depend on is no dependency of ours.
pub(crate) fn workspace() -> PathBuf {
    root().join("target/compile-time")
}

/// Plain axum, and the others.
pub(crate) fn all() -> impl Iterator<Item = &'static Variant> {
    [&PLAIN].into_iter().chain(&OTHERS)
}

/// Writes all of them.
pub(crate) fn write() -> Result<(), String> {
    let place = workspace();
    let members: Vec<String> = all().map(|variant| format!("{:?}", variant.name)).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    put(&place.join("Cargo.toml"), &manifest)?;
    // What both workspaces depend on has the versions of ours.
    let lock = place.join("Cargo.lock");
    if !lock.exists() {
        let ours = root().join("Cargo.lock");
        fs::copy(&ours, &lock).map_err(|error| format!("{}: {error}", ours.display()))?;
    }
    for variant in all() {
        let folder = place.join(variant.name);
        put(&folder.join("Cargo.toml"), &variant.manifest())?;
        put(&folder.join("src/main.rs"), &variant.program())?;
        variant.edit(0)?;
    }
    Ok(())
}

impl Variant {
    pub(crate) fn is_ours(&self) -> bool {
        matches!(self.mounting, Mounting::Secured)
    }

    /// As rustc knows the library.
    pub(crate) fn library_name(&self) -> String {
        self.name.replace('-', "_")
    }

    /// Writes the library, with another body of one handler for each edition.
    pub(crate) fn edit(&self, edition: usize) -> Result<(), String> {
        put(&self.file(), &self.library(HANDLERS, edition))
    }

    /// Leaves one handler.
    pub(crate) fn shorten(&self) -> Result<(), String> {
        put(&self.file(), &self.library(1, 0))
    }

    pub(crate) fn binary_size(&self) -> Result<u64, String> {
        let file = workspace().join("target/release").join(self.name);
        let metadata = fs::metadata(&file);
        metadata
            .map(|metadata| metadata.len())
            .map_err(|error| format!("{}: {error}", file.display()))
    }

    fn file(&self) -> PathBuf {
        workspace().join(self.name).join("src/lib.rs")
    }

    fn manifest(&self) -> String {
        let dependencies = self.dependencies.replace("{root}", &root().to_string_lossy());
        format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}",
            self.name
        )
    }

    fn library(&self, handlers: usize, edition: usize) -> String {
        let mut text = self.head.to_owned();
        for n in 0..handlers {
            let attribute = self.attribute.replace("{n}", &n.to_string());
            let arguments = self.arguments;
            let value = if n == HANDLERS / 2 {
                edition.to_string()
            } else {
                n.to_string()
            };
            let _ = write!(
                text,
                "\n{attribute}async fn h{n}({arguments}) -> Json<Out> {{\n    Json(Out {{ user_id, n: {value} }})\n}}\n"
            );
        }
        text.push('\n');
        text.push_str(&match self.mounting {
            Mounting::Axum => axum_router(handlers),
            Mounting::Secured => secured_router(handlers),
        });
        text
    }

    fn program(&self) -> String {
        let library = self.library_name();
        match self.mounting {
            Mounting::Axum => format!("fn main() {{\n    let _ = std::hint::black_box({library}::router());\n}}\n"),
            Mounting::Secured => format!(
                "use secure_runtime::Security;
use secure_runtime::jwt::{{Jwt, Key, MacAlgorithm}};

fn main() {{
    let key = Key::secret(MacAlgorithm::Hs256, [7; 32]);
    let jwt = Jwt::issuer(\"https://issuer.example\").audience(\"https://api.example\").key(key);
    let app = {library}::app(Security::builder(jwt)).unwrap();
    let _ = std::hint::black_box(app.into_router());
}}
"
            ),
        }
    }
}

fn axum_router(handlers: usize) -> String {
    let routes: String = (0..handlers)
        .map(|n| format!("        .route(\"/r{n}/users/{{user_id}}\", get(h{n}))\n"))
        .collect();
    format!("pub fn router() -> Router {{\n    Router::new()\n{routes}}}\n")
}

fn secured_router(handlers: usize) -> String {
    let numbers: Vec<usize> = (0..handlers).collect();
    let tuples: String = numbers
        .chunks(10)
        .map(|chunk| {
            let names: Vec<String> = chunk.iter().map(|n| format!("h{n},")).collect();
            format!("        .mount(({}))\n", names.join(" "))
        })
        .collect();
    format!(
        "pub fn app(security: SecurityBuilder) -> Result<SecureApp, StartupFaults> {{
    SecureRouter::new(security)
{tuples}        .build()
}}
"
    )
}

fn put(file: &Path, text: &str) -> Result<(), String> {
    let written = file
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(file, text));
    written.map_err(|error| format!("{}: {error}", file.display()))
}
