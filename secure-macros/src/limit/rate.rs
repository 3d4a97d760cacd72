//! A limit as written, in the attribute and in `limits!`.

use darling::ast::NestedMeta;
use quote::ToTokens as _;
use secure_policy::{Algorithm, Per, Rate};
use syn::{Expr, Lit, LitInt, LitStr, Meta, Path};

use crate::diagnostic::{Code, Diagnostics, list, nearest};
use crate::formula::Formula;
use crate::options::{self, Keyed, name_of, number, text};

/// The options of `rate`.
pub(super) const OPTIONS: [&str; 4] = ["burst", "cost", "per", "algorithm"];

/// What stands first in `rate`.
pub(crate) enum Value {
    /// `"100/min"`
    Text(LitStr),
    /// `limits::SEARCH`
    Constant(Path),
}

/// Takes the attribute's key apart; `None` after a fault.
pub(crate) fn read(meta: &Meta, diagnostics: &mut Diagnostics) -> Option<Keyed<Value>> {
    let noun = "neither a string nor a limit";
    let example = "rate = \"100/min\"`, or `rate = limits::SEARCH` with a constant that `limits!` declares";
    let help = format!("write `{example}");
    let (place, fault) = match meta {
        Meta::List(list) => {
            return Keyed::read_list(meta, list, noun, &help, diagnostics, |item| match item {
                NestedMeta::Lit(Lit::Str(text)) => Some(Value::Text(text)),
                NestedMeta::Meta(Meta::Path(path)) => Some(Value::Constant(path)),
                _ => None,
            });
        }
        Meta::NameValue(pair) => {
            if let Some(value) = value_of(&pair.value) {
                return Some(Keyed {
                    value,
                    options: Vec::new(),
                });
            }
            (
                pair.value.to_token_stream(),
                format!("the value of `{}` is {noun}", name_of(meta)),
            )
        }
        Meta::Path(_) => (meta.to_token_stream(), format!("`{}` needs a value", name_of(meta))),
    };
    diagnostics.push(place, Code::Key, &fault, "", &help);
    None
}

fn value_of(expr: &Expr) -> Option<Value> {
    match expr {
        Expr::Path(path) if path.qself.is_none() => Some(Value::Constant(path.path.clone())),
        Expr::Group(group) => value_of(&group.expr),
        other => match options::literal(other) {
            Some(Lit::Str(text)) => Some(Value::Text(text.clone())),
            _ => None,
        },
    }
}

/// A rate with its options.
pub(super) struct Written {
    pub(super) rate: Rate,
    pub(super) per: Option<LitStr>,
    pub(super) cost: Option<Formula>,
}

impl Written {
    /// `None` after a fault.
    pub(super) fn read<V>(literal: &LitStr, keyed: &Keyed<V>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let rate = diagnostics.keep(literal, Code::Measure, Rate::parse(&literal.value()));
        let (mut burst, mut cost, mut per, mut algorithm) = (None, None, None, None);
        keyed.each_option(&OPTIONS, diagnostics, |name, meta, diagnostics| match name {
            "burst" => burst = number(meta, "burst = 20", diagnostics),
            "cost" => cost = Cost::read(meta, diagnostics),
            "per" => per = one_of(meta, &PER, diagnostics),
            _ => algorithm = one_of(meta, &ALGORITHM, diagnostics),
        });
        let mut rate = rate?;
        // One after the other, so that each fault is underlined where it was written.
        if let Some((algorithm, literal)) = algorithm {
            rate = diagnostics.keep(literal, Code::Measure, rate.with(None, None, Some(algorithm)))?;
        }
        if let Some((burst, literal)) = burst {
            rate = diagnostics.keep(literal, Code::Measure, rate.with(Some(burst), None, None))?;
        }
        let mut computed = None;
        match cost {
            Some(Cost::Units(units, literal)) => {
                rate = diagnostics.keep(literal, Code::Measure, rate.with(None, Some(units), None))?;
            }
            Some(Cost::Computed(formula)) => computed = Some(formula),
            None => {}
        }
        let (counted, place) = per.unzip();
        Some(Self {
            rate: rate.per(counted.unwrap_or_default()),
            per: place,
            cost: computed,
        })
    }
}

/// What one request takes.
pub(super) enum Cost {
    /// `cost = 5`
    Units(u32, LitInt),
    /// `cost = page.size`
    Computed(Formula),
}

impl Cost {
    /// `None` after a fault.
    pub(super) fn read(meta: &Meta, diagnostics: &mut Diagnostics) -> Option<Self> {
        if let Meta::NameValue(pair) = meta
            && !is_literal(&pair.value)
        {
            return Some(Self::Computed(Formula::of(pair.value.clone())));
        }
        number(meta, "cost = 5", diagnostics).map(|(units, literal)| Self::Units(units, literal))
    }
}

/// `-1` is one as well.
fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::Unary(unary) => is_literal(&unary.expr),
        other => options::literal(other).is_some(),
    }
}

/// The words that an option takes.
struct Words<T: 'static> {
    example: &'static str,
    /// What a word that is none of them is not.
    noun: &'static str,
    all: &'static [T],
    name: fn(T) -> &'static str,
}

const PER: Words<Per> = Words {
    example: "per = \"ip\"",
    noun: "nothing that requests are counted by",
    all: &Per::ALL,
    name: Per::as_str,
};

const ALGORITHM: Words<Algorithm> = Words {
    example: "algorithm = \"sliding_window\"",
    noun: "no way to count requests",
    all: &Algorithm::ALL,
    name: Algorithm::as_str,
};

fn one_of<T: Copy>(meta: &Meta, words: &Words<T>, diagnostics: &mut Diagnostics) -> Option<(T, LitStr)> {
    let value = text(meta, words.example, diagnostics)?;
    let word = value.value();
    if let Some(found) = words.all.iter().find(|one| (words.name)(**one) == word) {
        return Some((*found, value));
    }
    let names: Vec<&str> = words.all.iter().map(|one| (words.name)(*one)).collect();
    let near = nearest(&word, &names).map_or(String::new(), |near| format!("did you mean `{near}`? "));
    diagnostics.push(
        &value,
        Code::Measure,
        &format!("`{word}` is {}", words.noun),
        "",
        &format!("{near}write one of {}", list(&names)),
    );
    None
}
