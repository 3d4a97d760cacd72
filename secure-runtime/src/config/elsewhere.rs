use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::table::Table;
use super::tree::Node;

/// Who may see what stands in the place of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Anybody,
    /// It may be the secret itself, by mistake: what does not look like a variable is not repeated, and no file's name is.
    Nobody,
}

/// What stands at `{ env = "…" }` or `{ file = "…" }`.
pub(super) fn read(table: &Table<'_>, node: Node, shown: Shown) -> Option<Zeroizing<String>> {
    let place = node.place.clone();
    let mut names = table.within(node);
    let found = match (names.plain("env"), names.plain("file")) {
        (Some(name), None) => variable(&name, shown),
        (None, Some(file)) => content(table, &file, shown),
        _ => Err((
            "names no place of a text".to_owned(),
            "write `{ env = \"…\" }` or `{ file = \"…\" }`".to_owned(),
        )),
    };
    names.finish();
    found.map_err(|(fault, help)| table.fault(&place, fault, help)).ok()
}

/// In place of a secret that was reported, so that all else can be checked. It is random, and so worth nothing to anybody even
/// if it were used; and long enough for whatever needs one.
pub(super) fn stand_in() -> Zeroizing<String> {
    let mut bytes = Zeroizing::new([0; 48]);
    let filled = rand::fill(&mut *bytes).map(|()| STANDARD.encode(*bytes));
    Zeroizing::new(filled.unwrap_or_default())
}

fn variable(name: &str, shown: Shown) -> Result<Zeroizing<String>, (String, String)> {
    let is_plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let is_shown = shown == Shown::Anybody || name.bytes().all(is_plain);
    std::env::var(name).map(Zeroizing::new).map_err(|_| {
        if is_shown {
            (
                format!("the environment has no variable `{name}`"),
                format!("set `{name}`"),
            )
        } else {
            (
                "the environment has no variable of this name".to_owned(),
                "write the name of a variable, and set it".to_owned(),
            )
        }
    })
}

fn content(table: &Table<'_>, file: &str, shown: Shown) -> Result<Zeroizing<String>, (String, String)> {
    match std::fs::read_to_string(table.folder().join(file)) {
        // An editor's last line feed is no part of a secret.
        Ok(text) => {
            let text = Zeroizing::new(text);
            Ok(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned()))
        }
        Err(error) => {
            let file = match shown {
                Shown::Anybody => format!("the file `{file}`"),
                Shown::Nobody => "the file".to_owned(),
            };
            Err((
                format!("{file} cannot be read: {error}"),
                "see its path and rights".to_owned(),
            ))
        }
    }
}
