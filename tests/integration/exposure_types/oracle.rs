//! What a caller sees of a value, by the description alone: the bytes, and in which form each member was shown or hidden.

use std::collections::BTreeMap;

use super::data::{Audience, Exposure, Form, LeftOut, Member, Plain, Shape, Type};
use crate::exposure::Rights;

/// How often members were shown and hidden, by what decided that.
#[derive(Default)]
pub(super) struct Tally(pub(super) BTreeMap<String, [usize; 2]>);

impl Tally {
    fn count(&mut self, what: String, shown: bool) {
        self.0.entry(what).or_default()[usize::from(shown)] += 1;
    }
}

/// Writes what the caller sees.
pub(super) struct Oracle<'o> {
    pub(super) rights: Rights<'o>,
    pub(super) tally: &'o mut Tally,
}

impl Oracle<'_> {
    pub(super) fn write(&mut self, plain: &Plain) -> String {
        match plain {
            Plain::Json(text) => text.clone(),
            Plain::Nothing => "null".to_owned(),
            Plain::Some(value) => self.write(value),
            Plain::List(items) => {
                let items: Vec<_> = items.iter().map(|item| self.write(item)).collect();
                format!("[{}]", items.join(","))
            }
            Plain::Map(values) => {
                let values = values.iter().map(|(name, value)| (name.as_str(), self.write(value)));
                object(values.collect())
            }
            Plain::Of { of, variant, members } => self.write_one(of, *variant, members),
        }
    }

    fn write_one(&mut self, of: &Type, variant: usize, values: &[Plain]) -> String {
        let variant = &of.variants[variant];
        let seen = self.seen(of, variant.members, values);
        let held = |mut seen: Vec<(&str, String)>| match variant.shape {
            Shape::Unit => None,
            Shape::Newtype => seen.pop().map(|(_, value)| value),
            Shape::Named => Some(object(seen)),
        };
        match &of.form {
            Form::Whole => held(seen).unwrap(),
            Form::Choice { tag: None, .. } => match held(seen) {
                None => text(variant.name),
                Some(held) => object(vec![(variant.name, held)]),
            },
            Form::Choice {
                tag: Some(tag),
                content: None,
            } => {
                let mut members = vec![(*tag, text(variant.name))];
                members.extend(seen);
                object(members)
            }
            Form::Choice {
                tag: Some(tag),
                content: Some(content),
            } => {
                let mut members = vec![(*tag, text(variant.name))];
                members.extend(held(seen).map(|held| (*content, held)));
                object(members)
            }
        }
    }

    fn seen(&mut self, of: &Type, members: &[Member], values: &[Plain]) -> Vec<(&'static str, String)> {
        let owner = members.iter().zip(values).find(|(member, _)| member.is_owner);
        let own = owner.is_some_and(|(_, value)| self.rights.is(&identifier(value)));
        let place = match of.form {
            Form::Whole => "a struct",
            Form::Choice { tag: None, .. } => "an enum",
            Form::Choice { content: None, .. } => "a tagged enum",
            Form::Choice { .. } => "an enum beside its tag",
        };
        let mut seen = Vec::new();
        for (member, value) in members.iter().zip(values) {
            let allowed = self.allows(&member.exposure, own);
            self.tally.count(member.exposure.form(), allowed);
            if !matches!(member.exposure, Exposure::Everyone | Exposure::Never) {
                self.tally.count(format!("in {place}"), allowed);
            }
            let there = is_there(member, value);
            if !matches!(member.left_out, LeftOut::Never) {
                self.tally.count("where it is there".to_owned(), there);
            }
            if allowed && there {
                seen.push((member.name, self.write(value)));
            }
        }
        seen
    }

    fn allows(&self, exposure: &Exposure, own: bool) -> bool {
        let Audience {
            scope,
            role,
            owner,
            or_scope,
        } = match exposure {
            Exposure::Everyone => return true,
            Exposure::Never => return false,
            Exposure::Some(audience) => audience,
        };
        let has_scope = |name: &str| self.rights.scope(name);
        let stands_in = or_scope.as_ref().is_some_and(|rule| rule.holds(&has_scope));
        scope.as_ref().is_none_or(|rule| rule.holds(&has_scope))
            && role
                .as_ref()
                .is_none_or(|rule| rule.holds(&|name| self.rights.role(name)))
            && (!owner || own || stands_in)
    }
}

/// Is there anything to show, whoever asks?
fn is_there(member: &Member, value: &Plain) -> bool {
    match (member.left_out, value) {
        (LeftOut::None, Plain::Nothing) => false,
        (LeftOut::Empty, Plain::List(items)) => !items.is_empty(),
        _ => true,
    }
}

/// Of the owner, which is a text or stands around one.
fn identifier(value: &Plain) -> String {
    match value {
        Plain::Json(text) => serde_json::from_str(text).unwrap(),
        Plain::Of { members, .. } => identifier(&members[0]),
        other => panic!("{other:?} is nobody's identifier"),
    }
}

fn text(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn object(members: Vec<(&str, String)>) -> String {
    let members = members
        .into_iter()
        .map(|(name, value)| format!("{}:{value}", text(name)));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}
