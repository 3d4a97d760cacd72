use std::cell::RefCell;
use std::path::Path;

use zeroize::Zeroizing;

use super::tree::{Node, Place, Value};
use crate::startup::Fault;

/// A table of the file, whose members are taken one by one. What is left at the end is unknown, and a fault.
pub(super) struct Table<'f> {
    place: Place,
    members: Vec<(String, Node)>,
    known: Vec<&'static str>,
    around: Around<'f>,
}

/// What all tables of a file share.
#[derive(Clone, Copy)]
pub(super) struct Around<'f> {
    pub(super) faults: &'f RefCell<Vec<Fault>>,
    /// From where the paths of files are read.
    pub(super) folder: &'f Path,
}

impl<'f> Table<'f> {
    /// The table in this node; what is no table is a fault, and then empty.
    pub(super) fn of(node: Node, around: Around<'f>) -> Self {
        let mut table = Self {
            place: node.place.clone(),
            members: Vec::new(),
            known: Vec::new(),
            around,
        };
        match node.value {
            Value::Table(members) => table.members = members,
            other => table.wrong(&node.place, &other, "a table"),
        }
        table
    }

    pub(super) fn fault(&self, place: &Place, fault: impl Into<String>, help: impl Into<String>) {
        let fault = Fault::new(place.to_string(), fault, help);
        self.around.faults.borrow_mut().push(fault);
    }

    pub(super) fn missing(&self, name: &str, example: &str) {
        self.fault(
            &self.place,
            format!("`{name}` is missing"),
            format!("write `{name} = {example}`"),
        );
    }

    fn wrong(&self, place: &Place, found: &Value, expected: &str) {
        let found = match found {
            Value::Text(_) => "a text",
            Value::Number(_) => "a number",
            Value::Flag(_) => "true or false",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Other => "something else",
        };
        self.fault(
            place,
            format!("is {found}, and must be {expected}"),
            format!("write {expected}"),
        );
    }

    fn take(&mut self, name: &'static str) -> Option<Node> {
        self.known.push(name);
        let at = self.members.iter().position(|(member, _)| member == name)?;
        Some(self.members.remove(at).1)
    }

    /// Is it there, whatever it is?
    pub(super) fn has(&self, name: &str) -> bool {
        self.members.iter().any(|(member, _)| member == name)
    }

    /// A text; where it is not written there, it comes from `{ env = "…" }` or `{ file = "…" }`.
    pub(super) fn text(&mut self, name: &'static str) -> Option<String> {
        let node = self.take(name)?;
        match node.value {
            Value::Text(text) => Some(text),
            Value::Table(_) => self.elsewhere(node).map(|text| text.to_string()),
            other => {
                self.wrong(&node.place, &other, "a text");
                None
            }
        }
    }

    /// A text that `parse` can read. It is read again where it is used.
    pub(super) fn measure<T>(
        &mut self,
        name: &'static str,
        parse: fn(&str) -> Result<T, secure_policy::ParseError>,
    ) -> Option<String> {
        let place = self.place_of(name);
        let text = self.text(name)?;
        match parse(&text) {
            Ok(_) => Some(text),
            Err(error) => {
                self.around
                    .faults
                    .borrow_mut()
                    .push(Fault::policy(place.to_string(), &error));
                None
            }
        }
    }

    /// A secret, which never stands in the file itself: whoever can read the one could read the other.
    pub(super) fn secret(&mut self, name: &'static str) -> Option<Zeroizing<String>> {
        let node = self.take(name)?;
        match &node.value {
            Value::Table(_) => self.elsewhere(node),
            _ => {
                self.fault(
                    &node.place,
                    "is a secret, and stands in the configuration itself",
                    format!("write `{name} = {{ env = \"…\" }}` or `{name} = {{ file = \"…\" }}`"),
                );
                None
            }
        }
    }

    fn elsewhere(&self, node: Node) -> Option<Zeroizing<String>> {
        let place = node.place.clone();
        let mut table = Table::of(node, self.around);
        let found = match (table.plain("env"), table.plain("file")) {
            (Some(name), None) => match std::env::var(&name) {
                Ok(value) => Some(Zeroizing::new(value)),
                Err(_) => {
                    self.fault(
                        &place,
                        format!("the environment has no variable `{name}`"),
                        format!("set `{name}`"),
                    );
                    None
                }
            },
            (None, Some(file)) => match std::fs::read_to_string(self.around.folder.join(&file)) {
                // An editor's last line feed is no part of a secret.
                Ok(text) => Some(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned())),
                Err(error) => {
                    self.fault(
                        &place,
                        format!("the file `{file}` cannot be read: {error}"),
                        "see its path and rights",
                    );
                    None
                }
            },
            _ => {
                self.fault(
                    &place,
                    "names no place of a text",
                    "write `{ env = \"…\" }` or `{ file = \"…\" }`",
                );
                None
            }
        };
        table.finish();
        found
    }

    /// A text that is written there.
    pub(super) fn plain(&mut self, name: &'static str) -> Option<String> {
        let node = self.take(name)?;
        match node.value {
            Value::Text(text) => Some(text),
            other => {
                self.wrong(&node.place, &other, "a text");
                None
            }
        }
    }

    /// A list of texts, or a single one.
    pub(super) fn texts(&mut self, name: &'static str) -> Option<Vec<String>> {
        let node = self.take(name)?;
        match node.value {
            Value::Text(text) => Some(vec![text]),
            Value::List(items) => {
                let mut texts = Vec::new();
                for item in items {
                    match item.value {
                        Value::Text(text) => texts.push(text),
                        other => self.wrong(&item.place, &other, "a text"),
                    }
                }
                Some(texts)
            }
            other => {
                self.wrong(&node.place, &other, "a list of texts");
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

    pub(super) fn table(&mut self, name: &'static str) -> Option<Table<'f>> {
        self.take(name).map(|node| Table::of(node, self.around))
    }

    /// Tables of one kind: `[[name]]`.
    pub(super) fn tables(&mut self, name: &'static str) -> Vec<Table<'f>> {
        let Some(node) = self.take(name) else {
            return Vec::new();
        };
        match node.value {
            Value::List(items) => items.into_iter().map(|item| Table::of(item, self.around)).collect(),
            other => {
                self.wrong(&node.place, &other, "a list of tables");
                Vec::new()
            }
        }
    }

    /// One of these words.
    pub(super) fn choice<T: Copy>(&mut self, name: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let place = self.place_of(name);
        let word = self.plain(name)?;
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

    /// All members, whatever their names.
    pub(super) fn any(mut self) -> Vec<(String, Vec<String>)> {
        let names: Vec<String> = self.members.iter().map(|(name, _)| name.clone()).collect();
        let mut all = Vec::new();
        for name in names {
            let at = self.members.iter().position(|(member, _)| *member == name);
            let Some((_, node)) = at.map(|at| self.members.remove(at)) else {
                continue;
            };
            let mut one = Table {
                place: self.place.clone(),
                members: vec![(String::from("list"), node)],
                known: Vec::new(),
                around: self.around,
            };
            all.extend(one.texts("list").map(|texts| (name, texts)));
        }
        all
    }

    pub(super) fn place_of(&self, name: &str) -> Place {
        let member = self.members.iter().find(|(member, _)| member == name);
        member.map_or_else(|| self.place.clone(), |(_, node)| node.place.clone())
    }

    /// What was not taken is unknown.
    pub(super) fn finish(self) {
        for (name, node) in &self.members {
            let nearest = self
                .known
                .iter()
                .map(|known| (strsim::damerau_levenshtein(known, name), known))
                .min();
            let help = match nearest {
                Some((distance, known)) if distance <= 2 => format!("did you mean `{known}`?"),
                _ => {
                    let known: Vec<_> = self.known.iter().map(|known| format!("`{known}`")).collect();
                    format!("remove it; there are {}", known.join(", "))
                }
            };
            self.fault(&node.place, "is no option", help);
        }
    }
}
