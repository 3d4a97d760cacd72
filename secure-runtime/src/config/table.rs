use std::cell::RefCell;
use std::path::Path;

use super::Features;
use super::tree::{Node, Place, Value};
use crate::startup::Fault;

/// A table of the file, whose members are taken one by one. What is left at the end is unknown, and a fault. How values are
/// read is in `values`.
pub(super) struct Table<'f> {
    place: Place,
    members: Vec<(String, Node)>,
    known: Vec<&'static str>,
    around: Around<'f>,
    /// It is no table at all, and nothing is said of what it lacks.
    is_none: bool,
}

/// What all tables of a file share.
#[derive(Clone, Copy)]
pub(super) struct Around<'f> {
    pub(super) faults: &'f RefCell<Vec<Fault>>,
    /// From where the paths of files are read.
    pub(super) folder: &'f Path,
    pub(super) features: &'f Features,
}

impl<'f> Table<'f> {
    /// The table in this node; what is no table is a fault, and then empty.
    pub(super) fn of(node: Node, around: Around<'f>) -> Self {
        let mut table = Self {
            place: node.place.clone(),
            members: Vec::new(),
            known: Vec::new(),
            around,
            is_none: false,
        };
        match node.value {
            Value::Table(members) => table.members = members,
            other => {
                table.is_none = true;
                table.wrong(&node.place, &other, "a table");
            }
        }
        table
    }

    /// A table of the same file.
    pub(super) fn within(&self, node: Node) -> Self {
        Self::of(node, self.around)
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    pub(super) fn folder(&self) -> &'f Path {
        self.around.folder
    }

    pub(super) fn fault(&self, place: &Place, fault: impl Into<String>, help: impl Into<String>) {
        self.report(Fault::new(place.to_string(), fault, help));
    }

    pub(super) fn report(&self, fault: Fault) {
        self.around.faults.borrow_mut().push(fault);
    }

    pub(super) fn missing(&self, name: &str, example: &str) {
        if !self.is_none {
            self.fault(
                &self.place,
                format!("`{name}` is missing"),
                format!("write `{name} = {example}`"),
            );
        }
    }

    pub(super) fn wrong(&self, place: &Place, found: &Value, expected: &str) {
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

    pub(super) fn take(&mut self, name: &'static str) -> Option<Node> {
        if !self.known.contains(&name) {
            self.known.push(name);
        }
        let at = self.members.iter().position(|(member, _)| member == name)?;
        Some(self.members.remove(at).1)
    }

    /// For a member of which all was said.
    pub(super) fn skip(&mut self, name: &'static str) {
        self.take(name);
    }

    /// Takes a member that needs a feature which is off, and says so.
    pub(super) fn needs(&mut self, name: &'static str, feature: &str) -> bool {
        let is_lacking = self.has(name) && self.lacks(&self.place_of(name), feature);
        if is_lacking {
            self.skip(name);
        }
        is_lacking
    }

    /// Says of what stands there that it needs a feature, if that is off.
    pub(super) fn lacks(&self, place: &Place, feature: &str) -> bool {
        let is_on = self
            .around
            .features
            .iter()
            .any(|(name, is_on)| *name == feature && *is_on);
        if !is_on {
            self.fault(
                place,
                format!("needs the feature `{feature}` of `secure-runtime`, which is off"),
                format!("add \"{feature}\" to the features of `secure-runtime` in Cargo.toml, or leave it out"),
            );
        }
        !is_on
    }

    /// Is it there, whatever it is?
    pub(super) fn has(&self, name: &str) -> bool {
        self.member(name).is_some()
    }

    /// Is it there, and a table?
    pub(super) fn is_table(&self, name: &str) -> bool {
        self.member(name)
            .is_some_and(|node| matches!(node.value, Value::Table(_)))
    }

    pub(super) fn place_of(&self, name: &str) -> Place {
        self.member(name).map_or(&self.place, |node| &node.place).clone()
    }

    fn member(&self, name: &str) -> Option<&Node> {
        self.members
            .iter()
            .find(|(member, _)| member == name)
            .map(|(_, node)| node)
    }

    pub(super) fn table(&mut self, name: &'static str) -> Option<Self> {
        self.take(name).map(|node| self.within(node))
    }

    /// For what may be a table or something else.
    pub(super) fn table_if(&mut self, name: &'static str) -> Option<Self> {
        self.is_table(name).then(|| self.table(name)).flatten()
    }

    /// Tables of one kind: `[[name]]`.
    pub(super) fn tables(&mut self, name: &'static str) -> Vec<Self> {
        let Some(node) = self.take(name) else {
            return Vec::new();
        };
        match node.value {
            Value::List(items) => items.into_iter().map(|item| self.within(item)).collect(),
            other => {
                self.wrong(&node.place, &other, "a list of tables");
                Vec::new()
            }
        }
    }

    /// All members, each a list of texts, whatever their names.
    pub(super) fn any(self) -> Vec<(String, Vec<String>)> {
        let members = self.members.into_iter().map(|(name, node)| {
            let mut one = Table {
                place: self.place.clone(),
                members: vec![(String::from("list"), node)],
                known: Vec::new(),
                around: self.around,
                is_none: false,
            };
            (name, one.texts("list"))
        });
        members.filter_map(|(name, texts)| Some((name, texts?))).collect()
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
