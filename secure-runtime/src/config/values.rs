use std::time::Duration;

use secure_policy::{ParseError, parse_duration};
use zeroize::Zeroizing;

use super::elsewhere::{self, Shown};
use super::table::Table;
use super::tree::{Node, Value};
use crate::startup::Fault;

/// Each takes a member. `None` is one that is not there, or one that cannot be read, which is then a fault.
impl Table<'_> {
    /// A text; where it is not written there, it comes from `{ env = "…" }` or `{ file = "…" }`.
    pub(super) fn text(&mut self, name: &'static str) -> Option<String> {
        let node = self.take(name)?;
        self.text_in(node)
    }

    /// The same, for one that must be there.
    pub(super) fn needed_text(&mut self, name: &'static str, example: &str) -> Option<String> {
        if !self.has(name) {
            self.missing(name, example);
        }
        self.text(name)
    }

    fn text_in(&self, node: Node) -> Option<String> {
        match node.value {
            Value::Text(text) => Some(text),
            Value::Table(_) => elsewhere::read(self, node, Shown::Anybody).map(|text| text.to_string()),
            other => {
                self.wrong(&node.place, &other, "a text");
                None
            }
        }
    }

    /// A list of texts, or a single one.
    pub(super) fn texts(&mut self, name: &'static str) -> Option<Vec<String>> {
        let items = self.items(name)?;
        let count = items.len();
        let texts: Vec<_> = items.into_iter().filter_map(|item| self.text_in(item)).collect();
        (count == 0 || !texts.is_empty()).then_some(texts)
    }

    /// The items of a list; what is no list is one.
    fn items(&mut self, name: &'static str) -> Option<Vec<Node>> {
        let node = self.take(name)?;
        Some(match node.value {
            Value::List(items) => items,
            value => vec![Node { value, ..node }],
        })
    }

    /// A path, from the file's folder on.
    #[cfg(feature = "sqlite")]
    pub(super) fn path(&mut self, name: &'static str) -> Option<std::path::PathBuf> {
        self.text(name).map(|path| self.folder().join(path))
    }

    /// A text that `parse` can read. It is read again where it is used.
    pub(super) fn measure<T>(
        &mut self,
        name: &'static str,
        parse: fn(&str) -> Result<T, ParseError>,
    ) -> Option<String> {
        self.parsed(name, |text| parse(text).map(|_| text.to_owned()))
    }

    /// A length of time.
    pub(super) fn duration(&mut self, name: &'static str) -> Option<Duration> {
        self.parsed(name, parse_duration)
    }

    /// A size, as a number of bytes.
    #[cfg(feature = "oauth")]
    pub(super) fn bytes(&mut self, name: &'static str) -> Option<usize> {
        let size = self.parsed(name, secure_policy::ByteSize::parse)?;
        Some(usize::try_from(size.bytes()).unwrap_or(usize::MAX))
    }

    fn parsed<T>(&mut self, name: &'static str, parse: impl Fn(&str) -> Result<T, ParseError>) -> Option<T> {
        let place = self.place_of(name);
        let text = self.text(name)?;
        let parsed = parse(&text);
        parsed
            .map_err(|error| self.report(Fault::policy(place.to_string(), &error)))
            .ok()
    }

    /// A secret, which never stands in the file itself: whoever can read the one could read the other.
    pub(super) fn secret(&mut self, name: &'static str) -> Option<Zeroizing<String>> {
        let node = self.take(name)?;
        self.secret_in(name, node)
    }

    /// A list of them, or a single one; `None` also if one cannot be read.
    #[cfg(feature = "redis")]
    pub(super) fn secrets(&mut self, name: &'static str) -> Option<Vec<Zeroizing<String>>> {
        let items = self.items(name)?;
        let secrets: Vec<_> = items.into_iter().map(|item| self.secret_in(name, item)).collect();
        secrets.into_iter().collect()
    }

    fn secret_in(&self, name: &str, node: Node) -> Option<Zeroizing<String>> {
        if let Value::Table(_) = &node.value {
            return elsewhere::read(self, node, Shown::Nobody);
        }
        self.fault(
            &node.place,
            "is a secret, and stands in the configuration itself",
            format!("write `{name} = {{ env = \"…\" }}` or `{name} = {{ file = \"…\" }}`"),
        );
        None
    }

    /// The same, for one that must be there; something else stands in for it where it cannot be had.
    pub(super) fn needed_secret(&mut self, name: &'static str) -> Zeroizing<String> {
        if !self.has(name) {
            self.missing(name, "{ env = \"…\" }");
        }
        self.secret(name).unwrap_or_else(elsewhere::stand_in)
    }

    /// A text that is written there.
    pub(super) fn plain(&mut self, name: &'static str) -> Option<String> {
        let node = self.take(name)?;
        self.plain_in(node)
    }

    fn plain_in(&self, node: Node) -> Option<String> {
        match node.value {
            Value::Text(text) => Some(text),
            other => {
                self.wrong(&node.place, &other, "a text");
                None
            }
        }
    }

    pub(super) fn flag(&mut self, name: &'static str) -> Option<bool> {
        let node = self.take(name)?;
        match node.value {
            Value::Flag(flag) => Some(flag),
            other => {
                self.wrong(&node.place, &other, "true or false");
                None
            }
        }
    }

    pub(super) fn number(&mut self, name: &'static str) -> Option<usize> {
        let node = self.take(name)?;
        match node.value {
            Value::Number(number) if usize::try_from(number).is_ok() => usize::try_from(number).ok(),
            other => {
                self.wrong(&node.place, &other, "a whole number, not negative");
                None
            }
        }
    }

    /// One of these words.
    pub(super) fn choice<T: Copy>(&mut self, name: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let node = self.take(name)?;
        self.choice_in(node, choices)
    }

    /// A list of these words, or a single one.
    pub(super) fn choices<T: Copy>(&mut self, name: &'static str, choices: &[(&str, T)]) -> Option<Vec<T>> {
        let items = self.items(name)?;
        let count = items.len();
        let found = items.into_iter().filter_map(|item| self.choice_in(item, choices));
        let found: Vec<_> = found.collect();
        (count == 0 || !found.is_empty()).then_some(found)
    }

    fn choice_in<T: Copy>(&self, node: Node, choices: &[(&str, T)]) -> Option<T> {
        let place = node.place.clone();
        let word = self.plain_in(node)?;
        let found = choices.iter().find(|(choice, _)| *choice == word);
        if found.is_none() {
            let words: Vec<_> = choices.iter().map(|(choice, _)| format!("`{choice}`")).collect();
            self.fault(
                &place,
                format!("is `{word}`, which is none of its values"),
                format!("write {}", words.join(" or ")),
            );
        }
        found.map(|(_, value)| *value)
    }
}
