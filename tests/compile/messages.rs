//! What the messages of the compile-fail suite have in common, and that each code in them has its page in the book.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// How many misuses each class has at least: nobody loses one silently.
const CLASSES: [(&str, usize); 32] = [
    ("access_missing", 5),
    ("access_twice", 6),
    ("all_at_once", 9),
    ("bare_functions", 9),
    ("bodies", 11),
    ("caller_on_open_endpoint", 13),
    ("conditions", 9),
    ("expressions", 19),
    ("forged_proofs", 15),
    ("input_rules", 25),
    ("input_setters", 7),
    ("input_types", 45),
    ("keys", 31),
    ("limits", 43),
    ("loosening", 8),
    ("measures", 30),
    ("no_security", 7),
    ("not_send", 2),
    ("output_exposure", 16),
    ("output_types", 27),
    ("owned_objects", 9),
    ("owner_types", 6),
    ("paths", 16),
    ("printed_secrets", 7),
    ("public_without_reason", 3),
    ("signatures", 12),
    ("states", 4),
    ("unchecked_arguments", 15),
    ("uncovered_identifier", 11),
    ("undeclared_answers", 11),
    ("unknown_argument", 9),
    ("vocabulary", 13),
];

/// Whose message is the compiler's own, and why that is enough. A name that ends with `/` is a whole class.
const THE_COMPILERS: [(&str, &str); 53] = [
    ("input_rules/custom_of_another_type", "a function takes another type"),
    ("input_rules/custom_of_nothing", "a name that there is not"),
    (
        "input_rules/custom_that_returns_a_bool",
        "a function returns another type",
    ),
    (
        "input_rules/range_beyond_the_type",
        "a number that the type does not have",
    ),
    ("input_rules/range_of_another_type", "a number of another type"),
    ("input_setters/an_undeclared_scope", "constants must exist"),
    (
        "input_setters/server_without_a_default",
        "what the server sets begins as `Default`",
    ),
    ("output_exposure/an_undeclared_role", "constants must exist"),
    (
        "input_types/by_hand_without_a_schema",
        "who implements `Input` by hand describes it with schemars, whose message it is",
    ),
    (
        "output_exposure/expose_without_output",
        "an attribute without the one that reads it",
    ),
    (
        "owned_objects/an_error_that_is_no_problem",
        "an associated type lacks a conversion",
    ),
    (
        "owned_objects/another_state",
        "rustc infers the state from the one `FromRef`",
    ),
    (
        "owned_objects/changed_in_place",
        "an object is lent, and not to be changed",
    ),
    ("owned_objects/made_up", "a private field"),
    (
        "undeclared_answers/lines_of_no_results",
        "an associated type is another",
    ),
    ("bare_functions/unsecured_without_a_reason", "a call lacks an argument"),
    ("conditions/assignment", "a condition is Rust, and its type is a bool"),
    ("conditions/awaits", "a condition is Rust, and no async block"),
    (
        "conditions/moves_an_argument",
        "a condition is Rust, and sees references",
    ),
    ("conditions/not_a_bool", "a condition is Rust, and its type is a bool"),
    ("conditions/question_mark", "a condition is Rust, and returns no Result"),
    (
        "conditions/unknown_name",
        "a condition is Rust, and its names must exist",
    ),
    (
        "forged_proofs/authorize_without_identifying",
        "no such method in this state",
    ),
    (
        "forged_proofs/body_before_authorization",
        "no such method in this state",
    ),
    ("forged_proofs/call_before_clearing", "no such method in this state"),
    ("forged_proofs/cleared_gate", "the states are types"),
    ("forged_proofs/handler_around_its_guard", "the function cannot be named"),
    ("forged_proofs/one_proof_twice", "a proof is moved"),
    ("forged_proofs/open_a_gate", "the constructor is private"),
    ("forged_proofs/principal", "the fields are private"),
    (
        "forged_proofs/principal_default",
        "the trait is not implemented on purpose",
    ),
    (
        "forged_proofs/principal_deserialized",
        "the trait is not implemented on purpose",
    ),
    ("forged_proofs/principal_new", "the constructor is private"),
    (
        "forged_proofs/spend_before_authorization",
        "no such method in this state",
    ),
    ("forged_proofs/stage_of_ones_own", "the trait is sealed"),
    (
        "forged_proofs/unguarded_outside_tests",
        "no such function outside of tests",
    ),
    (
        "limits/cost_of_an_unknown_field",
        "a cost is Rust, and the compiler knows the fields",
    ),
    (
        "limits/cost_of_an_unknown_name",
        "a cost is Rust, and its names must exist",
    ),
    ("limits/cost_that_awaits", "a cost is Rust, and no async block"),
    (
        "limits/cost_that_moves_an_argument",
        "a cost is Rust, and sees references",
    ),
    (
        "limits/cost_with_a_question_mark",
        "a cost is Rust, and returns no Result",
    ),
    ("limits/declared_twice", "a name that there is already"),
    ("limits/misspelt_limit", "constants must exist"),
    ("limits/misspelt_module", "constants must exist"),
    ("limits/text_constant", "a constant has another type"),
    ("loosening/", "no such method on such routes, or another type of routes"),
    ("no_security/", "a call lacks an argument, or gets another type"),
    ("not_send/", "the compiler knows which value it is, and we do not"),
    (
        "owner_types/a_missing_field",
        "the compiler knows the fields, and we do not",
    ),
    ("printed_secrets/", "the trait is not implemented on purpose"),
    ("states/", "the states of routers are types"),
    (
        "unchecked_arguments/json_that_is_not_deserialize",
        "who implements `Input` by hand reads it with serde, whose message it is",
    ),
    (
        "vocabulary/",
        "constants are Rust: their names must exist, and their types must fit",
    ),
];

/// More than one error, and why.
const SEVERAL: [(&str, &str); 3] = [
    ("all_at_once/", "all faults come at once, which is what these are about"),
    (
        "forged_proofs/open_a_gate",
        "what is private cannot be given a value of its type either",
    ),
    (
        "forged_proofs/principal_new",
        "what is private cannot be given a value of its type either",
    ),
];

/// What a message must not show: the expansion's insides, or the machine.
const INSIDES: [&str; 16] = [
    "__private",
    "__State",
    "__gate",
    "__state",
    "__argument_",
    "__ARGUMENT_",
    "__ANSWER",
    "__STEPS",
    "__LIMIT_",
    "__cost",
    "&&&&",
    "argument_0",
    "ARGUMENT_0",
    "internal compiler error",
    "/rustc/",
    ".cargo/registry",
];

struct Message {
    /// `class/misuse`.
    name: String,
    text: String,
}

impl Message {
    fn is_in(&self, list: &[(&str, &str)]) -> bool {
        list.iter().any(|(name, _)| self.matches(name))
    }

    fn matches(&self, name: &str) -> bool {
        match name.strip_suffix('/') {
            Some(class) => self.name.split('/').next() == Some(class),
            None => self.name == name,
        }
    }

    fn errors(&self) -> Vec<&str> {
        self.text.lines().filter(|line| line.starts_with("error")).collect()
    }
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|other| other == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn messages() -> Vec<Message> {
    let folder = root().join("tests/ui");
    let messages = files(&folder, "stderr").into_iter().map(|path| Message {
        name: path
            .strip_prefix(&folder)
            .unwrap()
            .with_extension("")
            .to_str()
            .unwrap()
            .to_owned(),
        text: fs::read_to_string(&path).unwrap(),
    });
    messages.collect()
}

/// Every `S001` that stands in brackets or in quotes.
fn codes(text: &str) -> BTreeSet<&str> {
    let found = text.match_indices('S').filter_map(|(at, _)| {
        let code = text.get(at..at + 4)?;
        let before = text[..at].chars().next_back()?;
        let after = text[at + 4..].chars().next()?;
        let digits = code[1..].bytes().all(|byte| byte.is_ascii_digit());
        (digits && matches!((before, after), ('[', ']') | ('"', '"'))).then_some(code)
    });
    found.collect()
}

/// What is wrong, without the compiler's words around it.
fn fault(line: &str) -> &str {
    let start = line.find(": ").map_or(0, |at| at + 2);
    let fault = line[start..].trim_start_matches("evaluation panicked: ");
    match fault.rfind(" [S") {
        Some(at) => &fault[..at],
        None => fault,
    }
}

#[test]
fn each_class_keeps_its_misuses() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for message in messages() {
        let class = message.name.split('/').next().unwrap().to_owned();
        *counts.entry(class).or_default() += 1;
    }
    for (class, least) in CLASSES {
        let count = counts.remove(class).unwrap_or(0);
        assert!(count >= least, "{class} has {count} misuses, and had {least}");
    }
    assert!(counts.is_empty(), "classes without a minimum: {counts:?}");

    // A misuse without its message would be written anew, and pass.
    let folder = root().join("tests/ui");
    for misuse in files(&folder, "rs") {
        let message = misuse.with_extension("stderr");
        assert!(message.exists(), "{} is missing", message.display());
    }
}

#[test]
fn a_message_of_ours_says_what_is_wrong_and_what_to_write() {
    let mut faults = Vec::new();
    for message in messages() {
        let Some(first) = message.errors().first().copied() else {
            faults.push(format!("{}: no error", message.name));
            continue;
        };
        if codes(&message.text).is_empty() {
            continue;
        }
        let helps = |line: &str| {
            let line = line.trim_start().trim_start_matches("= ");
            line.starts_with("help: ") || line.starts_with("note: help: ")
        };
        let fault = if codes(first).is_empty() && message.matches("all_at_once/") {
            "" // half-typed code, which the compiler reports first
        } else {
            fault(first)
        };
        let rules = [
            (!message.text.lines().any(helps), "has no help"),
            (fault.starts_with(char::is_uppercase), "starts with a capital"),
            (fault.ends_with('.'), "ends with a full stop"),
            (
                message.text.to_lowercase().contains("illegal"),
                "calls something illegal",
            ),
        ];
        faults.extend(
            rules
                .into_iter()
                .filter(|(broken, _)| *broken)
                .map(|(_, rule)| format!("{}: {rule}: {first}", message.name)),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_message_shows_neither_the_expansion_nor_the_machine() {
    let home = std::env::var("HOME").unwrap_or_else(|_| "/home/".to_owned());
    let workspace = fs::canonicalize(root()).unwrap();
    let machine = [workspace.to_str().unwrap(), home.as_str()];
    let mut faults = Vec::new();
    for message in messages() {
        let shown = INSIDES
            .into_iter()
            .chain(machine)
            .filter(|part| message.text.contains(part));
        faults.extend(shown.map(|part| format!("{}: {part}", message.name)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn one_misuse_is_one_error() {
    let mut faults = Vec::new();
    for message in messages() {
        let count = message.errors().len();
        if count != 1 && !message.is_in(&SEVERAL) {
            faults.push(format!("{}: {count} errors", message.name));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for (name, reason) in SEVERAL {
        let several = messages()
            .iter()
            .any(|message| message.matches(name) && message.errors().len() > 1);
        assert!(several, "{name} has one error, and no need of {reason:?}");
    }
}

/// A message without a code is the compiler's, for a reason that is written down.
#[test]
fn who_adds_a_message_of_the_compiler_says_why() {
    let bare: Vec<Message> = messages()
        .into_iter()
        .filter(|message| codes(&message.text).is_empty())
        .collect();
    let unexplained: Vec<&str> = bare
        .iter()
        .filter(|message| !message.is_in(&THE_COMPILERS))
        .map(|message| message.name.as_str())
        .collect();
    assert!(unexplained.is_empty(), "neither a code nor a reason: {unexplained:?}");
    for (name, reason) in THE_COMPILERS {
        let used = bare.iter().any(|message| message.matches(name));
        assert!(used, "{name} has a code by now, and no need of {reason:?}");
    }
}

#[test]
fn each_code_has_its_page() {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let sources = [
        files(&root().join("tests/ui"), "stderr"),
        files(&root().join("secure-runtime/src"), "rs"),
        vec![root().join("secure-macros/src/diagnostic.rs")],
    ];
    for source in sources.concat() {
        let text = fs::read_to_string(source).unwrap();
        known.extend(codes(&text).into_iter().map(str::to_lowercase));
    }
    assert!(known.len() >= 17, "{known:?}");
    let summary = fs::read_to_string(root().join("book/src/SUMMARY.md")).unwrap();
    let mut faults = Vec::new();
    for code in known {
        let page = format!("errors/{code}.md");
        if !root().join("book/src").join(&page).exists() {
            faults.push(format!("{page} is missing"));
        } else if !summary.contains(&format!("({page})")) {
            faults.push(format!("{page} is not in the summary"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
