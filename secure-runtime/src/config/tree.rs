use std::borrow::Cow;
use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::json;
use crate::startup::Fault;

/// A value of the file, and where it stands.
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) place: Place,
}

pub(super) enum Value {
    Text(String),
    Number(i64),
    Flag(bool),
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
    /// What no option is: a fraction, a date, null.
    Other,
}

/// The file, the line where it is known, and the way down to the value.
#[derive(Clone)]
pub(super) struct Place {
    file: String,
    line: Option<usize>,
    path: String,
}

impl Place {
    fn file(name: &str) -> Self {
        Self {
            file: name.to_owned(),
            line: None,
            path: String::new(),
        }
    }

    pub(super) fn member(&self, name: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self {
            path: format!("{}{dot}{name}", self.path),
            ..self.clone()
        }
    }

    fn item(&self, index: usize) -> Self {
        Self {
            path: format!("{}[{index}]", self.path),
            ..self.clone()
        }
    }

    fn at(self, line: usize) -> Self {
        Self {
            line: Some(line),
            ..self
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.path.is_empty() {
            write!(f, ", `{}`", self.path)?;
        }
        Ok(())
    }
}

/// The file's table: TOML, or JSON where its name ends in `.json`.
pub(super) fn parse(name: &str, text: &str, faults: &mut Vec<Fault>) -> Node {
    let place = Place::file(name);
    if name.ends_with(".json") {
        return json(place, text, faults);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let lines = Lines::of(text);
    for error in errors {
        let line = error.span().map(|span| lines.at(span.start));
        let place = line.map_or_else(|| place.clone(), |line| place.clone().at(line));
        faults.push(Fault::new(
            place.to_string(),
            format!("is not TOML: {}", error.message()),
            "see https://toml.io",
        ));
    }
    Node {
        value: of_table(&place, table.get_ref(), &lines),
        place,
    }
}

/// Where each line begins.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    fn at(&self, offset: usize) -> usize {
        self.0.partition_point(|end| *end < offset) + 1
    }
}

fn of_table(place: &Place, table: &DeTable<'_>, lines: &Lines) -> Value {
    let mut members: Vec<_> = table.iter().collect();
    members.sort_by_key(|(name, _)| name.span().start);
    let members = members.into_iter().map(|(name, value)| {
        let place = place.member(name.get_ref()).at(lines.at(name.span().start));
        (name.get_ref().to_string(), of_value(place, value, lines))
    });
    Value::Table(members.collect())
}

fn of_value(place: Place, value: &Spanned<DeValue<'_>>, lines: &Lines) -> Node {
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(Cow::clone(text).into_owned()),
        DeValue::Integer(number) => {
            let number = i64::from_str_radix(number.as_str(), number.radix());
            number.map_or(Value::Other, Value::Number)
        }
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Array(items) => {
            let items = items.iter().enumerate();
            let items = items.map(|(i, item)| of_value(place.item(i).at(lines.at(item.span().start)), item, lines));
            Value::List(items.collect())
        }
        DeValue::Table(table) => of_table(&place, table, lines),
        DeValue::Float(_) | DeValue::Datetime(_) => Value::Other,
    };
    Node { value, place }
}

fn json(place: Place, text: &str, faults: &mut Vec<Fault>) -> Node {
    let value = json::from_str::<serde_json::Value>(text).unwrap_or_else(|refused| {
        let fault = match refused {
            json::Refused::Duplicate => "names a member of an object twice",
            json::Refused::Depth => "is nested too deep",
            json::Refused::Syntax | json::Refused::Shape => "is not JSON",
        };
        faults.push(Fault::new(place.to_string(), fault, "see RFC 8259"));
        serde_json::Value::Object(serde_json::Map::new())
    });
    of_json(place, value)
}

fn of_json(place: Place, value: serde_json::Value) -> Node {
    let value = match value {
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Number(number) => number.as_i64().map_or(Value::Other, Value::Number),
        serde_json::Value::Bool(flag) => Value::Flag(flag),
        serde_json::Value::Array(items) => {
            let items = items.into_iter().enumerate();
            Value::List(items.map(|(i, item)| of_json(place.item(i), item)).collect())
        }
        serde_json::Value::Object(members) => {
            let members = members.into_iter().map(|(name, member)| {
                let place = place.member(&name);
                (name, of_json(place, member))
            });
            Value::Table(members.collect())
        }
        serde_json::Value::Null => Value::Other,
    };
    Node { value, place }
}
