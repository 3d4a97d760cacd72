//! B3 against the whole grammar of JSON (RFC 8259): texts whose validity is known by how they are made, changed texts that an
//! independent reader decides, and the public suite of Nicolas Seriot, which `cargo xtask json-suite` fetches and runs.

mod cases;
mod reader;

use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use axum::{Json, Router};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Input, Report, SecureRouter, Security, secure};
use serde::Deserialize;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use crate::support::{Answer, request, router, send};

/// Any JSON value.
#[derive(Deserialize)]
struct Anything(#[expect(dead_code, reason = "it is only read from the text")] Value);

impl Input for Anything {
    fn check(&self, _: &mut Report<'_>) {}
}

#[secure(post = "/anything", public = "a test")]
async fn take_anything(Json(_): Json<Anything>) -> StatusCode {
    StatusCode::NO_CONTENT
}

/// The endpoint that reads anything, and nothing that is not JSON.
struct Reader {
    router: Router,
    runtime: Runtime,
}

impl Reader {
    fn new() -> Self {
        let security = Security::builder(TestIssuer::default().jwt()).default_rate("1000000/s");
        Self {
            router: router(SecureRouter::new(security).mount(take_anything).build().unwrap()),
            runtime: Builder::new_current_thread().enable_all().build().unwrap(),
        }
    }

    fn ask(&self, text: &[u8]) -> Answer {
        let headers = [("content-type", "application/json")];
        let request = request("POST", "/anything", &headers, text.to_vec());
        self.runtime.block_on(send(&self.router, request))
    }

    /// What is JSON is read, and what is not is 400.
    fn is_read(&self, text: &[u8]) -> bool {
        let answer = self.ask(text);
        match answer.status.as_u16() {
            204 => true,
            400 => {
                answer.assert_problem(400);
                false
            }
            _ => panic!("{}: {answer:?}", text.escape_ascii()),
        }
    }

    /// Asks for each, and lists those that are read and should not be, or the other way round.
    fn check(&self, texts: impl IntoIterator<Item = Vec<u8>>, valid: impl Fn(&[u8]) -> bool) -> Counts {
        let (mut counts, mut wrong) = (Counts::default(), Vec::new());
        for text in texts {
            let valid = valid(&text);
            let counted = if valid { &mut counts.valid } else { &mut counts.invalid };
            *counted += 1;
            if self.is_read(&text) != valid {
                wrong.push(format!("valid: {valid}: {}", text.escape_ascii()));
            }
        }
        assert!(wrong.is_empty(), "{} are wrong: {wrong:#?}", wrong.len());
        counts
    }
}

#[derive(Debug, Default)]
struct Counts {
    valid: usize,
    invalid: usize,
}

#[test]
fn b3_what_is_made_by_the_grammar_is_read() {
    let counts = Reader::new().check(cases::valid(), |_| true);
    assert!(counts.valid > 500, "{counts:?}");
}

#[test]
fn b3_what_is_made_against_the_grammar_is_400() {
    let counts = Reader::new().check(cases::invalid(), |_| false);
    assert!(counts.invalid > 1000, "{counts:?}");
}

/// A document that is broken off is none, wherever that is.
#[test]
fn b3_a_document_that_breaks_off_is_400() {
    let texts = cases::DOCUMENTS.iter().flat_map(|document| {
        let whole = document.as_bytes();
        (0..whole.len()).map(|end| whole[..end].to_vec())
    });
    let counts = Reader::new().check(texts, |_| false);
    assert!(counts.invalid > 200, "{counts:?}");
}

/// The reader that decides about changed texts agrees with what is known by construction.
#[test]
fn b3_the_independent_reader_knows_the_grammar() {
    for text in cases::valid() {
        assert!(reader::is_json(&text), "{}", text.escape_ascii());
    }
    for text in cases::invalid() {
        assert!(!reader::is_json(&text), "{}", text.escape_ascii());
    }
}

/// Every byte left out, and every structural byte put in at every place and in place of every byte.
#[test]
fn b3_a_byte_more_or_less_is_decided_by_the_grammar() {
    let texts = cases::DOCUMENTS.iter().flat_map(|document| {
        let whole = document.as_bytes();
        let removed = (0..whole.len()).map(|at| [&whole[..at], &whole[at + 1..]].concat());
        let others = b"[]{},:\"\\ 0-.eE+tn/\n\x00\x7f\x80\xff";
        let inserted = (0..=whole.len()).flat_map(|at| others.iter().map(move |byte| (at, *byte)));
        let inserted = inserted.map(|(at, byte)| [&whole[..at], &[byte], &whole[at..]].concat());
        let replaced = (0..whole.len()).flat_map(|at| others.iter().map(move |byte| (at, *byte)));
        let replaced = replaced.map(|(at, byte)| [&whole[..at], &[byte], &whole[at + 1..]].concat());
        removed.chain(inserted).chain(replaced).collect::<Vec<_>>()
    });
    let counts = Reader::new().check(texts, reader::is_json);
    assert!(counts.valid > 1000 && counts.invalid > 5000, "{counts:?}");
}

/// Files of the suite that are valid JSON, and that B3 refuses all the same: they name a member twice.
const TWICE: [&str; 2] = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"];

/// The files of the suite, in their order.
fn suite() -> Vec<(String, Vec<u8>)> {
    let help = "run `cargo xtask json-suite`, which fetches the suite, or `cargo xtask json-suite DIR`";
    let folder = std::env::var_os("JSON_TEST_SUITE").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| panic!("JSON_TEST_SUITE names no folder: {help}"));
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}: {help}", folder.display()));
    let paths = entries.map(|entry| entry.unwrap().path());
    let is_case = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "json");
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let mut files: Vec<_> = paths
        .filter(is_case)
        .map(|path| (name(&path), std::fs::read(&path).unwrap()))
        .collect();
    assert!(!files.is_empty(), "{} has no test files: {help}", folder.display());
    files.sort();
    files
}

#[test]
#[ignore = "the suite is not part of this repository: `cargo xtask json-suite` fetches and runs it"]
fn b3_the_public_suite_is_decided_as_it_says() {
    let reader = Reader::new();
    let (mut wrong, mut twice, mut free) = (Vec::new(), Vec::new(), Vec::new());
    let (mut valid, mut invalid) = (0, 0);
    for (name, text) in suite() {
        let answer = reader.ask(&text);
        let status = answer.status.as_u16();
        match name.get(..2) {
            Some("y_") if TWICE.contains(&name.as_str()) => {
                let detail = answer.json()["detail"].as_str().unwrap_or_default().to_owned();
                assert_eq!(
                    (status, detail.as_str()),
                    (400, "the body names a member of an object twice"),
                    "{name}"
                );
                twice.push(name.clone());
            }
            Some("y_") if status == 204 => valid += 1,
            Some("n_") if status == 400 => invalid += 1,
            // What the standard leaves open, we may read or not.
            Some("i_") if status == 204 || status == 400 => free.push(format!("{status} {name}")),
            _ => wrong.push(format!("{status} {name}")),
        }
        if status == 400 {
            answer.assert_problem(400);
        }
        if !name.starts_with("i_") {
            assert_eq!(
                reader::is_json(&text),
                name.starts_with("y_"),
                "the independent reader: {name}"
            );
        }
    }
    let twice = twice.len();
    println!(
        "{valid} valid, {invalid} invalid, {twice} with a member twice, {} left open:",
        free.len()
    );
    free.iter().for_each(|file| println!("  {file}"));
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(twice, TWICE.len());
    // The commit that the command fetches has 95, 188 and 35.
    assert!(valid + twice >= 95 && invalid >= 188 && free.len() >= 35);
}
