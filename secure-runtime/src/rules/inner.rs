//! `inner(…)`: rules for each item of a list, or each value of a map.

use std::collections::{BTreeMap, HashMap};

use schemars::Schema;
use serde_json::Value;

use super::text::Glance;
use crate::Report;
use crate::input::Patch;

/// What has items.
#[diagnostic::on_unimplemented(
    message = "`inner` is for lists and maps, and `{Self}` is neither",
    label = "this value has no items",
    note = "help: write the rules without `inner(…)`; they look into `Option` by themselves",
    note = "see [S028] in the book's error index"
)]
pub trait Inner {
    /// The type of each.
    type Item;

    /// Hands each to `rules`.
    fn each(&self, glance: Glance, report: &mut Report<'_>, rules: impl FnMut(&Self::Item, &mut Report<'_>));
}

impl<T> Inner for Vec<T> {
    type Item = T;

    fn each(&self, _: Glance, report: &mut Report<'_>, mut rules: impl FnMut(&T, &mut Report<'_>)) {
        for (index, item) in self.iter().enumerate() {
            rules(item, &mut report.item(index));
        }
    }
}

macro_rules! maps {
    ($($map:ident)*) => { $(
        impl<T> Inner for $map<String, T> {
            type Item = T;

            fn each(&self, _: Glance, report: &mut Report<'_>, mut rules: impl FnMut(&T, &mut Report<'_>)) {
                for (name, value) in self {
                    rules(value, &mut report.at(name));
                }
            }
        }
    )* };
}

maps!(BTreeMap HashMap);

impl<T: Inner> Inner for Option<T> {
    type Item = T::Item;

    fn each(&self, glance: Glance, report: &mut Report<'_>, rules: impl FnMut(&T::Item, &mut Report<'_>)) {
        if let Some(value) = self {
            value.each(glance, report, rules);
        }
    }
}

impl<T: Inner> Inner for Patch<T> {
    type Item = T::Item;

    fn each(&self, glance: Glance, report: &mut Report<'_>, rules: impl FnMut(&T::Item, &mut Report<'_>)) {
        if let Some(value) = self.value() {
            value.each(glance, report, rules);
        }
    }
}

/// Checks them.
pub fn check<T: Inner>(value: &T, report: &mut Report<'_>, rules: impl FnMut(&T::Item, &mut Report<'_>)) {
    value.each(Glance::of_a_rule(), report, rules);
}

/// Shows the rules on what the items are.
pub fn schema(rules: impl Fn(&mut Schema)) -> impl Fn(&mut Schema) {
    move |schema| {
        for keyword in ["items", "additionalProperties"] {
            let Some(item) = schema.get(keyword).filter(|item| item.is_object()) else {
                continue;
            };
            if let Ok(mut inner) = Schema::try_from(item.clone()) {
                rules(&mut inner);
                schema.insert(keyword.to_owned(), Value::from(inner));
            }
        }
    }
}
